"""Finding a query's rows once, and reading them page by page."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sfexplorer.demo.executor.asking import ask
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.grouping import check_batch, counted, grouped, is_count, is_grouped
from sfexplorer.demo.executor.plan import ChildPlan, Plan, planned
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.shape import Row
from sfexplorer.demo.executor.snapshots import Numbers, Snapshots
from sfexplorer.soql.tree import Query

LARGEST_BATCH = 2000
SMALLEST_BATCH = 200
# How many batches the records of a page and its sub-selects come to; a page with more is cut short.
_MOST_BATCHES = 10


@dataclass(frozen=True, slots=True)
class Pager:
    """Reads pages from one connection.

    Attributes:
        connection: where the rows are.
        snapshots: where locators are kept.
        base: the path that all resources of the call's version start with.
        batch: how many rows a page has at most.
        user_id: who asks.
    """

    connection: sqlite3.Connection
    snapshots: Snapshots
    base: str
    batch: int = LARGEST_BATCH
    user_id: str = ""

    def query(self, context: Context) -> dict[str, Any]:
        """The first page of a query.

        Raises:
            Refusal: When the text is no query, or one that can't be answered.
        """
        scope, tree = ask(self.connection, context)
        if is_count(tree):
            return self._count(scope, tree)
        if is_grouped(tree):
            return self._groups(scope, tree)
        root = planned(scope, tree)
        found = chain.from_iterable(self.connection.execute(root.find.text, root.find.params))
        numbers = array("I", found)
        if tree.offset:
            # With an OFFSET there is a first batch and no other.
            numbers = numbers[: self.batch]
        return self._page(root.plan, numbers, 0, None)

    def page(self, locator: str) -> dict[str, Any]:
        """The page that a locator stands for.

        Raises:
            Refusal: `INVALID_QUERY_LOCATOR` when it stands for none.
        """
        kept, snapshot, offset = self.snapshots.find(locator, self.user_id)
        return self._page(snapshot.plan, snapshot.numbers, offset, kept)

    def records(self, plan: Plan, numbers: Sequence[int], most: int | None = None) -> list[dict[str, Any]]:
        """The records of some rows, in the order of their numbers.

        With `most`, there are fewer when those of the sub-selects would come to more than that.
        """
        rows = self._rows(plan, numbers)
        parents = [str(row[0]) for row in rows]
        found = [self._found(child, parents) for child in plan.children] if rows else []
        fitting = len(rows) if most is None else self._fitting(parents, found, most)
        read = plan.shape.reader(self.base)
        records = [record for row in rows[:fitting] if (record := read(row)) is not None]
        by_parent = dict(zip(parents, records, strict=False))
        for child, own in zip(plan.children, found, strict=False):
            self._add(child, by_parent, own)
        return records

    def _rows(self, plan: Plan, numbers: Sequence[int]) -> list[Row]:
        parameters = (*plan.read.params, json.dumps(list(numbers)))
        return self.connection.execute(plan.read.text, parameters).fetchall()

    def _count(self, scope: Scope, tree: Query) -> dict[str, Any]:
        sql = counted(scope, tree)
        count = self.connection.execute(sql.text, sql.params).fetchone()[0]
        return {"totalSize": count, "done": True, "records": []}

    def _groups(self, scope: Scope, tree: Query) -> dict[str, Any]:
        totals = grouped(scope, tree)
        rows = self.connection.execute(totals.find.text, totals.find.params).fetchall()
        check_batch(rows)
        return {"totalSize": len(rows), "done": True, "records": totals.records(rows)}

    def _page(self, plan: Plan, numbers: Numbers, offset: int, kept: str | None) -> dict[str, Any]:
        """One page; without a name to `kept`, the rows are kept if there are more pages."""
        part = numbers[offset : offset + self.batch]
        records = self.records(plan, part, _MOST_BATCHES * self.batch)
        return self._envelope(plan, numbers, offset + len(records), kept, records)

    def _envelope(
        self, plan: Plan, numbers: Numbers, behind: int, kept: str | None, records: list[dict[str, Any]]
    ) -> dict[str, Any]:
        total = len(numbers)
        if behind >= total:
            return {"totalSize": total, "done": True, "records": records}
        name = kept or self.snapshots.keep(plan, numbers, self.user_id)
        following = f"{self.base}/query/{name}-{behind}"
        return {"totalSize": total, "done": False, "nextRecordsUrl": following, "records": records}

    def _fitting(self, parents: Sequence[str], found: list[dict[str, Numbers]], most: int) -> int:
        """How many parents fit a page with their children; one does in any case."""
        for place, parent in enumerate(parents):
            most -= 1 + sum(min(len(each.get(parent, ())), self.batch) for each in found)
            if most < 0:
                return max(1, place)
        return len(parents)

    def _found(self, child: ChildPlan, parents: Sequence[str]) -> dict[str, Numbers]:
        """The numbers of the child rows by their parents."""
        parameters = (*child.before, json.dumps(parents), *child.behind)
        numbers: defaultdict[str, Numbers] = defaultdict(lambda: array("I"))
        for number, parent in self.connection.execute(child.find, parameters):
            numbers[parent].append(number)
        return numbers

    def _add(self, child: ChildPlan, parents: dict[str, dict[str, Any]], found: dict[str, Numbers]) -> None:
        """Give each parent the first page of its children."""
        there = {parent: own for parent, own in found.items() if parent in parents}
        firsts = [number for own in there.values() for number in own[: self.batch]]
        records = iter(self.records(child.plan, firsts))
        for parent, own in there.items():
            page = [next(records) for _ in own[: self.batch]]
            parents[parent][child.key] = self._envelope(child.plan, own, len(page), None, page)
