"""Values of Python as literals of a query."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from sfexplorer.soql import parse, quote


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("Acme", "'Acme'"),
        ("O'Hara", r"'O\'Hara'"),
        ("C:\\x", r"'C:\\x'"),
        ("a\nb\rc\td\be\ff", r"'a\nb\rc\td\be\ff'"),
        ("x' OR Name != '", r"'x\' OR Name != \''"),
        ("\0", r"'\u0000'"),
        ("\ud800", r"'\uD800'"),
        ("ü🙂", "'ü🙂'"),
        ("", "''"),
        (5, "5"),
        (-3, "-3"),
        (10.5, "10.5"),
        (1e30, "1000000000000000000000000000000.0"),
        (1e-7, "0.0000001"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, "NULL"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 10, tzinfo=UTC), "2026-01-31T10:00:00.000Z"),
        (datetime(2026, 1, 31, 0, 30, tzinfo=timezone(timedelta(hours=1))), "2026-01-30T23:30:00.000Z"),
        (datetime(2026, 1, 31, 10, 0, 0, 123456, tzinfo=UTC), "2026-01-31T10:00:00.123456Z"),
        (time(10, 30), "10:30:00.000Z"),
        (["a", "b'c"], r"('a', 'b\'c')"),
        ((1, None, True), "(1, NULL, TRUE)"),
    ],
)
def test_a_value_becomes_a_literal_that_parses(value: object, literal: str) -> None:
    quoted = quote(value)  # type: ignore[arg-type]  # the parameters are of all kinds
    assert quoted == literal
    operator = "IN" if quoted.startswith("(") else "="
    assert parse(f"SELECT Id FROM X WHERE a {operator} {quoted}").where is not None


@pytest.mark.parametrize(
    "value",
    [[], [["a"]], float("nan"), float("inf"), Decimal("Infinity"), datetime(2026, 1, 31)],
)
def test_a_value_without_a_literal_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="quer"):
        quote(value)  # type: ignore[arg-type]  # the parameters are of all kinds
