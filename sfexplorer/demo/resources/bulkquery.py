"""Query jobs of Bulk API 2.0 and their results (streaming.md section 5)."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Iterator
from typing import Any

from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute

from sfexplorer.demo.bulk.jobs import Job, abort, invalid_job
from sfexplorer.demo.bulk.queries import Reading, object_of, reading_of, run
from sfexplorer.demo.errors import Refusal, malformed_query, not_found, refusal
from sfexplorer.demo.org import Org
from sfexplorer.demo.resources.bulkjobs import (
    CSV,
    begin,
    check_version,
    deletion,
    facts,
    job_of,
    listing,
    new_job,
    text_in,
    wanted_state,
)
from sfexplorer.demo.resources.query import context_of
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.bodies import json_object
from sfexplorer.demo.web.call import Call, data

# How many rows a page of results has where the client names no number.
LARGEST_PAGE = 50_000
PAGES_AT_ONCE = 5
OLDEST_RESULT_PAGES = 58.0


def routes() -> list[BaseRoute]:
    """The paths of query jobs."""
    return [
        data("/jobs/query", GET=listing("query"), POST=create),
        data("/jobs/query/{id}", GET=facts("query"), PATCH=change, DELETE=deletion("query")),
        data("/jobs/query/{id}/results", GET=results),
        data("/jobs/query/{id}/resultPages", GET=result_pages),
    ]


async def create(call: Call) -> Response:
    """Make a query job, and begin with it."""
    check_version(call, "query")
    body = json_object(await call.body())
    operation, text = text_in(body, "operation"), text_in(body, "query")
    if operation not in ("query", "queryAll"):
        raise invalid_job(f"Invalid operation: {operation}")
    if not text:
        raise malformed_query("A query string has to be specified")
    context = context_of(call, text, deleted=operation == "queryAll")
    reading = await asyncio.to_thread(reading_of, context)
    job = new_job(call, "query", body, operation, object_of(context), "UploadComplete")
    job.query = text
    call.org.allowance.spend("DailyBulkV2QueryJobs")
    told = job.facts()
    begin(_run(call.org, job, reading))
    return json_answer(told)


async def _run(org: Org, job: Job, reading: Reading) -> None:
    try:
        await org.read(run, job, reading)
    except Refusal as refused:
        job.fail("; ".join(fault.message for fault in refused.faults))


async def change(call: Call) -> Response:
    """Abort a query job."""
    job = job_of(call, "query")
    wanted_state(json_object(await call.body()), ("Aborted",))
    abort(job)
    return json_answer(job.facts())


async def results(call: Call) -> Response:
    """A page of a query job's rows, each with the header."""
    job = _complete(call)
    first = _offset(call.parameter("locator"))
    if first > len(job.spool) or (first and first == len(job.spool)):
        raise refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
    behind = min(first + _page_size(call), len(job.spool))
    headers = {
        "Sforce-NumberOfRecords": str(behind - first),
        "Sforce-Locator": _locator(behind) if behind < len(job.spool) else "null",
    }

    def pieces() -> Iterator[bytes]:
        yield job.layout.line(job.header).encode()
        yield from job.spool.chunks(first, behind)

    return StreamingResponse(pieces(), 200, headers, CSV)


async def result_pages(call: Call) -> Response:
    """Where the next pages of a query job's rows are, so that they can be fetched side by side."""
    if float(call.version) < OLDEST_RESULT_PAGES:
        raise not_found()
    job = _complete(call)
    size, first = _page_size(call), _offset(call.parameter("locator"))
    starts = list(range(first, max(len(job.spool), 1), size))
    path = f"{call.base}/jobs/query/{job.id}"
    told: dict[str, Any] = {
        "resultPages": [
            {"resultUrl": f"{path}/results?locator={_locator(start)}&maxRecords={size}"}
            for start in starts[:PAGES_AT_ONCE]
        ],
        "done": len(starts) <= PAGES_AT_ONCE,
    }
    if not told["done"]:
        following = _locator(starts[PAGES_AT_ONCE])
        told["nextRecordUrl"] = f"{path}/resultPages?locator={following}&maxRecords={size}"
    return json_answer(told)


def _complete(call: Call) -> Job:
    job = job_of(call, "query")
    if job.state != "JobComplete" or job.version != call.version:
        raise refusal(409, "INVALIDJOBSTATE", f"The results of a job in state {job.state} can't be read")
    return job


def _page_size(call: Call) -> int:
    text = call.parameter("maxRecords")
    if text is None:
        return LARGEST_PAGE
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not int(text):
        raise refusal(400, "API_ERROR", f"Invalid maxRecords: {text[:20]}")
    return min(int(text), LARGEST_PAGE)


def _locator(row: int) -> str:
    return base64.urlsafe_b64encode(str(row).encode()).decode().rstrip("=")


def _offset(locator: str | None) -> int:
    if not locator:
        return 0
    try:
        text = base64.urlsafe_b64decode(locator + "=" * (-len(locator) % 4)).decode()
        if text.isascii() and text.isdigit() and len(text) < 12:
            return int(text)
    except (binascii.Error, UnicodeError):
        pass
    raise refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
