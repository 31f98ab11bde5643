"""What became of the rows of an ingest (WIRE streaming.md, section 5).

GET V/jobs/ingest/ID/successfulResults  "sf__Id","sf__Created",<the columns>
GET V/jobs/ingest/ID/failedResults      "sf__Id","sf__Error",<the columns>
GET V/jobs/ingest/ID/unprocessedrecords <the columns>
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from sfexplorer.client.bulk.job import BulkJob, discard_job, job_path
from sfexplorer.client.bulk.table import Row, TableReader, rows_of
from sfexplorer.client.errors import Problem, SalesforceError
from sfexplorer.client.exchange import Call
from sfexplorer.client.refusals import error_of
from sfexplorer.client.session import Session

_ID, _CREATED, _ERROR = "sf__Id", "sf__Created", "sf__Error"
_TOLD = re.compile(r"([A-Z][A-Z0-9_]*):(.*?)(?::([^:]*?))? *-- *", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A row that was saved or deleted: the record's id, whether it is new, and the columns as sent."""

    id: str
    created: bool
    row: Row


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that the org refused, and why."""

    error: SalesforceError
    row: Row


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What the jobs of an ingest did; the rows are read from the org when asked for, in no certain order.

    Attributes:
        jobs: one for each part that the rows were sent in.
    """

    jobs: tuple[BulkJob, ...]
    session: Session = field(repr=False, compare=False)

    @property
    def processed(self) -> int:
        """How many rows the org has looked at, refused ones among them."""
        return sum(job.records_processed for job in self.jobs)

    @property
    def refused(self) -> int:
        """How many of them it refused."""
        return sum(job.records_failed for job in self.jobs)

    async def successful(self) -> AsyncGenerator[SavedRow, None]:
        """The rows that were saved or deleted."""
        async with aclosing(self._rows("successfulResults")) as rows:
            async for row in rows:
                yield SavedRow(row.pop(_ID, None) or "", row.pop(_CREATED, None) == "true", row)

    async def failed(self) -> AsyncGenerator[RefusedRow, None]:
        """The rows that were refused."""
        async with aclosing(self._rows("failedResults")) as rows:
            async for row in rows:
                error = _error_of(row.pop(_ERROR, None) or "")
                row.pop(_ID, None)
                yield RefusedRow(error, row)

    async def unprocessed(self) -> AsyncGenerator[Row, None]:
        """The rows that the org has not looked at: of a job that failed or was aborted."""
        async with aclosing(self._rows("unprocessedrecords")) as rows:
            async for row in rows:
                yield row

    async def delete(self) -> None:
        """Have the org forget the jobs with these results; it does so by itself in a week."""
        for job in self.jobs:
            await discard_job(self.session, "ingest", job)

    async def _rows(self, which: str) -> AsyncGenerator[Row, None]:
        for job in self.jobs:
            call = Call("GET", await job_path(self.session, "ingest", job.id, which))
            incoming = await self.session.open(call)
            async with aclosing(rows_of(incoming, TableReader())) as rows:
                async for row in rows:
                    yield row


def _error_of(text: str) -> SalesforceError:
    """The error that the org writes as `CODE:message:Field1, Field2 --`."""
    told = _TOLD.fullmatch(text)
    if told is None:
        return error_of([Problem("UNKNOWN_EXCEPTION", text or "the org does not say why")], 400, "save")
    fields = tuple(name for each in (told[3] or "").split(",") if (name := each.strip()))
    return error_of([Problem(told[1], told[2], fields)], 400, "save")
