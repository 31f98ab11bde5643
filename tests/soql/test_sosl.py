"""What the tree of a search holds."""

from __future__ import annotations

import pytest

from sfexplorer.soql import (
    Alternatives,
    CategoryFilter,
    Comparison,
    Conjunction,
    Field,
    Function,
    Literal,
    OrderBy,
    Path,
    Phrase,
    Query,
    Returning,
    Search,
    SearchOption,
    SearchText,
    SoqlError,
    ValueList,
    WithCategories,
    WithMode,
    Word,
    is_search,
    parse,
    parse_any,
    parse_sosl,
)
from sfexplorer.soql.stream import DEEPEST

ACME = SearchText("braces", "acme", Word("acme"))


def term(text: str) -> object:
    return parse_sosl(f"FIND {{{text}}}").text.term


def test_a_plain_search_is_a_word() -> None:
    assert parse_sosl("find {acme}") == Search(ACME)


def test_every_clause_has_its_part_of_the_tree() -> None:
    search = parse_sosl(
        "FIND {acme} IN NAME FIELDS USING PHRASE SEARCH RETURNING Account(Id, toLabel(Type) t"
        " USING ListView = Mine WHERE Name = 'x' ORDER BY Name DESC LIMIT 3 OFFSET 4), Contact"
        " WITH SNIPPET (target_length = 120)"
        " WITH NETWORK IN ('1', '2') WITH HIGHLIGHT WITH USER_MODE WITH DATA CATEGORY Geo AT usa"
        " LIMIT 20 UPDATE TRACKING"
    )
    account = Returning(
        "Account",
        (Field(Path(("Id",))), Field(Function("toLabel", (Path(("Type",)),)), "t")),
        list_view="Mine",
        where=Comparison(Path(("Name",)), "=", Literal("string", "'x'")),
        order_by=(OrderBy(Path(("Name",)), True),),
        limit=3,
        offset=4,
    )
    networks = ValueList((Literal("string", "'1'"), Literal("string", "'2'")))
    assert search == Search(
        ACME,
        scope="NAME",
        using="PHRASE",
        returning=(account, Returning("Contact")),
        options=(
            SearchOption("SNIPPET", Literal("number", "120")),
            SearchOption("NETWORK", networks),
            SearchOption("HIGHLIGHT"),
            WithMode("USER_MODE"),
            WithCategories((CategoryFilter("Geo", "AT", ("usa",)),)),
        ),
        limit=20,
        updates=("TRACKING",),
    )


def test_words_side_by_side_are_joined_by_nothing() -> None:
    assert term("united oil") == Conjunction((Word("united"), Word("oil")), ("",))


def test_or_binds_less_than_and() -> None:
    a, b, c = Word("a"), Word("b"), Word("c")
    assert term("a OR b and c") == Alternatives((a, Conjunction((b, c), ("AND",))))
    assert term("a AND NOT b OR c") == Alternatives((Conjunction((a, b), ("AND NOT",)), c))
    assert term("(a OR b) AND c") == Conjunction((Alternatives((a, b)), c), ("AND",))


def test_a_phrase_keeps_its_words_together() -> None:
    assert term('"and or" acm*') == Conjunction((Phrase("and or"), Word("acm*")), ("",))


def test_plain_signs_keep_their_backslash() -> None:
    assert term("\\{1\\+1\\}") == Word("\\{1\\+1\\}")


def test_not_is_an_operator_only_behind_and() -> None:
    assert term("not acme") == Conjunction((Word("not"), Word("acme")), ("",))


def test_the_escapes_of_quotes_are_resolved_before_the_text_is_read() -> None:
    assert parse_sosl("FIND 'a\\\\+b \\'x\\''").text == SearchText(
        "quotes", "a\\\\+b \\'x\\'", Conjunction((Word("a\\+b"), Word("'x'")), ("",))
    )


def test_a_variable_holds_what_only_apex_knows() -> None:
    assert parse_sosl("FIND :text").text == SearchText("bind", ":text", None)


def test_terms_know_their_place() -> None:
    text = 'FIND {one OR (two "three")} LIMIT 1'
    found = parse_sosl(text).text.term
    assert isinstance(found, Alternatives)
    assert text[found.span.start : found.span.end] == 'one OR (two "three"'
    assert [text[part.span.start : part.span.end] for part in found.terms] == ["one", 'two "three"']


@pytest.mark.parametrize("text", ["FIND {x}", "  find {x}", "-- why\nFIND 'x'", "FNID {x}", "Find"])
def test_a_search_is_known_by_its_first_word(text: str) -> None:
    assert is_search(text)


@pytest.mark.parametrize("text", ["", "SELECT Id FROM X", "SELCT Find", "-- FIND {x}", "{x}"])
def test_anything_else_is_no_search(text: str) -> None:
    assert not is_search(text)


def test_either_language_is_read_by_one_function() -> None:
    assert isinstance(parse_any("SELECT Id FROM X"), Query)
    assert isinstance(parse_any("FIND {x}"), Search)


def test_each_parser_refuses_the_other_language() -> None:
    with pytest.raises(SoqlError):
        parse("FIND {x}")
    with pytest.raises(SoqlError, match="A search starts with FIND"):
        parse_sosl("SELECT Id FROM X")


@pytest.mark.parametrize("text", ["", " \n"])
def test_no_text_is_no_search(text: str) -> None:
    with pytest.raises(SoqlError, match="There is no search"):
        parse_sosl(text)


def test_a_search_may_be_as_deep_as_promised() -> None:
    assert term("(" * DEEPEST + "acme" + ")" * DEEPEST) == Word("acme")
    with pytest.raises(SoqlError, match="levels deep"):
        term("(" * 10_000 + "acme" + ")" * 10_000)
