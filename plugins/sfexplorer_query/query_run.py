"""A query that was sent to an org."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from sfexplorer.api import ExportTable
from sfexplorer.client import Org, Page, SObjectDescribe
from sfexplorer.soql import Query
from sfexplorer_query.columns import ResultColumn, child_query, columns_of, is_count
from sfexplorer_query.record_columns import columns_of_records
from sfexplorer_query.rows import FormatterFor, RecordPage, ResultRows
from sfexplorer_query.run import NO_ROWS, Children, Records, Statement, in_one_page


class QueryRun:
    """The pages that have come of a query.

    Args:
        org: The org.
        statement: The query; without a tree its records alone tell what columns there are.
        all_rows: Whether deleted and archived rows count too.
        batch_size: Rows a page; None leaves it to the org.
    """

    empty_message = NO_ROWS

    def __init__(
        self, org: Org, statement: Statement, *, all_rows: bool = False, batch_size: int | None = None
    ) -> None:
        self.org = org
        self.statement = statement
        self.rows = ResultRows(())
        self.done = False
        self._tree = statement.tree if isinstance(statement.tree, Query) else None
        self._query = org.query(statement.text, all_rows=all_rows, batch_size=batch_size)
        self._describe: SObjectDescribe | None = None
        self._formatter_for: FormatterFor | None = None
        self._pages = 0

    @property
    def total(self) -> int | None:
        """The number of rows that the org has for the query."""
        return self.rows.row_count if self._is_count else self._query.total_size

    @property
    def seconds(self) -> float:
        """How long the org was waited for."""
        return self._query.seconds

    @property
    def calls(self) -> int:
        """How many requests were sent."""
        return self._query.calls

    async def fetch(self) -> None:
        """Get the next page; when that fails what came before stays, and the same page is asked for again."""
        if self._pages:
            page = await self._query.page(self._pages)
            self.rows.add(page)
        else:
            page = await self._query.first_page()
            self.rows = self._first_rows(page)
        self._pages += 1
        self.done = page.done

    def know(self, describe: SObjectDescribe, formatter_for: FormatterFor | None = None) -> None:
        """Show the rows by the types of their fields, values as `formatter_for` has them."""
        self._describe, self._formatter_for = describe, formatter_for
        self.rows = self.rows.typed(describe, formatter_for)

    def children(self, row: int, column: int) -> Children | None:
        """The records behind a cell; None where the column is no sub-select."""
        shown = self.rows.result_columns[column]
        if not shown.children:
            return None
        value = self.rows.came(row, column)
        found = value if isinstance(value, Mapping) else {}
        total = found.get("totalSize")
        rows = self._child_rows(shown, found)

        async def all_rows() -> ResultRows:
            record = {"children": deepcopy(found)}
            await self._query.complete([record])
            return self._child_rows(shown, record["children"])

        return Children(shown.title, rows, total if isinstance(total, int) else rows.row_count, all_rows)

    def _child_rows(self, shown: ResultColumn, found: Mapping[str, Any]) -> ResultRows:
        records = [record for record in found.get("records") or () if isinstance(record, Mapping)]
        rows = ResultRows(self._child_columns(shown, records), [Records(records)])
        rows.origin = self.org.instance_url
        return rows

    async def table(self, rows: Sequence[int] | None = None) -> ExportTable:
        """All rows, also those that have not come yet, or only some of those that have; with all children."""
        if self._is_count:
            title = self.rows.columns[0].title
            return ExportTable((title,), in_one_page([{title: self.total}]))
        names = await self._query.column_names()
        if rows is None:
            return ExportTable(names, self._query.whole_rows())
        chosen = [deepcopy(dict(self.rows.record(row))) for row in rows]
        await self._query.complete(chosen)
        return ExportTable(names, in_one_page(chosen))

    def _child_columns(
        self, shown: ResultColumn, records: list[Mapping[str, Any]]
    ) -> tuple[ResultColumn, ...]:
        query = child_query(self._tree, shown) if self._tree else None
        if query is None:
            return columns_of_records(records)
        return columns_of(query, self.statement.text, records[0] if records else None)

    @property
    def _is_count(self) -> bool:
        return self._tree is not None and is_count(self._tree)

    def _first_rows(self, page: Page) -> ResultRows:
        shown: RecordPage = Records([{"expr0": page.total_size}]) if self._is_count else page
        if self._tree is None:
            columns = columns_of_records(shown.rows)
        else:
            columns = columns_of(self._tree, self.statement.text, shown.rows[0] if shown.rows else None)
        rows = ResultRows(columns, [shown], self._describe, formatter_for=self._formatter_for)
        rows.origin = self.org.instance_url
        return rows
