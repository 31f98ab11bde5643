"""How statements are laid out, and what is the same before and after."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfexplorer.soql import Query, Search, format_soql, parse_any
from sfexplorer.soql.formatter import spelled_out
from tests.each import each
from tests.soql.corpora import QUERIES, SEARCHES, WRONG_QUERIES, WRONG_SEARCHES
from tests.soql.search_trees import searches
from tests.soql.trees import queries

# A search is a wrong query only.
WRONG = [
    text for _, _, text in [*WRONG_QUERIES, *WRONG_SEARCHES] if text not in ("FIND {x} RETURNING Account",)
]
WIDTHS = (80, 30, 1)


def laid_out(*lines: str) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("select id from account", ["SELECT id", "FROM account"]),
        (
            "select Id from Account where Name='x'and a<>1 order by Name desc nulls last limit 5 offset 6",
            [
                "SELECT Id",
                "FROM Account",
                "WHERE Name = 'x' AND a != 1",
                "ORDER BY Name DESC NULLS LAST",
                "LIMIT 5",
                "OFFSET 6",
            ],
        ),
        (
            "select Id, (select Name, Email from Contacts where Email <> null), Name from Account",
            [
                "SELECT Id,",
                "       (SELECT Name, Email",
                "        FROM Contacts",
                "        WHERE Email != NULL),",
                "       Name",
                "FROM Account",
            ],
        ),
        (
            "select Id from Account where Id in (select AccountId from Contact) and (not Name like 'x%')",
            [
                "SELECT Id",
                "FROM Account",
                "WHERE Id IN",
                "    (SELECT AccountId",
                "     FROM Contact)",
                "  AND (NOT Name LIKE 'x%')",
            ],
        ),
        (
            "select count(Id), tolabel(Type) from Account group by rollup(Type) having count(Id) > 1",
            [
                "SELECT COUNT(Id), toLabel(Type)",
                "FROM Account",
                "GROUP BY ROLLUP(Type)",
                "HAVING COUNT(Id) > 1",
            ],
        ),
        (
            "find {a or  b} in name fields returning Account(Id where a=1 limit 3),Contact with highlight",
            [
                "FIND {a or  b}",
                "IN NAME FIELDS",
                "RETURNING Account(",
                "            Id",
                "            WHERE a = 1",
                "            LIMIT 3",
                "          ),",
                "          Contact",
                "WITH HIGHLIGHT",
            ],
        ),
    ],
)
def test_each_clause_has_its_line(text: str, lines: list[str]) -> None:
    assert format_soql(text) == laid_out(*lines)


def test_a_long_list_is_wrapped_below_its_first_element() -> None:
    assert format_soql("SELECT Alpha, Bravo, Charlie, Delta FROM X", 24) == laid_out(
        "SELECT Alpha, Bravo,", "       Charlie, Delta", "FROM X"
    )


def test_conditions_that_do_not_fit_have_a_line_each() -> None:
    assert format_soql("SELECT Id FROM X WHERE Alpha = 1 AND (Bravo = 2 OR Charlie = 3)", 24) == laid_out(
        "SELECT Id", "FROM X", "WHERE Alpha = 1", "  AND (Bravo = 2", "     OR Charlie = 3)"
    )


def test_no_line_of_short_names_is_longer_than_the_width() -> None:
    text = f"SELECT {', '.join(['Name', 'Owner.Name', 'toLabel(Type)'] * 20)} FROM X"
    assert max(map(len, format_soql(text, 40).split("\n"))) <= 40


@each([*QUERIES, *SEARCHES])
def test_a_statement_means_the_same_in_its_layout(text: str) -> None:
    for width in WIDTHS:
        shown = format_soql(text, width)
        assert parse_any(shown) == parse_any(text)
        assert format_soql(shown, width) == shown


@each(WRONG)
def test_what_is_no_statement_stays_as_it_is(text: str) -> None:
    assert format_soql(text) == text


@pytest.mark.parametrize(
    "text", ["select Id -- why\nfrom X", "-- all\nselect Id from X", "select Id from X;"]
)
def test_nothing_is_lost_where_the_layout_has_no_place_for_it(text: str) -> None:
    assert format_soql(text) == text


@settings(max_examples=90, deadline=None)
@given(queries | searches, st.sampled_from([*WIDTHS, 50, 0, 120]))
def test_any_tree_is_spelled_out_and_read_back(tree: Query | Search, width: int) -> None:
    text = spelled_out(tree, width)
    assert parse_any(text) == tree
    assert format_soql(text, width) == text
