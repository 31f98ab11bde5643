"""Saving or deleting any number of rows by jobs, one for each part of them (WIRE streaming.md, section 5).

POST  V/jobs/ingest            <- {"object", "operation"[, "externalIdFieldName"]} -> Open
PUT   V/jobs/ingest/ID/batches <- the rows as CSV, once
PATCH V/jobs/ingest/ID         <- {"state": "UploadComplete"}: the org begins
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from sfexplorer.client.bulk.job import (
    BulkJob,
    JobProgress,
    Pause,
    aborted_job,
    check_complete,
    create_job,
    ended_job,
    enter_state,
    job_path,
    see_through,
)
from sfexplorer.client.bulk.parts import LARGEST_PART, Part, Rows, parts_of
from sfexplorer.client.bulk.result import IngestResult
from sfexplorer.client.errors import JobFailed, SalesforceError
from sfexplorer.client.exchange import Call
from sfexplorer.client.session import Session


class IngestOptions(TypedDict, total=False):
    """How an ingest goes.

    Attributes:
        fields: the columns; without them, those of all rows of a list, or of the first row of an iterator.
        part_size: bytes of CSV that one job gets at most.
        pause: what waits some seconds until a job is asked for again.
        progress: is told of a job each time that the org told of it.
    """

    fields: Sequence[str]
    part_size: int
    pause: Pause
    progress: JobProgress | None


async def ingest(
    session: Session, wanted: Mapping[str, str], rows: Rows, **options: Unpack[IngestOptions]
) -> IngestResult:
    """Send the rows, wait until the org has worked on them, and tell what it did.

    A failure or a cancellation ends all jobs; what they have done stays done.

    Raises:
        ValueError: a row does not fit into the table.
        JobFailed: a job failed, or another error came when some jobs had begun; its `result` tells the rest.
        SalesforceError: the org refused, and nothing was done.
    """
    work = _Work(session, wanted)
    pause, progress = options.get("pause", asyncio.sleep), options.get("progress")
    parts = parts_of(rows, options.get("fields", ()), options.get("part_size", LARGEST_PART))
    try:
        async with aclosing(parts):
            async for part in parts:
                await work.send(part)
        for number, job in enumerate(work.jobs):
            work.jobs[number] = await ended_job(session, "ingest", job.id, pause, progress)
        for job in work.jobs:
            check_complete(job)
    except SalesforceError as error:
        await see_through(work.abort())
        raise work.told(error) from None
    except BaseException as error:
        await see_through(work.abort())
        if work.begun:
            error.add_note(f"these bulk jobs had begun and were aborted: {', '.join(work.begun)}")
        raise
    return work.result


@dataclass(slots=True)
class _Work:
    """The jobs so far, and the ids of those that the org was told to begin."""

    session: Session
    wanted: Mapping[str, str]
    jobs: list[BulkJob] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)

    @property
    def result(self) -> IngestResult:
        return IngestResult(tuple(self.jobs), self.session)

    async def send(self, part: Part) -> None:
        """Make a job of the part, and have the org begin with it while others are sent."""
        job = await create_job(self.session, "ingest", self.wanted)
        self.jobs.append(job)
        path = await job_path(self.session, "ingest", job.id, "batches")
        headers = {"Content-Type": "text/csv; charset=UTF-8"}
        await self.session.send(Call("PUT", path, headers=headers, content=part, purpose="save"))
        self.begun.append(job.id)
        await enter_state(self.session, "ingest", job.id, "UploadComplete")

    async def abort(self) -> None:
        """End all jobs, so that it is certain what they did."""
        for number, job in enumerate(self.jobs):
            self.jobs[number] = await aborted_job(self.session, "ingest", job)

    def told(self, error: SalesforceError) -> SalesforceError:
        """The error, with what was done where something may have been."""
        if isinstance(error, JobFailed):
            error.result = self.result
            return error
        if not self.begun:
            return error
        return JobFailed(
            error.message,
            job_id=self.jobs[-1].id,
            result=self.result,
            code=error.code,
            status=error.status,
            problems=error.problems,
            request_id=error.request_id,
        )
