"""Which stretch of a query gets which colour."""

from __future__ import annotations

import pytest

from sfexplorer.soql import highlight
from sfexplorer.soql.highlighter import MOST_TOKENS


def painted(text: str) -> list[str]:
    return [f"{text[start:end]} {kind}" for start, end, kind in highlight(text)]


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("SELECT Id FROM Account", ["SELECT keyword", "Id field", "FROM keyword", "Account object"]),
        ("Group.Name, Order__c", ["Group field", "Name field", "Order__c field"]),
        ("FROM Group g", ["FROM keyword", "Group object", "g object"]),
        (
            "FROM Order ORDER BY Id",
            ["FROM keyword", "Order object", "ORDER keyword", "BY keyword", "Id field"],
        ),
        ("SELECT COUNT(Id) count", ["SELECT keyword", "COUNT function", "Id field", "count field"]),
        ("SELECT FIELDS(ALL)", ["SELECT keyword", "FIELDS function", "ALL keyword"]),
        ("WHERE a = 'x", ["WHERE keyword", "a field", "= operator", "'x error"]),
        ('WHERE a = "x"', ["WHERE keyword", "a field", "= operator", '"x" error']),
        ("WHERE a == 1", ["WHERE keyword", "a field", "== error", "1 number"]),
        ("WHERE a = today", ["WHERE keyword", "a field", "= operator", "today date"]),
        (
            "WHERE a = LAST_N_DAYS:7",
            ["WHERE keyword", "a field", "= operator", "LAST_N_DAYS date", ": date", "7 date"],
        ),
        ("SELECT Today", ["SELECT keyword", "Today field"]),
        (
            "WHERE a IN (EUR1.5, 2)",
            ["WHERE keyword", "a field", "IN keyword", "EUR1.5 number", "2 number"],
        ),
        ("WHERE a = 2026-01-31", ["WHERE keyword", "a field", "= operator", "2026-01-31 date"]),
        ("a = :b.c AND", ["a field", "= operator", ": bind", "b bind", ". bind", "c bind", "AND keyword"]),
        ("Id -- it's\nName", ["Id field", "-- it's comment", "Name field"]),
        ("Id // it's\nName", ["Id field", "// it's comment", "Name field"]),
        ("GROUP BY ROLLUP(a)", ["GROUP keyword", "BY keyword", "ROLLUP keyword", "a field"]),
        (
            "ORDER BY a DESC NULLS LAST",
            ["ORDER keyword", "BY keyword", "a field", "DESC keyword", "NULLS keyword", "LAST keyword"],
        ),
        ("LIMIT 5 OFFSET 6", ["LIMIT keyword", "5 number", "OFFSET keyword", "6 number"]),
        ("FIND {it's; -- x}", ["FIND keyword", "{it's; -- x} string"]),
        ("§", ["§ error"]),
        ("", []),
    ],
)
def test_each_stretch_has_its_kind(text: str, spots: list[str]) -> None:
    assert painted(text) == spots


def test_a_sub_select_does_not_disturb_what_follows() -> None:
    assert painted("(SELECT Id FROM Contacts), Name FROM Account")[-3:] == [
        "Name field",
        "FROM keyword",
        "Account object",
    ]


def test_typeof_has_keywords_of_its_own() -> None:
    assert painted("SELECT TYPEOF What WHEN Case THEN Status END FROM Event")[1:7] == [
        "TYPEOF keyword",
        "What field",
        "WHEN keyword",
        "Case object",
        "THEN keyword",
        "Status field",
    ]


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        (
            "FIND {a} IN NAME FIELDS",
            ["FIND keyword", "{a} string", "IN keyword", "NAME keyword", "FIELDS keyword"],
        ),
        ("find 'a'", ["find keyword", "'a' string"]),
        ("FIND :text", ["FIND keyword", ": bind", "text bind"]),
        ("FIND {a", ["FIND keyword", "{a error"]),
        ("SELECT Find", ["SELECT keyword", "Find field"]),
        (
            "FIND {a} RETURNING Order(Name LIMIT 5), Case",
            [
                *("FIND keyword", "{a} string", "RETURNING keyword", "Order object", "Name field"),
                *("LIMIT keyword", "5 number", "Case object"),
            ],
        ),
        (
            "FIND {a} WITH SNIPPET (target_length = 5) WITH METADATA = 'LABELS'",
            [
                *("FIND keyword", "{a} string", "WITH keyword", "SNIPPET keyword", "target_length keyword"),
                *("= operator", "5 number", "WITH keyword", "METADATA keyword", "= operator"),
                "'LABELS' string",
            ],
        ),
        (
            "FIND {a} RETURNING X(Id USING ListView = Mine)",
            [
                *("FIND keyword", "{a} string", "RETURNING keyword", "X object", "Id field"),
                *("USING keyword", "ListView keyword", "= operator", "Mine field"),
            ],
        ),
        (
            "FIND {a}\n\nSELECT Name FROM Metadata",
            [
                *("FIND keyword", "{a} string", "SELECT keyword", "Name field", "FROM keyword"),
                "Metadata object",
            ],
        ),
    ],
)
def test_searches_have_keywords_of_their_own(text: str, spots: list[str]) -> None:
    assert painted(text) == spots


def test_text_beyond_reason_is_coloured_as_far_as_any_statement_goes() -> None:
    assert len(highlight("a " * 100_000)) == MOST_TOKENS
