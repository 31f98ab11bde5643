"""The rows of a query as a job gives them: pages of CSV, one after the other, each read while it arrives.

GET V/jobs/query/ID/results?maxRecords=50000[&locator=MTAwMDA]
    -> text/csv, Sforce-NumberOfRecords: 50000, Sforce-Locator: MTAwMDA (`null` with the last page)
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from sfexplorer.client.bulk.job import (
    JobProgress,
    Pause,
    check_complete,
    create_job,
    discard_job,
    ended_job,
    job_path,
    see_through,
)
from sfexplorer.client.bulk.table import Row, TableReader, rows_of
from sfexplorer.client.errors import ConnectionFailed, LocatorExpired, RequestTimeout, UnexpectedReply
from sfexplorer.client.exchange import Call
from sfexplorer.client.session import Session

if TYPE_CHECKING:
    from sfexplorer.client.incoming import Incoming

_TRIES = 3
_RESUMING_PAUSE = 1.0
_TOLD = {"sforce-numberofrecords", "sforce-locator"}


async def bulk_rows(
    session: Session,
    soql: str,
    *,
    all_rows: bool,
    page_size: int,
    pause: Pause,
    progress: JobProgress | None,
) -> AsyncGenerator[Row, None]:
    """The rows; the job is ended and deleted once they are read, or when nobody wants more of them.

    Raises:
        QueryRejected: the query is wrong, or none that a job takes.
        JobFailed: the org gave up on it.
        LocatorExpired: the org has forgotten the results; the rows before have been given out.
    """
    operation = "queryAll" if all_rows else "query"
    job = await create_job(session, "query", {"operation": operation, "query": soql})
    try:
        job = await ended_job(session, "query", job.id, pause, progress)
        check_complete(job)
        async with aclosing(_result_rows(session, job.id, page_size, pause)) as rows:
            async for row in rows:
                yield row
    finally:
        await see_through(discard_job(session, "query", job))


async def _result_rows(
    session: Session, job_id: str, page_size: int, pause: Pause
) -> AsyncGenerator[Row, None]:
    path = await job_path(session, "query", job_id, "results")
    locator, given, before, failures = "", 0, 0, 0
    while locator != "null":
        call = _page_call(path, locator, page_size)
        table = TableReader()
        try:
            incoming = await _opened_page(session, call)
            async with aclosing(rows_of(incoming, table)) as rows:
                async for row in rows:
                    # What was given out of this page before the line broke comes again.
                    if table.rows > given - before:
                        given, failures = given + 1, 0
                        yield row
            _check_count(incoming, table.rows)
        except LocatorExpired as error:
            error.rows_kept = given
            raise
        except (ConnectionFailed, RequestTimeout):
            failures += 1
            if failures >= _TRIES:
                raise
            await pause(_RESUMING_PAUSE)
            continue
        locator, before = _next_locator(incoming, locator), given


def _page_call(path: str, locator: str, page_size: int) -> Call:
    params = {"maxRecords": str(page_size), **({"locator": locator} if locator else {})}
    return Call("GET", path, params=params, headers={"Accept": "text/csv"}, purpose="query")


async def _opened_page(session: Session, call: Call) -> Incoming:
    """The answer, which is a job's for sure: what comes in its stead would pass for the last page."""
    incoming = await session.open(call)
    if incoming.headers.keys() & _TOLD:
        return incoming
    await incoming.aclose()
    raise UnexpectedReply("the answer is no page of a job's rows", status=incoming.status)


def _check_count(incoming: Incoming, rows: int) -> None:
    told = incoming.headers.get("sforce-numberofrecords", "")
    if told.isdecimal() and int(told) != rows:
        raise ConnectionFailed(f"{rows} of {told} rows came", reason="lost")


def _next_locator(incoming: Incoming, locator: str) -> str:
    following = incoming.headers.get("sforce-locator", "null")
    if following == locator:
        raise UnexpectedReply("the org's pages go round in a circle")
    return following
