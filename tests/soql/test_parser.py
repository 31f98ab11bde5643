"""What the tree of a query holds."""

from __future__ import annotations

import pickle

import pytest

from sfexplorer.soql import (
    And,
    CategoryFilter,
    ChildQuery,
    Comparison,
    Field,
    FieldsOf,
    Function,
    GroupBy,
    Literal,
    Not,
    Or,
    OrderBy,
    Path,
    Query,
    SemiJoin,
    Setting,
    SoqlError,
    Source,
    TypeOf,
    ValueList,
    When,
    WithCategories,
    WithMode,
    WithSettings,
    parse,
)
from sfexplorer.soql.parser import LONGEST
from sfexplorer.soql.stream import DEEPEST


def path(text: str) -> Path:
    return Path(tuple(text.split(".")))


def where(condition: str) -> object:
    return parse(f"SELECT Id FROM X WHERE {condition}").where


def test_a_plain_query_is_fields_and_a_source() -> None:
    assert parse("SELECT Id, Account.Name FROM Contact") == Query(
        select=(Field(path("Id")), Field(path("Account.Name"))), sources=(Source(path("Contact")),)
    )


def test_every_clause_has_its_part_of_the_tree() -> None:
    query = parse(
        "SELECT Name n, COUNT(Id) FROM Account a, a.Owner o USING SCOPE mine WHERE Name = 'x' WITH USER_MODE"
        " GROUP BY Name HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC NULLS LAST, Name LIMIT 5 OFFSET 6"
        " FOR VIEW FOR REFERENCE UPDATE TRACKING, VIEWSTAT ALL ROWS SET OPTIONS (a = 1)"
    )
    count = Function("COUNT", (path("Id"),))
    assert query == Query(
        select=(Field(path("Name"), "n"), Field(count)),
        sources=(Source(path("Account"), "a"), Source(path("a.Owner"), "o")),
        scope="mine",
        where=Comparison(path("Name"), "=", Literal("string", "'x'")),
        with_clause=WithMode("USER_MODE"),
        group_by=GroupBy((path("Name"),)),
        having=Comparison(count, ">", Literal("number", "1")),
        order_by=(OrderBy(count, True, "LAST"), OrderBy(path("Name"))),
        limit=5,
        offset=6,
        for_clauses=("VIEW", "REFERENCE"),
        updates=("TRACKING", "VIEWSTAT"),
        all_rows=True,
        options=(Setting("a", Literal("number", "1")),),
    )
    assert query.source == query.sources[0]


def test_keywords_and_function_names_are_equal_in_any_case() -> None:
    assert parse("select count(Id) from X where a = true order by a desc") == parse(
        "SELECT Count(Id) FROM X WHERE a = TRUE ORDER BY a DESC"
    )


def test_names_and_strings_keep_their_case() -> None:
    assert parse("SELECT id FROM X") != parse("SELECT Id FROM X")
    assert where("a = 'x'") != where("a = 'X'")


def test_and_or_and_not_nest_as_the_parentheses_say() -> None:
    a, b, c = (Comparison(path(name), "=", Literal("number", "1")) for name in "abc")
    assert where("(a = 1 OR b = 1) AND (NOT c = 1)") == And((Or((a, b)), Not(c)))
    assert where("a = 1 AND b = 1 AND c = 1") == And((a, b, c))
    assert where("NOT (a = 1 OR b = 1)") == Not(Or((a, b)))
    assert where("((a = 1))") == a


@pytest.mark.parametrize("operator", ["=", "!=", "<", "<=", ">", ">=", "LIKE"])
def test_an_operator_compares_with_a_value(operator: str) -> None:
    value = Literal("string", "'x'")
    assert where(f"a {operator.lower()} 'x'") == Comparison(path("a"), operator, value)


def test_the_two_signs_for_unequal_are_one_operator() -> None:
    assert where("a <> 1") == where("a != 1")


@pytest.mark.parametrize("operator", ["IN", "NOT IN", "INCLUDES", "EXCLUDES"])
def test_an_operator_compares_with_a_list(operator: str) -> None:
    values = ValueList((Literal("string", "'x'"), Literal("string", "'y'")))
    assert where(f"a {operator.lower()} ('x', 'y')") == Comparison(path("a"), operator, values)


