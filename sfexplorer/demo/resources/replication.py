"""Which records of an sObject were deleted or changed in a span of time (rest.md section 2)."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.resources.records import type_of
from sfexplorer.demo.storage import quoted, stamp
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

_LONGEST = timedelta(days=30)
_SHORTEST = timedelta(minutes=1)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_SINCE = 29
_STAMPS = ("SystemModstamp", "LastModifiedDate", "CreatedDate")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when."""

    start: datetime
    end: datetime

    @property
    def stamps(self) -> tuple[str, str]:
        """Both ends as they are stored."""
        return stamp(self.start), stamp(self.end)


def routes() -> list[BaseRoute]:
    """The paths, which must go before those of records: they have the form of an id's."""
    return [
        data("/sobjects/{type}/deleted", since=_SINCE, GET=deleted),
        data("/sobjects/{type}/updated", since=_SINCE, GET=updated),
    ]


async def deleted(call: Call) -> Response:
    """The records that were put into the recycle bin."""
    found = _replicated(type_of(call))
    now = datetime.now(UTC)
    span = span_of(call.parameter("start"), call.parameter("end"), now)
    rows = await call.org.read(_deleted, found, span)
    return json_answer(
        {
            "deletedRecords": [
                {"id": record_id, "deletedDate": f"{moment}+0000"} for record_id, moment in rows
            ],
            "earliestDateAvailable": _told(_minute(now - _LONGEST)),
            "latestDateCovered": _told(min(span.end, now)),
        }
    )


async def updated(call: Call) -> Response:
    """The ids of the records that were added or changed."""
    found = _replicated(type_of(call))
    now = datetime.now(UTC)
    span = span_of(call.parameter("start"), call.parameter("end"), now)
    ids = await call.org.read(_updated, found, span)
    return json_answer({"ids": ids, "latestDateCovered": _told(min(span.end, now))})


def _replicated(found: SObjectType) -> SObjectType:
    if not found.flags["replicateable"] or _stamp_of(found) is None:
        raise refusal(400, "INVALID_TYPE", f"sObject type {found.name} is not replicable")
    return found


def _stamp_of(found: SObjectType) -> str | None:
    """The field that tells when a record was last changed."""
    return next((name for name in _STAMPS if found.field(name)), None)


def span_of(start: str | None, end: str | None, now: datetime) -> Span:
    """The span that a request means. Its start loses its seconds, as in the API; its end keeps them, so that
    what has just happened can be seen.

    Raises:
        Refusal: 400 when it is none, or not one that Salesforce takes.
    """
    if start is None or end is None:
        raise refusal(400, "MISSING_ARGUMENT", "The start and end parameters are required")
    span = Span(_minute(_moment("start", start)), _moment("end", end))
    if span.start >= span.end:
        raise _refused("endDate must be after startDate")
    if span.end - span.start < _SHORTEST:
        raise _refused("endDate must be at least one minute greater than startDate")
    if now - span.start > _LONGEST + _SHORTEST:
        raise _refused("startDate cannot be more than 30 days ago")
    return span


def _moment(name: str, text: str) -> datetime:
    # A plus that the client did not encode arrives as a blank.
    match = _MOMENT.fullmatch(text.replace(" ", "+"))
    try:
        if match is not None:
            return datetime.fromisoformat(match[1] + (match[2] or "Z")).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _refused(f"{name} is no date and time: {text}")


def _refused(message: str) -> Refusal:
    return refusal(400, "INVALID_REPLICATION_DATE", message)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _told(moment: datetime) -> str:
    return f"{stamp(_minute(moment))}+0000"


def _deleted(connection: sqlite3.Connection, found: SObjectType, span: Span) -> list[tuple[str, str]]:
    if found.field("IsDeleted") is None:
        return []
    return _rows(connection, found, span, 'AND "IsDeleted" = 1')


def _updated(connection: sqlite3.Connection, found: SObjectType, span: Span) -> list[str]:
    live = 'AND "IsDeleted" = 0' if found.field("IsDeleted") else ""
    return [record_id for record_id, _ in _rows(connection, found, span, live)]


def _rows(
    connection: sqlite3.Connection, found: SObjectType, span: Span, condition: str
) -> list[tuple[str, str]]:
    moment = quoted(_stamp_of(found) or "")
    rows = connection.execute(
        f'SELECT "Id", {moment} FROM {quoted(found.name)} '  # noqa: S608 - names of the schema
        f'WHERE {moment} >= ? AND {moment} <= ? {condition} ORDER BY {moment}, "Id"',
        span.stamps,
    )
    return [(str(record_id), str(changed)) for record_id, changed in rows]
