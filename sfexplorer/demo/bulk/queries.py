"""Query jobs: the whole result as a table, read once and kept with the job."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sfexplorer.demo.bulk.jobs import Job, invalid_job
from sfexplorer.demo.bulk.tables import cell
from sfexplorer.demo.executor.allfields import expanded
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.grouping import is_count, is_grouped
from sfexplorer.demo.executor.pages import LARGEST_BATCH, Pager
from sfexplorer.demo.executor.plan import RootPlan, planned
from sfexplorer.demo.executor.problems import unreadable
from sfexplorer.demo.executor.scope import Scope, query_scope
from sfexplorer.demo.executor.snapshots import Snapshots
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.tree import ChildQuery, Field, FieldsOf, Function, Path, Query, TypeOf


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the result: the keys that lead to it in a record, and its field."""

    keys: tuple[str, ...]
    field: FieldType

    @property
    def title(self) -> str:
        """The column's header: `Account.Name`."""
        return ".".join(self.keys)

    def cell(self, record: Mapping[str, Any]) -> str:
        """The cell of a record; a missing parent gives an empty one."""
        value: Any = record
        for key in self.keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        if self.field.type == "datetime" and isinstance(value, str):
            return value.removesuffix("+0000") + "Z"
        return cell(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """A query that a job can run."""

    root: RootPlan
    columns: tuple[Column, ...]


def reading_of(context: Context) -> Reading:
    """The plan of a query job.

    Raises:
        Refusal: When the text is no query, or one that Bulk API 2.0 does not take.
    """
    try:
        tree = parse(context.text)
    except SoqlError as error:
        raise unreadable(context.text, error) from None
    if is_count(tree) or is_grouped(tree) or tree.group_by:
        raise invalid_job("Aggregate queries and GROUP BY are not supported by Bulk API 2.0 query")
    if tree.offset is not None:
        raise invalid_job("OFFSET is not supported by Bulk API 2.0 query")
    scope = query_scope(context, tree)
    columns = tuple(column for item in tree.select for column in _columns(scope, item))
    for each in columns:
        if not each.field.stored and each.field.type in ("address", "location"):
            raise invalid_job(f"Compound data not supported in Bulk Query: {each.title}")
        if each.field.type == "base64":
            raise invalid_job(f"Binary fields not supported in Bulk Query: {each.title}")
    return Reading(_planned(context, tree), columns)


def object_of(context: Context) -> str:
    """The sObject of a query that is known to be good."""
    return query_scope(context, parse(context.text)).type.name


def run(connection: sqlite3.Connection, job: Job, reading: Reading) -> None:
    """Read the whole result of a query into the job, unless it is aborted meanwhile."""
    started = perf_counter()
    job.enter("InProgress")
    job.header = tuple(column.title for column in reading.columns)
    pager = Pager(connection, Snapshots(), "")
    find = reading.root.find
    rows = connection.cursor().execute(find.text, find.params)
    while (numbers := [row[0] for row in rows.fetchmany(LARGEST_BATCH)]) and job.state == "InProgress":
        records = pager.records(reading.root.plan, numbers)
        cells = ([column.cell(record) for column in reading.columns] for record in records)
        job.spool.add([job.layout.line(row) for row in cells])
        job.processed = len(job.spool)
    job.milliseconds = int((perf_counter() - started) * 1000)
    if job.state == "InProgress":
        job.enter("JobComplete")


def _planned(context: Context, tree: Query) -> RootPlan:
    # A scope of its own: the joins that a plan needs are gathered while it is made.
    return planned(query_scope(context, tree), tree)


def _columns(scope: Scope, item: Field | FieldsOf | TypeOf | ChildQuery) -> list[Column]:
    match item:
        case FieldsOf():
            fields = expanded(scope.type, item.scope)
            return [Column((field.name,), field) for field in fields if field.stored or field.computed]
        case Field(expression=Path() as path):
            column = scope.column(path)
            return [Column(column.names, column.field)]
        case Field(expression=Function() as call, alias=alias):
            value = operand(scope, call)
            hops = value.column.names[:-1] if value.column is not None and not alias else ()
            return [Column((*hops, alias or value.field.name), value.field)]
        case TypeOf():
            raise invalid_job("TYPEOF is not supported by Bulk API 2.0 query")
        case _:
            raise invalid_job("Nested queries (relationship queries) are not supported by Bulk API 2.0 query")
