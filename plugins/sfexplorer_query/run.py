"""One run of a query: what was sent, and the pages that have come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sfexplorer.client import Org, Page, SObjectDescribe
from sfexplorer.soql import Query
from sfexplorer_query.columns import columns_of, is_count
from sfexplorer_query.rows import RecordPage, ResultRows


@dataclass(frozen=True, slots=True)
class Statement:
    """A query that is ready to be sent.

    Attributes:
        text: What is sent.
        start: Where it starts in the editor's text.
        tree: What it says.
    """

    text: str
    start: int
    tree: Query

    @property
    def source(self) -> str:
        """The object of FROM, as written."""
        return self.tree.source.path.text


@dataclass(frozen=True, slots=True)
class _Total:
    """The answer of `COUNT()`, which comes without any record, as a record."""

    rows: Sequence[Mapping[str, Any]]
    size: int = 1


class Run:
    """A query that was sent to an org.

    Args:
        org: The org.
        statement: The query.
    """

    def __init__(self, org: Org, statement: Statement) -> None:
        self.org = org
        self.statement = statement
        self.rows = ResultRows(())
        self.done = False
        self._query = org.query(statement.text)
        self._describe: SObjectDescribe | None = None
        self._pages = 0

    @property
    def total(self) -> int | None:
        """The number of rows that the org has for the query."""
        if is_count(self.statement.tree):
            return self.rows.row_count
        return self._query.total_size

    @property
    def seconds(self) -> float:
        """How long the org was waited for."""
        return self._query.seconds

    @property
    def calls(self) -> int:
        """How many requests were sent."""
        return self._query.calls

    @property
    def started(self) -> bool:
        """Whether the first page has come."""
        return self._pages > 0

    async def fetch(self) -> None:
        """Get the next page; when that fails what came before stays, and the same page is asked for again."""
        if self.started:
            page = await self._query.page(self._pages)
            self.rows.add(page)
        else:
            page = await self._query.first_page()
            self.rows = self._first_rows(page)
        self._pages += 1
        self.done = page.done

    def know(self, describe: SObjectDescribe) -> None:
        """Show the rows by the types of their fields."""
        self._describe = describe
        self.rows = self.rows.typed(describe)

    def _first_rows(self, page: Page) -> ResultRows:
        tree = self.statement.tree
        shown: RecordPage = _Total([{"expr0": page.total_size}]) if is_count(tree) else page
        columns = columns_of(tree, self.statement.text, shown.rows[0] if shown.rows else None)
        return ResultRows(columns, [shown], self._describe)
