"""The days that a date literal covers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sfexplorer.soql.words import COUNTED_DATE_LITERALS, PLAIN_DATE_LITERALS

DAYS = {
    "YESTERDAY": (-1, 0),
    "TODAY": (0, 1),
    "TOMORROW": (1, 2),
    "LAST_90_DAYS": (-90, 1),
    "NEXT_90_DAYS": (1, 91),
}
UNIT_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12, "FISCAL_QUARTER": 3, "FISCAL_YEAR": 12}
FIRST_MONTH = date.min.year * 12
LAST_MONTH = date.max.year * 12 + 11
# More than the calendar has of any unit; larger counts mean the same.
LARGEST_COUNT = 4_000_000

Range = tuple[date, date]


def date_range(text: str, today: date, fiscal_month: int = 1) -> Range:
    """The first day of a date literal and the day behind its last one.

    Weeks start on Sunday. Ranges that leave the calendar of Python end with it.

    Args:
        text: the literal as the tree has it, such as `THIS_WEEK` or `LAST_N_DAYS:7`.
        today: the day in the user's time zone.
        fiscal_month: the month that the fiscal year starts with, from 1.

    Raises:
        ValueError: there is no such date literal.
    """
    name, _, count = text.upper().partition(":")
    if not count and name in PLAIN_DATE_LITERALS:
        return _plain(name, today, fiscal_month)
    if name in COUNTED_DATE_LITERALS and count.isdecimal():
        return _counted(name, min(int(count[:18]), LARGEST_COUNT), today, fiscal_month)
    raise ValueError(f"{text} is no date literal.")


def _plain(name: str, today: date, fiscal_month: int) -> Range:
    if name in DAYS:
        first, behind = DAYS[name]
        return _day(today, first), _day(today, behind)
    when, _, unit = name.partition("_")
    start = _units(unit, today, fiscal_month)
    distance = {"LAST": -1, "THIS": 0, "NEXT": 1}[when]
    return start(distance), start(distance + 1)


def _counted(name: str, count: int, today: date, fiscal_month: int) -> Range:
    if name.endswith("_AGO"):
        start = _units(name.removeprefix("N_").removesuffix("S_AGO"), today, fiscal_month)
        return start(-count), start(1 - count)
    when, unit = name.removesuffix("S").split("_N_")
    start = _units(unit, today, fiscal_month)
    if when == "NEXT":
        return start(1), start(count + 1)
    # The last days include the current one, as nothing but days do.
    return start(-count), start(1 if unit == "DAY" else 0)


def _units(unit: str, today: date, fiscal_month: int) -> Callable[[int], date]:
    """A function that gives the first day of the unit so many after the current one."""
    if unit == "DAY":
        return lambda distance: _day(today, distance)
    if unit == "WEEK":
        since_sunday = today.isoweekday() % 7
        return lambda distance: _day(today, 7 * distance - since_sunday)
    size = UNIT_MONTHS[unit]
    shift = fiscal_month - 1 if unit.startswith("FISCAL") else 0
    month = today.year * 12 + today.month - 1
    current = month - (month - shift) % size
    return lambda distance: _month(current + size * distance)


def _day(today: date, distance: int) -> date:
    number = today.toordinal() + distance
    if not date.min.toordinal() <= number <= date.max.toordinal():
        return date.min if distance < 0 else date.max
    return today + timedelta(days=distance)


def _month(number: int) -> date:
    if number > LAST_MONTH:
        return date.max
    year, month = divmod(max(number, FIRST_MONTH), 12)
    return date(year, month + 1, 1)
