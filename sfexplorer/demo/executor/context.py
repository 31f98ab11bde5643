"""What a query is read in: the schema, the moment, and the habits of the user who asks."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sfexplorer.demo.objects import Schema

_HABITS = (
    "SELECT u.TimeZoneSidKey, u.LocaleSidKey, o.FiscalYearStartMonth, o.UsesStartDateAsFiscalYearName "
    'FROM "User" AS u LEFT JOIN "Organization" AS o WHERE u."Id" = ?'
)
_NEWEST_VERSION = 67


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """When the organization's fiscal year begins, and whether it is named by the year that it begins in."""

    month: int = 1
    named_by_start: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a query is read in.

    Attributes:
        schema: the sObjects that there are.
        text: the query as it was written, for the places of errors.
        zone: the user's time zone, in which days begin.
        now: the moment of the query.
        deleted: whether deleted rows are seen.
        user_id: who asks.
        locale: how the user writes numbers and dates, and on which day weeks begin.
        fiscal_year: the organization's.
        version: of the API.
    """

    schema: Schema
    text: str = ""
    zone: tzinfo = UTC
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    deleted: bool = False
    user_id: str = ""
    locale: str = "en_US"
    fiscal_year: FiscalYear = FiscalYear()
    version: int = _NEWEST_VERSION


def at_home(connection: sqlite3.Connection, context: Context) -> Context:
    """The context with the time zone, locale and fiscal year that the records of its user and org tell."""
    row = connection.execute(_HABITS, (context.user_id,)).fetchone()
    if row is None:
        return context
    zone, locale, month, named_by_start = row
    fiscal_year = FiscalYear(int(month or 1), bool(named_by_start))
    return replace(
        context, zone=zone_of(zone or "UTC"), locale=locale or context.locale, fiscal_year=fiscal_year
    )


@lru_cache
def zone_of(key: str) -> tzinfo:
    """The time zone of a key; UTC where the machine doesn't know it."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
