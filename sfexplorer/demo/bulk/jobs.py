"""The jobs of Bulk API 2.0: their facts, their states, and where they are kept."""

from __future__ import annotations

import tempfile
from array import array
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any, Literal

from sfexplorer.demo.bulk.tables import Format, Table
from sfexplorer.demo.errors import Refusal, not_found, refusal
from sfexplorer.demo.ids import IdGenerator, canonical

Kind = Literal["query", "ingest"]
State = Literal["Open", "UploadComplete", "InProgress", "JobComplete", "Failed", "Aborted"]
ENDED: frozenset[State] = frozenset({"JobComplete", "Failed", "Aborted"})
_MOST_JOBS = 1_000
_CHUNK = 64 * 1024


class Spool:
    """The rows of a query job as lines of CSV in a file without a name, each found by its number."""

    def __init__(self) -> None:
        # In memory while it is small; closed with its job.
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115
        self._starts = array("q", [0])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def add(self, lines: list[str]) -> None:
        """Keep more rows, behind those before."""
        self._file.seek(self._starts[-1])
        for line in lines:
            written = line.encode("utf-8", "replace")
            self._file.write(written)
            self._starts.append(self._starts[-1] + len(written))

    def chunks(self, first: int, behind: int) -> Iterator[bytes]:
        """The rows from one number up to another, in pieces."""
        at, end = self._starts[first], self._starts[min(behind, len(self))]
        while at < end:
            # Several readers share the file: each piece is found anew.
            self._file.seek(at)
            piece = self._file.read(min(_CHUNK, end - at))
            at += len(piece)
            yield piece

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row of an ingest job."""

    row: tuple[str, ...]
    id: str = ""
    created: bool = False
    error: str = ""


@dataclass(slots=True)
class Job:
    """One job, and what it has read or done so far."""

    id: str
    kind: Kind
    operation: str
    object: str
    user_id: str
    version: str
    layout: Format
    state: State
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    changed: datetime = field(default_factory=lambda: datetime.now(UTC))
    query: str = ""
    external_id: str = ""
    assignment_rule: str = ""
    error: str = ""
    processed: int = 0
    failed: int = 0
    milliseconds: int = 0
    header: tuple[str, ...] = ()
    spool: Spool = field(default_factory=Spool)
    table: Table | None = None
    results: list[RowResult] = field(default_factory=list)

    def enter(self, state: State) -> None:
        """Change the state."""
        self.state = state
        self.changed = datetime.now(UTC)

    def fail(self, error: str) -> None:
        """End it because of an error."""
        self.error = error
        self.enter("Failed")

    def facts(self) -> dict[str, Any]:
        """What is told of a job when it is made, changed or listed."""
        told: dict[str, Any] = {
            "id": self.id,
            "operation": self.operation,
            "object": self.object,
            "createdById": self.user_id,
            "createdDate": _told(self.created),
            "systemModstamp": _told(self.changed),
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": float(self.version),
            "lineEnding": self.layout.ending,
            "columnDelimiter": self.layout.delimiter,
        }
        if self.kind == "ingest":
            told["contentUrl"] = f"services/data/v{self.version}/jobs/ingest/{self.id}/batches"
        if self.external_id:
            told["externalIdFieldName"] = self.external_id
        if self.assignment_rule:
            told["assignmentRuleId"] = self.assignment_rule
        return told

    def whole(self) -> dict[str, Any]:
        """What is told of one job that is asked for."""
        told = {
            **self.facts(),
            "jobType": "V2Query" if self.kind == "query" else "V2Ingest",
            "numberRecordsProcessed": self.processed,
            "retries": 0,
            "totalProcessingTime": self.milliseconds,
        }
        if self.kind == "query":
            told["isPkChunkingSupported"] = True
        else:
            told |= {
                "numberRecordsFailed": self.failed,
                "apiActiveProcessingTime": self.milliseconds,
                "apexProcessingTime": 0,
            }
        if self.error:
            told["errorMessage"] = self.error
        return told


@dataclass(slots=True)
class Jobs:
    """The jobs of the last days, oldest first; beyond a thousand the oldest go."""

    _ids: IdGenerator = field(default_factory=IdGenerator)
    _kept: OrderedDict[str, Job] = field(default_factory=OrderedDict)

    def new_id(self) -> str:
        """The id of a new job."""
        return self._ids.next("750")

    def keep(self, job: Job) -> Job:
        """Keep a new job."""
        self._kept[job.id] = job
        while len(self._kept) > _MOST_JOBS:
            self._kept.popitem(last=False)[1].spool.close()
        return job

    def find(self, kind: Kind, text: str) -> Job:
        """The job of an id.

        Raises:
            Refusal: 404 when there is none of this kind.
        """
        job = self._kept.get(canonical(text) or "")
        if job is None or job.kind != kind:
            raise not_found()
        return job

    def of_kind(self, kind: Kind) -> list[Job]:
        """All jobs of a kind, newest first."""
        return [job for job in reversed(self._kept.values()) if job.kind == kind]

    def close(self) -> None:
        """Let go of all results."""
        for job in self._kept.values():
            job.spool.close()

    def forget(self, job: Job) -> None:
        """Delete a job with its results.

        Raises:
            Refusal: When it is still at work.
        """
        if job.state == "InProgress":
            raise invalid_state(f"Deleting a job in state {job.state} is not allowed")
        self._kept.pop(job.id, None)
        job.spool.close()


def abort(job: Job) -> None:
    """End a job before its time; what it has done stays done.

    Raises:
        Refusal: When it has ended already.
    """
    if job.state in ENDED:
        told = "Completed" if job.state == "JobComplete" else job.state
        raise invalid_state(f"Aborting already {told} Job not allowed")
    job.enter("Aborted")


def invalid_state(message: str) -> Refusal:
    """A job that is not in the state for what is asked of it."""
    return refusal(400, "INVALIDJOBSTATE", message)


def invalid_job(message: str) -> Refusal:
    """A job that can't be made as asked."""
    return refusal(400, "INVALIDJOB", message)


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "+0000")
