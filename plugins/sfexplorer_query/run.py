"""One run of a statement: what was sent, and what has come of it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sfexplorer.api import ExportTable
from sfexplorer.client import Org, SObjectDescribe
from sfexplorer.soql import Query, Search
from sfexplorer_query.rows import FormatterFor, ResultRows

NO_ROWS = "No rows.\nLoosen the conditions behind WHERE, then F5 runs it again."


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is ready to be sent.

    Attributes:
        text: What is sent.
        start: Where it starts in the editor's text.
        tree: What it says; None where only the org may know.
    """

    text: str
    start: int
    tree: Query | Search | None

    @property
    def source(self) -> str | None:
        """The object of a query's FROM, as written."""
        return self.tree.source.path.text if isinstance(self.tree, Query) else None


@dataclass(frozen=True, slots=True)
class Records:
    """Records that came in no page of their own: those of a sub-select, of a search, or a total as one."""

    rows: Sequence[Mapping[str, Any]]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Children:
    """The records of a sub-select.

    Attributes:
        title: The column's title.
        rows: Those that came with the row.
        total: How many the org has.
        all_rows: Gets those too that have not come.
    """

    title: str
    rows: ResultRows
    total: int
    all_rows: Callable[[], Awaitable[ResultRows]]


class Run(Protocol):
    """What the results show."""

    @property
    def empty_message(self) -> str:
        """What stands in the place of rows where there are none."""

    @property
    def org(self) -> Org:
        """Where it was sent."""

    @property
    def statement(self) -> Statement:
        """What was sent."""

    @property
    def rows(self) -> ResultRows:
        """The rows that have come."""

    @property
    def done(self) -> bool:
        """Whether there are no more."""

    @property
    def total(self) -> int | None:
        """The number of rows that the org has."""

    @property
    def seconds(self) -> float:
        """How long the org was waited for."""

    @property
    def calls(self) -> int:
        """How many requests were sent."""

    async def fetch(self) -> None:
        """Get the next rows."""

    def know(self, describe: SObjectDescribe, formatter_for: FormatterFor | None = None) -> None:
        """Show the rows by the types of their fields, values as `formatter_for` has them."""

    def children(self, row: int, column: int) -> Children | None:
        """The records behind a cell; None where the column is no sub-select."""

    async def table(self, rows: Sequence[int] | None = None) -> ExportTable:
        """What is exported: all rows, also those that have not come yet, or only some of those that have."""


async def in_one_page(rows: Sequence[Mapping[str, Any]]) -> AsyncGenerator[Sequence[Mapping[str, Any]], None]:
    """Rows that are here already, as the pages of an export."""
    yield rows
