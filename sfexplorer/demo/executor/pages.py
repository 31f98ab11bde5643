"""Finding a query's rows once, and reading them page by page."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.executor.grouping import check_batch, counted, grouped, is_count, is_grouped
from sfexplorer.demo.executor.plan import ChildPlan, Plan, planned
from sfexplorer.demo.executor.problems import unreadable
from sfexplorer.demo.executor.scope import Context, Scope, query_scope
from sfexplorer.demo.ids import IdGenerator, canonical
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.tree import Query

LARGEST_BATCH = 2000
SMALLEST_BATCH = 200
_MOST_SNAPSHOTS = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a locator stands for: the numbers of all rows of a query, in order."""

    plan: Plan
    numbers: array[int]


@dataclass(slots=True)
class Snapshots:
    """The snapshots that can still be paged through, by their ids; the oldest go first."""

    _ids: IdGenerator = field(default_factory=IdGenerator)
    _kept: OrderedDict[str, Snapshot] = field(default_factory=OrderedDict)

    def keep(self, snapshot: Snapshot) -> str:
        """The id of a new locator."""
        made = self._ids.next("01g")
        self._kept[made] = snapshot
        while len(self._kept) > _MOST_SNAPSHOTS:
            self._kept.popitem(last=False)
        return made

    def find(self, locator: str) -> tuple[str, Snapshot, int]:
        """The id, snapshot and offset of a locator, `01g...-2000`.

        Raises:
            Refusal: `INVALID_QUERY_LOCATOR` when there is none such.
        """
        name, _, offset = locator.partition("-")
        found = canonical(name)
        snapshot = self._kept.get(found or "")
        if (
            found is None
            or snapshot is None
            or not (offset.isascii() and offset.isdigit())
            or len(offset) > 9
        ):
            raise _no_locator()
        if int(offset) > len(snapshot.numbers):
            raise _no_locator()
        return found, snapshot, int(offset)


def _no_locator() -> Refusal:
    return refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")


@dataclass(frozen=True, slots=True)
class Pager:
    """Reads pages from one connection.

    Attributes:
        connection: where the rows are.
        snapshots: where locators are kept.
        base: the path that all resources of the call's version start with.
        batch: how many rows a page has at most.
    """

    connection: sqlite3.Connection
    snapshots: Snapshots
    base: str
    batch: int = LARGEST_BATCH

    def query(self, context: Context) -> dict[str, Any]:
        """The first page of a query.

        Raises:
            Refusal: When the text is no query, or one that can't be answered.
        """
        tree = _parsed(context.text)
        scope = query_scope(context, tree)
        if is_count(tree):
            return self._count(scope, tree)
        if is_grouped(tree):
            return self._groups(scope, tree)
        root = planned(scope, tree)
        numbers = array("q", (row[0] for row in self.connection.execute(root.find.text, root.find.params)))
        if tree.offset:
            # With an OFFSET there is a first batch and no other.
            numbers = numbers[: self.batch]
        return self._first_page(root.plan, numbers)

    def page(self, locator: str) -> dict[str, Any]:
        """The page that a locator stands for."""
        kept, snapshot, offset = self.snapshots.find(locator)
        return self._page(snapshot.plan, snapshot.numbers, offset, kept)

    def records(self, plan: Plan, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """The records of some rows, in the order of their numbers."""
        parameters = (*plan.read.params, json.dumps(list(numbers)))
        rows = self.connection.execute(plan.read.text, parameters).fetchall()
        read = plan.shape.reader(self.base)
        records = [record for row in rows if (record := read(row)) is not None]
        if plan.children and records:
            parents = {str(row[0]): record for row, record in zip(rows, records, strict=True)}
            for child in plan.children:
                self._add_children(child, parents)
        return records

    def _count(self, scope: Scope, tree: Query) -> dict[str, Any]:
        sql = counted(scope, tree)
        count = self.connection.execute(sql.text, sql.params).fetchone()[0]
        return {"totalSize": count, "done": True, "records": []}

    def _groups(self, scope: Scope, tree: Query) -> dict[str, Any]:
        totals = grouped(scope, tree)
        rows = self.connection.execute(totals.find.text, totals.find.params).fetchall()
        check_batch(rows)
        return {"totalSize": len(rows), "done": True, "records": [totals.record(row) for row in rows]}

    def _first_page(self, plan: Plan, numbers: array[int]) -> dict[str, Any]:
        kept = self.snapshots.keep(Snapshot(plan, numbers)) if len(numbers) > self.batch else ""
        return self._page(plan, numbers, 0, kept)

    def _page(self, plan: Plan, numbers: array[int], offset: int, kept: str) -> dict[str, Any]:
        records = self.records(plan, numbers[offset : offset + self.batch])
        return self._envelope(len(numbers), offset, kept, records)

    def _envelope(self, total: int, offset: int, kept: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        behind = offset + self.batch
        if behind >= total:
            return {"totalSize": total, "done": True, "records": records}
        following = f"{self.base}/query/{kept}-{behind}"
        return {"totalSize": total, "done": False, "nextRecordsUrl": following, "records": records}

    def _add_children(self, child: ChildPlan, parents: dict[str, dict[str, Any]]) -> None:
        parameters = (*child.before, json.dumps(list(parents)), *child.behind)
        numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        for number, parent in self.connection.execute(child.find, parameters):
            numbers[parent].append(number)
        firsts = [number for each in numbers.values() for number in each[: self.batch]]
        records = iter(self.records(child.plan, firsts))
        for parent, own in numbers.items():
            page = [next(records) for _ in own[: self.batch]]
            kept = self.snapshots.keep(Snapshot(child.plan, own)) if len(own) > self.batch else ""
            parents[parent][child.key] = self._envelope(len(own), 0, kept, page)


def _parsed(text: str) -> Query:
    try:
        return parse(text)
    except SoqlError as error:
        raise unreadable(text, error) from None
