"""One run of a query: what was sent, and the pages that have come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sfexplorer.client import Org, Page, SObjectDescribe
from sfexplorer.soql import Query
from sfexplorer_query.columns import child_query, columns_of, is_count
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
class _Records:
    """Records that came in no page of their own: those of a sub-select, or `COUNT()`'s total as one."""

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
    """

    title: str
    rows: ResultRows
    total: int


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

    def children(self, row: int, column: int) -> Children | None:
        """The records behind a cell; None where the column is no sub-select."""
        shown = self.rows.result_columns[column]
        query = child_query(self.statement.tree, shown) if shown.children else None
        if query is None:
            return None
        value = self.rows.cell(row, column).value
        found = value if isinstance(value, Mapping) else {}
        records = [record for record in found.get("records") or () if isinstance(record, Mapping)]
        columns = columns_of(query, self.statement.text, records[0] if records else None)
        total = found.get("totalSize")
        return Children(
            shown.title,
            ResultRows(columns, [_Records(records)]),
            total if isinstance(total, int) else len(records),
        )

    def _first_rows(self, page: Page) -> ResultRows:
        tree = self.statement.tree
        shown: RecordPage = _Records([{"expr0": page.total_size}]) if is_count(tree) else page
        columns = columns_of(tree, self.statement.text, shown.rows[0] if shown.rows else None)
        return ResultRows(columns, [shown], self._describe)