def test_a_semi_join_is_a_query_behind_in() -> None:
    inner = parse("SELECT AccountId FROM Contact")
    assert where("Id NOT IN (SELECT AccountId FROM Contact)") == Comparison(
        path("Id"), "NOT IN", SemiJoin(inner)
    )


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("'O\\'Hara'", Literal("string", "'O\\'Hara'")),
        ("-10.5", Literal("number", "-10.5")),
        ("usd-5.25", Literal("currency", "usd-5.25")),
        ("True", Literal("boolean", "TRUE")),
        ("null", Literal("null", "NULL")),
        ("2026-01-31", Literal("date", "2026-01-31")),
        ("2026-01-31T10:00:00.5+01:00", Literal("datetime", "2026-01-31T10:00:00.5+01:00")),
        ("10:00:00.000Z", Literal("time", "10:00:00.000Z")),
        ("today", Literal("date literal", "TODAY")),
        ("Last_N_Days : 7", Literal("date literal", "LAST_N_DAYS:7")),
        (":account.Id", Literal("bind", ":account.Id")),
        (":ids[0] + 1", Literal("bind", ":ids[0] + 1")),
    ],
)
def test_a_literal_keeps_its_kind_and_spelling(text: str, literal: Literal) -> None:
    found = where(f"a = {text} AND b = 1")
    assert isinstance(found, And)
    assert found.conditions[0] == Comparison(path("a"), "=", literal)


def test_a_select_list_holds_more_than_fields() -> None:
    query = parse(
        "SELECT FIELDS(all), (SELECT Id FROM Contacts),"
        " TYPEOF What WHEN Account THEN Phone, Fax ELSE Name END FROM Event"
    )
    assert query.select == (
        FieldsOf("ALL"),
        ChildQuery(parse("SELECT Id FROM Contacts")),
        TypeOf(path("What"), (When("Account", (path("Phone"), path("Fax"))),), (path("Name"),)),
    )


def test_counting_rows_is_a_function_without_arguments() -> None:
    assert parse("SELECT COUNT() n FROM X").select == (Field(Function("COUNT", ()), "n"),)


def test_functions_nest() -> None:
    zoned = Function("convertTimezone", (path("CreatedDate"),))
    assert parse("SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)) FROM X").select == (
        Field(Function("HOUR_IN_DAY", (zoned,))),
    )


def test_with_holds_categories_or_settings() -> None:
    categories = parse("SELECT Id FROM X WITH DATA CATEGORY Geo AT (a, b) AND Prod below c").with_clause
    assert categories == WithCategories(
        (CategoryFilter("Geo", "AT", ("a", "b")), CategoryFilter("Prod", "BELOW", ("c",)))
    )
    setting = Setting("UserId", Literal("string", "'005'"))
    assert parse("SELECT Id FROM X WITH UserId = '005'").with_clause == WithSettings("", (setting,))


def test_grouping_has_three_forms() -> None:
    assert [
        parse(f"SELECT COUNT(Id) FROM X GROUP BY {form}").group_by for form in ("a", "Rollup(a)", "CUBE (a)")
    ] == [GroupBy((path("a"),)), GroupBy((path("a"),), "ROLLUP"), GroupBy((path("a"),), "CUBE")]


def test_a_variable_may_bound_the_rows() -> None:
    query = parse("SELECT Id FROM X LIMIT :size")
    assert (query.limit, query.limit_bind) == (None, Literal("bind", ":size"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT Id FROM X WHERE " + "(" * 10_000 + "a = 1" + ")" * 10_000,
        "SELECT Id FROM X WHERE " + "NOT (" * 10_000,
        "SELECT " + "(SELECT " * 10_000,
        "SELECT " + "toLabel(" * 10_000,
        "SELECT Id FROM X WHERE a IN " + "(SELECT Id FROM X WHERE a IN " * 3_000,
        "SELECT Id FROM X WHERE a = :" + "(" * 90_000,
        "(" * 1_000_000,
    ],
)
def test_the_depth_of_a_query_is_bounded(text: str) -> None:
    with pytest.raises(SoqlError):
        parse(text)


def test_a_query_may_be_as_deep_as_promised() -> None:
    levels = DEEPEST - 1
    assert where("(" * levels + "a = 1" + ")" * levels) == where("a = 1")


def test_a_statement_longer_than_salesforce_takes_is_refused() -> None:
    text = "SELECT Id FROM X WHERE a = '" + "x" * LONGEST
    with pytest.raises(SoqlError, match="at most 100,000 characters"):
        parse(text)


def test_an_error_tells_place_and_hint() -> None:
    with pytest.raises(SoqlError) as caught:
        parse("SELECT Id\r\nFROM Account\n  WHERE Name == 'x'")
    error = caught.value
    assert (error.line, error.column, error.offset, error.length) == (3, 14, 37, 2)
    assert error.hint == "Write a single =."
    assert str(error) == "line 3, column 14: '==' is not an operator of SOQL. Write a single =."


def test_an_error_survives_a_process_boundary() -> None:
    error = SoqlError("Wrong.", 1, 2, 1, 3, "Right.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("text", ["", "  \n ", "\t"])
def test_no_text_is_no_query(text: str) -> None:
    with pytest.raises(SoqlError, match="There is no query"):
        parse(text)
