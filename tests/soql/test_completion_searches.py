"""What completion offers in each place of a search; `|` is the cursor."""

from __future__ import annotations

import pytest

from sfexplorer.soql.completion import complete, missing
from tests.soql.describes import Describes

SCHEMA = Describes()


def texts(marked: str, schema: Describes | None = SCHEMA) -> list[str]:
    offset = marked.index("|")
    return [each.text for each in complete(marked.replace("|", ""), offset, schema)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("FI|", ["FIND"]),
        ("FIND {acme} |", ["IN ALL FIELDS", "IN NAME FIELDS"]),
        ("FIND {acme} IN |", ["ALL FIELDS", "NAME FIELDS"]),
        ("FIND {acme} IN NAME |", ["FIELDS"]),
        ("FIND {acme} IN NAME FIELDS |", ["RETURNING", "WITH"]),
        ("FIND {acme} RETURNING acc|", ["Account"]),
        ("FIND {acme} RETURNING Account, cont|", ["Contact"]),
        ("FIND {acme} RETURNING Account |", ["WITH", "USING PHRASE SEARCH"]),
        ("FIND {acme} WITH HI|", ["HIGHLIGHT"]),
        ("FIND {acme} LIMIT 5 |", ["UPDATE TRACKING", "UPDATE VIEWSTAT"]),
        ("FIND {acme} USING |", ["PHRASE SEARCH", "ADVANCED SEARCH"]),
        ("FIND {acme} RETURNING Account(Na|)", ["Name"]),
        (
            "FIND {acme} RETURNING Account(Name |)",
            ["WHERE", "USING ListView =", "ORDER BY", "LIMIT", "OFFSET"],
        ),
        ("FIND {acme} RETURNING Account(Name WHERE Rating = |)", ["'Hot'", "'Warm'", "'Cold'", "NULL"]),
        ("FIND {acme} RETURNING Account(Name WHERE Rating IN ('h|'))", ["'Hot'"]),
        (
            "FIND {acme} RETURNING Account(Name WHERE Id = null |)",
            ["AND", "OR", "USING ListView =", "ORDER BY"],
        ),
        (
            "FIND {acme} RETURNING Account(Id ORDER BY Id |)",
            ["ASC", "DESC", "NULLS FIRST", "NULLS LAST", "LIMIT"],
        ),
    ],
)
def test_a_search_is_led_through(marked: str, expected: list[str]) -> None:
    assert texts(marked)[: len(expected)] == expected


def test_each_object_has_its_own_fields() -> None:
    assert "Birthdate" in texts("FIND {acme} RETURNING Account(Id), Contact(|) LIMIT 5")
    assert "Birthdate" in texts("FIND {acme} RETURNING Account(Id), Contact(Id, | WHERE Id = null)")
    assert "Industry" in texts("FIND {acme} RETURNING Account(Name WHERE |)")
    assert "Description" not in texts("FIND {acme} RETURNING Account(Name WHERE |)")
    assert "ProfileId" in texts("FIND {acme} RETURNING Account(Owner.|)")


def test_a_search_neither_aggregates_nor_nests() -> None:
    assert not {"COUNT(", "COUNT()", "SUM(", "(SELECT "} & set(texts("FIND {acme} RETURNING Account(|)"))


def test_the_text_of_a_search_is_left_alone() -> None:
    assert texts("FIND {ac|me}") == []
    assert texts("FIND 'ac|me'") == []


def test_without_a_schema_the_language_is_known() -> None:
    assert texts("FIND {acme} RETURNING Account(Id |)", None)[0] == "WHERE"
    assert texts("FIND {acme} RETURNING |", None) == []


def test_what_is_not_fetched_is_told() -> None:
    text = "FIND {acme} RETURNING Contact(Na)"
    assert missing(text, len(text) - 1, Describes(unfetched=["Contact"])) == ("Contact",)
