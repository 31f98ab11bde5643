"""A search that was sent to an org: what it found, object after object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

from sfexplorer.api import ExportTable
from sfexplorer.client import Org, SObject, SObjectDescribe
from sfexplorer.client.querying.columns import named_in
from sfexplorer.soql import Field, Path, Search
from sfexplorer_query.columns import ResultColumn
from sfexplorer_query.record_columns import columns_of_records
from sfexplorer_query.rows import FormatterFor, ResultRows
from sfexplorer_query.run import Children, Records, Statement, in_one_page

NO_HITS = "Nothing was found.\nShorten the words behind FIND, or end them by *, then F5 runs it again."

_OBJECT = ResultColumn("Object", ("attributes", "type"))


class SearchRun:
    """The records that a search found, in one list: the first column tells of what object each is.

    Args:
        org: The org.
        statement: The search.

    Attributes:
        groups: The records of each object.
        only: The object whose records alone are shown.
    """

    empty_message = NO_HITS
    calls = 1

    def __init__(self, org: Org, statement: Statement) -> None:
        self.org = org
        self.statement = statement
        self.rows = ResultRows(())
        self.done = False
        self.seconds = 0.0
        self.groups: dict[str, list[dict[str, Any]]] = {}
        self.only: str | None = None

    @property
    def total(self) -> int:
        """The number of records that were found."""
        return self.rows.row_count

    async def fetch(self) -> None:
        """Get all that is found; it comes at once."""
        begun = perf_counter()
        found = await self.org.search(self.statement.text)
        self.seconds = perf_counter() - begun
        self.groups = {type: [_plain(record) for record in group] for type, group in found.by_type.items()}
        self.show()
        self.done = True

    def show(self, only: str | None = None) -> None:
        """Show the records of one object, in columns of its own, or those of all, object by object."""
        shown = self.groups.values() if only is None else [self.groups[only]]
        records = [record for group in shown for record in group]
        self.only = only
        self.rows = ResultRows(self._columns(records), [Records(records)])
        self.rows.origin = self.org.instance_url

    def know(self, describe: SObjectDescribe, formatter_for: FormatterFor | None = None) -> None:
        """One describe tells nothing of several objects."""

    def children(self, row: int, column: int) -> Children | None:
        """A search has no sub-selects."""
        return None

    async def table(self, rows: Sequence[int] | None = None) -> ExportTable:
        """What was found, or some of it; its first column tells of what object each is."""
        places = range(self.rows.row_count) if rows is None else rows
        records = [{_OBJECT.title: _type_of(record), **record} for record in map(self.rows.record, places)]
        return ExportTable(named_in(records), in_one_page(records))

    def _columns(self, records: list[dict[str, Any]]) -> tuple[ResultColumn, ...]:
        """The object, then each field that was asked of any."""
        unasked = ("Id",) if self._asks_without_ids else None
        columns = [column for column in columns_of_records(records) if column.path != unasked]
        if self.only is not None:
            return tuple(columns)
        return (_OBJECT, *(replace(column, is_shared=False) for column in columns))

    @property
    def _asks_without_ids(self) -> bool:
        """Whether fields were named, but no Id: then that is only there for opening the record."""
        tree = self.statement.tree
        if not isinstance(tree, Search):
            return False
        fields = [field for returning in tree.returning for field in returning.fields]
        paths = (each.expression for each in fields if isinstance(each, Field))
        return bool(fields) and "id" not in [path.text.lower() for path in paths if isinstance(path, Path)]


def _type_of(record: Mapping[str, Any]) -> object:
    return record["attributes"]["type"]


def _plain(record: SObject) -> dict[str, Any]:
    """A record as it came, its object with it."""
    values = {name: _plain(value) if isinstance(value, SObject) else value for name, value in record.items()}
    return {"attributes": {"type": record.type}, **values}
