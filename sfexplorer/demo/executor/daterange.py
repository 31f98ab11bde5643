"""Comparisons with date literals, which are ranges of days: TODAY, LAST_N_WEEKS:3, THIS_FISCAL_YEAR."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.locales import locale_of
from sfexplorer.demo.executor.operands import Operand
from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.storage import stamp
from sfexplorer.soql.dates import date_range
from sfexplorer.soql.tree import Literal

# What a comparison with a range of days, [first, behind), becomes.
_RANGES = {
    "=": "({x} >= ? AND {x} < ?)",
    "<": "{x} < ?",
    "<=": "{x} < ?",
    ">": "{x} >= ?",
    ">=": "{x} >= ?",
}
_FROM_FIRST = frozenset({"<", ">="})


def within(context: Context, left: Operand, literal: Literal, operator: str) -> Sql:
    """A comparison of a date or datetime with a date literal."""
    first, behind = (_edge(context, left, day) for day in days(context, literal.text))
    value = left.sql
    if operator in ("=", "!="):
        inside = Sql(_RANGES["="].format(x=value.text), (*value.params, first, *value.params, behind))
        return inside if operator == "=" else template("NOT COALESCE({}, 0)", inside)
    text = _RANGES[operator].format(x=value.text)
    return Sql(text, (*value.params, first if operator in _FROM_FIRST else behind))


def days(context: Context, text: str) -> tuple[date, date]:
    """The first day of a date literal and the day behind its last, in the user's time zone and calendar."""
    today = context.now.astimezone(context.zone).date()
    shift = timedelta(days=locale_of(context.locale).weeks_begin if "WEEK" in text else 0)
    # Weeks that begin on Monday are those that begin on Sunday, seen from the day before and moved on.
    first, behind = date_range(text, today - shift, context.fiscal_year.month)
    return _later(first, shift), _later(behind, shift)


def _later(day: date, shift: timedelta) -> date:
    return day + shift if day < date.max else day


def _edge(context: Context, left: Operand, day: date) -> str:
    """The start of a day: as such, or as the moment when it begins in the user's time zone."""
    if left.field.type == "date":
        return day.isoformat()
    # Python's calendar ends where a time zone may lead beyond it.
    day = min(max(day, date.min + timedelta(days=2)), date.max - timedelta(days=2))
    return stamp(datetime.combine(day, time.min, context.zone).astimezone(UTC))
