"""The columns of a query, from its tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sfexplorer.soql import parse
from sfexplorer_query.columns import ResultColumn, columns_of, is_count


def columns(text: str, first: Mapping[str, Any] | None = None) -> tuple[ResultColumn, ...]:
    return columns_of(parse(text), text, first)


def titles_and_paths(text: str) -> list[tuple[str, str]]:
    return [(column.title, ".".join(column.path)) for column in columns(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SELECT Id, Name, account.Name FROM Contact",
            [("Id", "Id"), ("Name", "Name"), ("account.Name", "account.Name")],
        ),
        (
            "SELECT c.Name, c.Account.Owner.Name FROM Contact c",
            [("c.Name", "Name"), ("c.Account.Owner.Name", "Account.Owner.Name")],
        ),
        ("SELECT Contact.Name FROM Contact", [("Contact.Name", "Name")]),
        ("SELECT a.Name FROM Contact c, c.Account a", [("a.Name", "Account.Name")]),
        ("SELECT Name n, COUNT(Id) FROM Account GROUP BY Name", [("n", "n"), ("COUNT(Id)", "expr0")]),
        (
            "SELECT MAX(Amount), MIN( Amount ) lo, SUM(Amount) FROM Opportunity",
            [("MAX(Amount)", "expr0"), ("lo", "lo"), ("SUM(Amount)", "expr1")],
        ),
        (
            "SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name",
            [("Account.Name", "Name"), ("COUNT(Id)", "expr0")],
        ),
        ("SELECT toLabel(Status), FORMAT(Amount) f FROM Lead", [("toLabel(Status)", "Status"), ("f", "f")]),
        ("SELECT Name, (SELECT Id FROM Contacts) FROM Account", [("Name", "Name"), ("Contacts", "Contacts")]),
        ("SELECT TYPEOF What WHEN Account THEN Phone END FROM Event", [("What", "What")]),
    ],
)
def test_columns_stand_in_the_order_of_select_and_know_their_place_in_a_record(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert titles_and_paths(text) == expected


def test_fields_stands_for_the_fields_that_came_less_those_named_beside_it() -> None:
    first: dict[str, Any] = {"attributes": {}, "Id": "1", "Name": "n", "Phone": None}
    found = columns("SELECT Name, FIELDS(STANDARD) FROM Account LIMIT 5", first)
    assert [column.title for column in found] == ["Name", "Id", "Phone"]


def test_a_count_is_a_whole_number_and_a_sum_is_of_its_fields_type() -> None:
    count, total, mean = columns("SELECT COUNT(Id), SUM(Amount), AVG(Amount) FROM Opportunity")
    assert (count.type, total.field, mean.type) == ("int", ("Amount",), "double")


def test_only_count_without_anything_in_it_comes_without_records() -> None:
    assert is_count(parse("SELECT COUNT() FROM Account"))
    assert not is_count(parse("SELECT COUNT(Id) FROM Account"))
