"""What literals of a query mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from sfexplorer.soql import Literal, like_pattern, literal_value
from sfexplorer.soql.tree import LiteralKind


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "'O\\'Hara'", "O'Hara"),
        ("string", r"'a\nb\\n\u00E9\"\T'", 'a\nb\\n\u00e9"\t'),
        ("number", "-3", -3),
        ("number", "+10.50", 10.5),
        ("currency", "USD-5.25", -5.25),
        ("boolean", "TRUE", True),
        ("boolean", "FALSE", False),
        ("null", "NULL", None),
        ("date", "2026-01-31", date(2026, 1, 31)),
        ("datetime", "2026-01-31T10:00:00Z", datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("datetime", "2026-01-31t10:00:00.5z", datetime(2026, 1, 31, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("datetime", "2026-01-31T10:00:00.1239999Z", datetime(2026, 1, 31, 10, 0, 0, 123_000, tzinfo=UTC)),
        (
            "datetime",
            "2026-01-31T10:00:00-0830",
            datetime(2026, 1, 31, 10, tzinfo=timezone(-timedelta(hours=8, minutes=30))),
        ),
        ("time", "10:30:00.250Z", time(10, 30, 0, 250_000)),
    ],
)
def test_a_literal_has_its_value(kind: LiteralKind, text: str, value: object) -> None:
    found = literal_value(Literal(kind, text))
    assert found == value
    assert type(found) is type(value)


def test_a_number_of_any_length_has_a_value() -> None:
    assert literal_value(Literal("number", "9" * 5_000)) == float("inf")


@pytest.mark.parametrize(("kind", "text"), [("date literal", "TODAY"), ("bind", ":x")])
def test_a_range_and_a_variable_have_no_single_value(kind: LiteralKind, text: str) -> None:
    with pytest.raises(ValueError, match="no single value"):
        literal_value(Literal(kind, text))


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        (r"'Acme%'", "Acme%"),
        (r"'50\%%'", r"50\%%"),
        (r"'a\_b'", r"a\_b"),
        (r"'O\'H'", "O'H"),
        (r"'a\\%'", r"a\\%"),
        (r"'\n'", "\n"),
    ],
)
def test_a_pattern_keeps_only_the_escapes_of_its_wildcards(text: str, pattern: str) -> None:
    assert like_pattern(Literal("string", text)) == pattern
