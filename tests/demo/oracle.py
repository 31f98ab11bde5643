"""A second answer to queries: plain Python over rows that were fetched once, which knows nothing of SQL.

A query is told by these dataclasses; `oracle_soql` says it in SOQL, and `oracle_answers` finds its answer.

    Rows | Groups | Count  ->  oracle_soql   ->  the org
                           ->  oracle_answers, oracle  ->  Python
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import ge, gt, le, lt
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


class Id(str):
    """The id of a record, of 15 or 18 characters, whose case counts."""

    __slots__ = ()


@dataclass(frozen=True)
class Compare:
    """`path operator value`; a LIKE's value is a tuple of texts and wildcards, an IN's one of values."""

    path: str
    operator: str
    value: Any


@dataclass(frozen=True)
class Negation:
    """`NOT condition`."""

    inner: Condition


@dataclass(frozen=True)
class Both:
    """Conditions that must all hold, or of which one must."""

    word: str
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Join:
    """`Id IN (SELECT AccountId FROM Contact WHERE ...)`."""

    path: str
    negated: bool
    object: str
    column: str
    where: Condition


Condition = Compare | Negation | Both | Join


@dataclass(frozen=True)
class Days:
    """A date literal: a name, and the days from today on that it covers, or a unit of the calendar."""

    text: str
    first: Callable[[date], date]
    behind: Callable[[date], date]


@dataclass(frozen=True)
class World:
    """All rows by object, with what comparing and sorting must know of their fields.

    A row holds the values of its parents too, by their paths, and None where a parent is missing.
    """

    rows: dict[str, list[Row]]
    parents: dict[str, str]
    picklists: dict[str, list[str]]
    zone: ZoneInfo
    today: date


def found(world: World, object: str, where: Condition | None) -> list[Row]:
    """The rows that meet a condition, in the order of the table."""
    if where is None:
        return world.rows[object]
    holds = predicate(world, where)
    return [row for row in world.rows[object] if holds(row)]


def predicate(world: World, condition: Condition) -> Callable[[Row], bool]:
    """Whether a row meets a condition."""
    match condition:
        case Negation(inner):
            holds = predicate(world, inner)
            return lambda row: not holds(row)
        case Both(word, parts):
            each = [predicate(world, part) for part in parts]
            if word == "AND":
                return lambda row: all(part(row) for part in each)
            return lambda row: any(part(row) for part in each)
        case Join(path, negated, object, column, where):
            ids = {folded(row[column]) for row in found(world, object, where)} - {None}
            return lambda row: (folded(row[path]) in ids) != negated
        case Compare(path, operator, wanted):
            fits = comparison(world, operator, wanted)
            return lambda row: fits(row[path])


def comparison(world: World, operator: str, wanted: Any) -> Callable[[Any], bool]:
    """Whether a value compares so with another, a list or a range of days; nothing is as good as empty."""
    match operator:
        case "!=" | "NOT IN":
            fits = comparison(world, "=" if operator == "!=" else "IN", wanted)
            return lambda value: not fits(value)
        case "IN":
            each = [comparison(world, "=", one) for one in wanted]
            return lambda value: any(one(value) for one in each)
        case "LIKE":
            pattern = like(wanted)
            return lambda value: value is not None and pattern.fullmatch(value) is not None
    if isinstance(wanted, Days):
        return in_days(world, operator, wanted)
    if operator == "=":
        right = folded(wanted or None) if isinstance(wanted, str) else wanted
        # A missing boolean is false.
        return lambda value: not value if value is False and not right else folded(value) == right
    if wanted in (None, ""):
        return lambda value: False
    ordering, right = ORDERINGS[operator], folded(wanted)
    return lambda value: value is not None and ordering(folded(value), right)


def in_days(world: World, operator: str, days: Days) -> Callable[[date | None], bool]:
    """Whether a day, or the day of a moment where the user is, lies so to a range of days."""
    first, behind = days.first(world.today), days.behind(world.today)
    fits: Callable[[date], bool] = {
        "=": lambda day: first <= day < behind,
        "<": lambda day: day < first,
        "<=": lambda day: day < behind,
        ">": lambda day: day >= behind,
        ">=": lambda day: day >= first,
    }[operator]

    def lies(value: date | None) -> bool:
        local = value.astimezone(world.zone).date() if isinstance(value, datetime) else value
        return local is not None and fits(local)

    return lies


def folded(value: Any) -> Any:
    """A value as it compares: text without case, ids by their first 15 characters."""
    if isinstance(value, Id):
        return value[:15]
    return value.upper() if isinstance(value, str) else value


def like(parts: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of a LIKE as a regular expression."""
    wild = {"%": ".*", "_": "."}
    return re.compile("".join(wild.get(part) or re.escape(part) for part in parts), re.IGNORECASE | re.DOTALL)


def day(offset: int) -> Callable[[date], date]:
    """So many days from today."""
    return lambda today: today + timedelta(days=offset)


def month(offset: int, size: int = 1) -> Callable[[date], date]:
    """The first day of the month, quarter or year that is so many of them away."""

    def first(today: date) -> date:
        months = (today.year * 12 + today.month - 1) // size * size + offset * size
        return date(months // 12, months % 12 + 1, 1)

    return first


def week(offset: int) -> Callable[[date], date]:
    """The Monday of the week that is so many away."""
    return lambda today: today - timedelta(days=today.weekday() - 7 * offset)


DATE_LITERALS = (
    Days("TODAY", day(0), day(1)),
    Days("YESTERDAY", day(-1), day(0)),
    Days("TOMORROW", day(1), day(2)),
    Days("LAST_N_DAYS:30", day(-30), day(1)),
    Days("NEXT_N_DAYS:45", day(1), day(46)),
    Days("N_DAYS_AGO:3", day(-3), day(-2)),
    Days("LAST_90_DAYS", day(-90), day(1)),
    Days("THIS_WEEK", week(0), week(1)),
    Days("LAST_N_WEEKS:6", week(-6), week(0)),
    Days("THIS_MONTH", month(0), month(1)),
    Days("LAST_MONTH", month(-1), month(0)),
    Days("NEXT_N_MONTHS:2", month(1), month(3)),
    Days("N_MONTHS_AGO:4", month(-4), month(-3)),
    Days("THIS_QUARTER", month(0, 3), month(1, 3)),
    Days("LAST_N_QUARTERS:2", month(-2, 3), month(0, 3)),
    Days("THIS_YEAR", month(0, 12), month(1, 12)),
    Days("LAST_YEAR", month(-1, 12), month(0, 12)),
    Days("NEXT_FISCAL_YEAR", month(1, 12), month(2, 12)),
)


def read(value: Any, kind: str) -> Any:
    """A value of the API as Python has it."""
    match kind, value:
        case _, None:
            return None
        case "date", _:
            return date.fromisoformat(value)
        case "datetime", _:
            return datetime.fromisoformat(value)
        case (("id" | "reference"), _):
            return Id(value)
        case _:
            return value
