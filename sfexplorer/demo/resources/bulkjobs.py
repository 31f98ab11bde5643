"""What query jobs and ingest jobs of Bulk API 2.0 have in common (streaming.md section 5)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from starlette.responses import Response

from sfexplorer.demo.bulk.jobs import Job, Kind, State, invalid_job, invalid_state
from sfexplorer.demo.bulk.tables import DELIMITERS, ENDINGS, Format
from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.call import Call, Handler

CSV = "text/csv; charset=UTF-8"
JOBS_A_PAGE = 1_000
OLDEST: dict[Kind, float] = {"query": 47.0, "ingest": 41.0}

# Tasks are kept here: the event loop itself holds them only weakly.
_running: set[asyncio.Task[None]] = set()


def listing(kind: Kind) -> Handler:
    """A handler that lists all jobs of a kind."""

    async def handler(call: Call) -> Response:
        check_version(call, kind)
        wanted = call.parameter("jobType")
        jobs = [job.whole() for job in call.org.jobs.of_kind(kind)]
        jobs = [each for each in jobs if wanted in (None, "", each["jobType"])]
        return json_answer({"done": True, "records": jobs[:JOBS_A_PAGE], "nextRecordsUrl": None})

    return handler


def facts(kind: Kind) -> Handler:
    """A handler that tells all of one job."""

    async def handler(call: Call) -> Response:
        return json_answer(job_of(call, kind).whole())

    return handler


def deletion(kind: Kind) -> Handler:
    """A handler that deletes a job."""

    async def handler(call: Call) -> Response:
        call.org.jobs.forget(job_of(call, kind))
        return nothing()

    return handler


def begin(work: Coroutine[Any, Any, None]) -> None:
    """Let a job work on while its client goes away."""
    task = asyncio.ensure_future(work)
    _running.add(task)
    task.add_done_callback(_running.discard)


def new_job(
    call: Call, kind: Kind, body: dict[str, Any], operation: str, object_name: str, state: State
) -> Job:
    """Keep a new job, as its body describes it.

    Raises:
        Refusal: When it describes none.
    """
    if text_in(body, "contentType", "CSV") != "CSV":
        raise invalid_job(f"Invalid contentType: {text_in(body, 'contentType')}")
    layout = Format(text_in(body, "columnDelimiter", "COMMA"), text_in(body, "lineEnding", "LF"))
    if layout.delimiter not in DELIMITERS:
        raise invalid_job(f"Invalid columnDelimiter: {layout.delimiter}")
    if layout.ending not in ENDINGS:
        raise invalid_job(f"Invalid lineEnding: {layout.ending}")
    jobs = call.org.jobs
    user = call.session.user_id
    return jobs.keep(Job(jobs.new_id(), kind, operation, object_name, user, call.version, layout, state))


def text_in(body: dict[str, Any], name: str, default: str = "") -> str:
    """A text of a body.

    Raises:
        Refusal: When it is something else.
    """
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise refusal(400, "JSON_PARSER_ERROR", f"Cannot deserialize instance of string from {name}")
    return value


def job_of(call: Call, kind: Kind) -> Job:
    """The job that the path names.

    Raises:
        Refusal: 404 when there is none.
    """
    check_version(call, kind)
    return call.org.jobs.find(kind, call.part("id"))


def check_version(call: Call, kind: Kind) -> None:
    """Refuse versions of the API that are older than jobs of this kind."""
    if float(call.version) < OLDEST[kind]:
        raise not_found()


def wanted_state(body: dict[str, Any], allowed: tuple[str, ...]) -> str:
    """The state that a job is to take.

    Raises:
        Refusal: When it is none that clients may set.
    """
    state = text_in(body, "state")
    if state not in allowed:
        raise invalid_state(f"Invalid job state: {state[:40]}. Only {' and '.join(allowed)} can be set")
    return state
