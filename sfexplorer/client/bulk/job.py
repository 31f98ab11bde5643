"""Jobs of Bulk API 2.0: what they tell, their end, and how to bring it about (WIRE streaming.md, section 5).

POST   V/jobs/query|ingest     -> the job, with its id
GET    V/jobs/query/ID         -> UploadComplete, InProgress, then JobComplete | Failed | Aborted
PATCH  V/jobs/query/ID         <- {"state": "Aborted"}
DELETE V/jobs/query/ID         with its results
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Literal

import msgspec

from sfexplorer.client.addresses import path_part
from sfexplorer.client.errors import JobFailed, SalesforceError, UnexpectedReply
from sfexplorer.client.exchange import Call, Purpose, json_call
from sfexplorer.client.ids import is_id
from sfexplorer.client.session import Session

Kind = Literal["query", "ingest"]
Pause = Callable[[float], Awaitable[object]]
_ENDED = frozenset({"JobComplete", "Failed", "Aborted"})
# A short job is not waited for longer than it takes; a long one costs four API calls a minute.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 15.0
# So long may the tidying up of a job that nobody wants any more hold up a cancellation.
_TIDYING_SECONDS = 10.0


class BulkJob(msgspec.Struct, frozen=True, rename="camel"):
    """What the org tells of a job. The counts grow while it is at work."""

    id: str
    state: str
    object: str | None = None
    operation: str = ""
    records_processed: int = msgspec.field(default=0, name="numberRecordsProcessed")
    records_failed: int = msgspec.field(default=0, name="numberRecordsFailed")
    error_message: str | None = None

    @property
    def is_ended(self) -> bool:
        """Whether the org works on it no more."""
        return self.state in _ENDED


JobProgress = Callable[[BulkJob], object]
"""Is told of a job each time that the org told of it."""


async def job_path(session: Session, kind: Kind, job_id: str = "", below: str = "") -> str:
    """The path of all jobs, of one, or of something below one."""
    parts = [part for part in (path_part(job_id), below) if part]
    return await session.path("/".join(("jobs", kind, *parts)))


async def create_job(session: Session, kind: Kind, wanted: Mapping[str, Any]) -> BulkJob:
    """A new job; one that is cancelled while the org makes it is deleted as soon as its id is known.

    Raises:
        QueryRejected: the query is wrong.
        SalesforceError: the org refused.
    """
    making = asyncio.ensure_future(_made(session, kind, wanted))
    try:
        return await asyncio.shield(making)
    except asyncio.CancelledError:
        await see_through(_discard_made(session, kind, making))
        raise


async def _made(session: Session, kind: Kind, wanted: Mapping[str, Any]) -> BulkJob:
    body = {"contentType": "CSV", "columnDelimiter": "COMMA", "lineEnding": "LF", **wanted}
    purpose: Purpose = "query" if kind == "query" else "save"
    call = json_call("POST", await job_path(session, kind), body, purpose)
    job = (await session.send(call)).decode(BulkJob)
    if not is_id(job.id):
        # It becomes part of paths, of which some delete.
        raise UnexpectedReply("the org's answer names no job")
    return job


async def ask_job(session: Session, kind: Kind, job_id: str) -> BulkJob:
    """What the org tells of a job now."""
    return (await session.send(Call("GET", await job_path(session, kind, job_id)))).decode(BulkJob)


async def enter_state(session: Session, kind: Kind, job_id: str, state: str) -> BulkJob:
    """Close a job's upload, or abort it."""
    path = await job_path(session, kind, job_id)
    return (await session.send(json_call("PATCH", path, {"state": state}))).decode(BulkJob)


async def ended_job(
    session: Session, kind: Kind, job_id: str, pause: Pause, progress: JobProgress | None
) -> BulkJob:
    """The job once it is at its end, asked for again and again in growing pauses."""
    seconds = _FIRST_PAUSE
    while True:
        job = await ask_job(session, kind, job_id)
        if progress is not None:
            progress(job)
        if job.is_ended:
            return job
        await pause(seconds)
        seconds = min(seconds * 1.5, _LONGEST_PAUSE)


def check_complete(job: BulkJob) -> None:
    """See to it that a job that has ended did its work.

    Raises:
        JobFailed: it did not.
    """
    if job.state == "JobComplete":
        return
    how = "failed" if job.state == "Failed" else "was aborted"
    said = f": {job.error_message}" if job.error_message else ""
    raise JobFailed(f"bulk job {job.id} {how}{said}", job_id=job.id, code=job.state)


async def discard_job(session: Session, kind: Kind, job: BulkJob) -> None:
    """End and delete a job; it is no failure if that fails: the org forgets it in a week."""
    await aborted_job(session, kind, job)
    with suppress(SalesforceError):
        await session.send(Call("DELETE", await job_path(session, kind, job.id), purpose="save"))


async def _discard_made(session: Session, kind: Kind, making: asyncio.Future[BulkJob]) -> None:
    with suppress(SalesforceError):
        await discard_job(session, kind, await making)


async def aborted_job(session: Session, kind: Kind, job: BulkJob) -> BulkJob:
    """The job, which stops where it is, or has ended in the meantime; as last heard of if nobody answers."""
    if job.is_ended:
        return job
    with suppress(SalesforceError):
        await enter_state(session, kind, job.id, "Aborted")
    with suppress(SalesforceError):
        return await ask_job(session, kind, job.id)
    return job


async def see_through(tidying: Awaitable[None]) -> None:
    """Tidy up even if cancelled once more meanwhile, and not for ever."""

    async def bounded() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(tidying, _TIDYING_SECONDS)

    await asyncio.shield(bounded())
