"""Ingest jobs of Bulk API 2.0 and what became of their rows (streaming.md section 5)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator

from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute

from sfexplorer.demo.bulk.ingest import CHUNK, check, write_rows
from sfexplorer.demo.bulk.jobs import ENDED, Job, RowResult, abort, invalid_job, invalid_state
from sfexplorer.demo.bulk.tables import BadTable, read_table
from sfexplorer.demo.errors import refusal
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
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.bodies import json_object
from sfexplorer.demo.web.call import Call, data


def routes() -> list[BaseRoute]:
    """The paths of ingest jobs."""
    return [
        data("/jobs/ingest", GET=listing("ingest"), POST=create),
        data("/jobs/ingest/{id}", GET=facts("ingest"), PATCH=change, DELETE=deletion("ingest")),
        data("/jobs/ingest/{id}/batches", PUT=upload),
        data("/jobs/ingest/{id}/successfulResults", GET=successful),
        data("/jobs/ingest/{id}/failedResults", GET=failed),
        data("/jobs/ingest/{id}/unprocessedrecords", GET=unprocessed),
    ]


async def create(call: Call) -> Response:
    """Make a job that waits for its rows."""
    check_version(call, "ingest")
    body = json_object(await call.body())
    found = call.org.schema.get(text_in(body, "object"))
    if found is None:
        raise invalid_job(f"InvalidJob : Unable to find object: {text_in(body, 'object')[:80]}")
    operation, external_id = text_in(body, "operation"), text_in(body, "externalIdFieldName")
    check(operation, external_id, found)
    job = new_job(call, "ingest", body, operation, found.name, "Open")
    job.external_id = external_id
    job.assignment_rule = text_in(body, "assignmentRuleId")
    return json_answer(job.facts())


async def upload(call: Call) -> Response:
    """Take the rows of a job, once."""
    job = job_of(call, "ingest")
    if not call.request.headers.get("content-type", "").lower().startswith("text/csv"):
        raise refusal(400, "INVALIDBATCH", "Content-Type of the batches must be text/csv")
    if job.state != "Open":
        raise invalid_state(f"Invalid state for uploading: {job.state}")
    if job.table is not None:
        message = f"Found multiple contents for job: <{job.id}>; rows may be put only once"
        raise refusal(400, "INVALIDBATCH", message)
    content = await call.body()
    try:
        job.table = await asyncio.to_thread(read_table, content, job.layout)
    except BadTable as error:
        # As Salesforce, which reads the rows only when it works on them.
        job.error = str(error)
    return nothing(201)


async def change(call: Call) -> Response:
    """Close a job, whereupon it begins, or abort it."""
    job = job_of(call, "ingest")
    state = wanted_state(json_object(await call.body()), ("UploadComplete", "Aborted"))
    if state == "Aborted":
        abort(job)
    elif job.state != "Open":
        raise invalid_state(f"Closing already {job.state} Job not allowed")
    else:
        job.enter("UploadComplete")
        begin(_write(call, job))
    return json_answer(job.facts())


async def _write(call: Call, job: Job) -> None:
    if job.error:
        job.fail(job.error)
        return
    job.enter("InProgress")
    table = job.table
    for first in range(0, len(table.rows) if table else 0, CHUNK):
        # An abort keeps what is done, and does no more.
        if table is not None and job.state == "InProgress":
            await call.org.write(write_rows, job, table, first)
    if job.state == "InProgress":
        job.enter("JobComplete")


async def successful(call: Call) -> Response:
    """The rows that were written."""
    job = _ended(call)
    header = ("sf__Id", "sf__Created")
    return _table(job, header, lambda each: (each.id, str(each.created).lower()), _ok(job))


async def failed(call: Call) -> Response:
    """The rows that were refused, with the reasons."""
    job = _ended(call)
    wrong = [each for each in job.results if each.error]
    return _table(job, ("sf__Id", "sf__Error"), lambda each: (each.id, each.error), wrong)


async def unprocessed(call: Call) -> Response:
    """The rows that an abort or a failure left untouched."""
    job = _ended(call)
    rest = job.table.rows[len(job.results) :] if job.table else ()
    return _table(job, (), lambda _: (), [RowResult(row) for row in rest])


def _ok(job: Job) -> list[RowResult]:
    return [each for each in job.results if not each.error]


def _table(
    job: Job,
    before: tuple[str, ...],
    told: Callable[[RowResult], tuple[str, ...]],
    found: Iterable[RowResult],
) -> Response:
    header = job.table.header if job.table else ()

    def lines() -> Iterator[str]:
        yield job.layout.line((*before, *header))
        for each in found:
            yield job.layout.line((*told(each), *each.row))

    return StreamingResponse(lines(), 200, media_type=CSV)


def _ended(call: Call) -> Job:
    job = job_of(call, "ingest")
    if job.state not in ENDED:
        raise invalid_state(f"The results of a job in state {job.state} can't be read")
    return job
