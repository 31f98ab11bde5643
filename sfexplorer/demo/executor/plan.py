"""A query as the SQL that finds its rows and the SQL that reads them.

The two are apart so that a page costs the same wherever it lies: finding gives the row numbers once, in
order, and each page reads its 2,000 by number.
"""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.demo.errors import malformed_query
from sfexplorer.demo.executor.clauserules import check_child, check_child_count, check_clauses
from sfexplorer.demo.executor.conditions import child_where, where
from sfexplorer.demo.executor.operands import has_aggregate
from sfexplorer.demo.executor.ordering import order_by
from sfexplorer.demo.executor.problems import no_such_children
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.selection import Selection, twice
from sfexplorer.demo.executor.shape import Later, Shape
from sfexplorer.demo.executor.sql import Sql, joined, template
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.storage import Stored, quoted
from sfexplorer.soql.tree import ChildQuery, Field, Query

_ALL = -1
# No table has more rows.
_UNLIMITED = 2**31


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read rows whose numbers are known.

    Attributes:
        type: the sObject of the rows.
        read: SQL whose only open question mark behind the columns takes the row numbers as a JSON array.
        shape: the records that the columns make.
        children: the sub-selects.
    """

    type: SObjectType
    read: Sql
    shape: Shape
    children: tuple[ChildPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """A sub-select: how to find the rows that belong to some parents, and how to read them.

    Attributes:
        key: the child relationship in describe case.
        before: parameters of `find` before the parents' ids, a JSON array; `behind` are those behind it.
    """

    key: str
    find: str
    before: tuple[Stored, ...]
    behind: tuple[Stored, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class RootPlan:
    """A whole query: the SQL that finds the row numbers, and the plan that reads them."""

    find: Sql
    plan: Plan


def planned(scope: Scope, query: Query) -> RootPlan:
    """The plan of a query that gives records.

    Raises:
        Refusal: When the query names what isn't there or breaks a rule.
    """
    check_clauses(scope, query)
    plan = row_plan(scope, query, 1)
    condition = where(scope, query)
    order = order_by(scope, query.order_by)
    # The joins are complete only now, when all names have been seen.
    find = template(
        f"SELECT {scope.alias}.rowid FROM {scope.source} WHERE {{}} ORDER BY {{}}",  # noqa: S608
        condition,
        order,
    )
    return RootPlan(bounded(find, query), plan)


def bounded(find: Sql, query: Query) -> Sql:
    """SQL with the LIMIT and OFFSET of a query; without them SQLite sorts in two thirds of the time."""
    if query.limit is None and not query.offset:
        return find
    limit = _ALL if query.limit is None else query.limit
    return Sql(f"{find.text} LIMIT ? OFFSET ?", (*find.params, limit, query.offset or 0))


def row_plan(scope: Scope, query: Query, level: int) -> Plan:
    """How to read the rows of a query."""
    check_child_count(query)
    selection = Selection(scope)
    children = []
    for item in query.select:
        if isinstance(item, ChildQuery):
            child = _child_plan(scope, query, item.query, level + 1)
            if child.key in selection.shape.entries:
                raise twice(child.key)
            selection.shape.entries[child.key] = Later()
            children.append(child)
        else:
            selection.add(item, query)
    return read_plan(scope, selection, tuple(children))


def read_plan(scope: Scope, selection: Selection, children: tuple[ChildPlan, ...] = ()) -> Plan:
    """How to read what a selection has taken in."""
    columns = joined(", ", selection.columns)
    table = f"{quoted(scope.type.name)} AS {scope.alias}"
    text = (
        f"SELECT {columns.text} FROM json_each(?) AS page "  # noqa: S608 - names of the schema and question marks
        f"CROSS JOIN {table} ON {scope.alias}.rowid = page.value {scope.joins} "
        "ORDER BY page.key"
    )
    return Plan(scope.type, Sql(text, columns.params), selection.shape, children)


def _child_plan(parent: Scope, around: Query, query: Query, level: int) -> ChildPlan:
    path = query.source.path
    relationship = parent.type.child(path.parts[-1])
    child_type = parent.context.schema.get(relationship.child) if relationship else None
    check_child(parent, around, query, level)
    if relationship is None or child_type is None:
        raise no_such_children(parent.text, path.span.start, path.text)
    if query.group_by or any(
        isinstance(item, Field) and has_aggregate(item.expression) for item in query.select
    ):
        raise malformed_query("only root queries support aggregate expressions")
    scope = parent.inner(child_type, query.source)
    check_clauses(scope, query)
    plan = row_plan(scope, query, level)
    condition = child_where(scope, query)
    order = order_by(scope, query.order_by)
    reference = f"{scope.alias}.{quoted(relationship.field)}"
    find = (
        f"SELECT number, parent FROM (SELECT {scope.alias}.rowid AS number, {reference} AS parent, "  # noqa: S608
        f"ROW_NUMBER() OVER (PARTITION BY {reference} ORDER BY {order.text}) AS place FROM {scope.source} "
        f"WHERE {reference} IN (SELECT value FROM json_each(?)) AND {condition.text}) "
        "WHERE place > ? AND place - ? <= ? ORDER BY place"
    )
    offset = query.offset or 0
    limit = _UNLIMITED if query.limit is None else query.limit
    return ChildPlan(
        relationship.name or path.text, find, order.params, (*condition.params, offset, offset, limit), plan
    )
