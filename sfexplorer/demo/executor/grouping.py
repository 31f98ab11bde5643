"""Aggregate queries: COUNT(), aggregates over all rows, GROUP BY with subtotals, HAVING."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.aggregates import folded
from sfexplorer.demo.executor.clauserules import check_clauses
from sfexplorer.demo.executor.conditions import having, where
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.grouprules import check_groups, check_limit, checked_items
from sfexplorer.demo.executor.operands import Operand, has_aggregate
from sfexplorer.demo.executor.ordering import Term, sort_key, term
from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.shape import Entry, Row, value_column, value_entry
from sfexplorer.demo.executor.sql import Sql, joined, template
from sfexplorer.demo.executor.subtotals import levels
from sfexplorer.soql.tree import Expression, Field, Function, Path, Query

MOST_GROUPS = 2000


@dataclass(frozen=True, slots=True)
class Totals:
    """An aggregate query: its SQL, and the keys and types of its columns."""

    find: Sql
    entries: tuple[tuple[str, Entry], ...]

    def records(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """The groups as the API tells them."""
        readers = [(key, entry.reader("")) for key, entry in self.entries]
        return [
            {"attributes": {"type": "AggregateResult"}, **{key: read(row) for key, read in readers}}
            for row in rows
        ]


def is_count(query: Query) -> bool:
    """Whether a query is a bare `SELECT COUNT()`."""
    item = query.select[0]
    return isinstance(item, Field) and item.expression == Function("COUNT", ())


def is_grouped(query: Query) -> bool:
    """Whether a query gives groups rather than records."""
    if query.group_by is not None or query.having is not None:
        return True
    selected = (item.expression for item in query.select if isinstance(item, Field))
    return any(map(has_aggregate, selected)) or any(has_aggregate(each.expression) for each in query.order_by)


def counted(scope: Scope, query: Query) -> Sql:
    """The SQL of `SELECT COUNT()`.

    Raises:
        Refusal: When it has clauses that a number can't have.
    """
    check_clauses(scope, query)
    if query.group_by is not None:
        raise malformed(scope.text, query.group_by.span.start, "unexpected token: 'GROUP'")
    if query.order_by:
        raise malformed(scope.text, query.order_by[0].span.start, "unexpected token: 'ORDER'")
    condition = where(scope, query)
    text = f"SELECT COUNT(*) FROM (SELECT 1 FROM {scope.source} WHERE {condition.text} LIMIT ? OFFSET ?)"  # noqa: S608
    limit = -1 if query.limit is None else query.limit
    return Sql(text, (*condition.params, limit, query.offset or 0))


def grouped(scope: Scope, query: Query) -> Totals:
    """The plan of an aggregate query.

    Raises:
        Refusal: When it selects what is not grouped, or breaks another rule.
    """
    check_clauses(scope, query)
    check_limit(query)
    items = checked_items(scope, query)
    query = _aliases_resolved(query, items)
    check_groups(scope, query)
    values = [operand(scope, item.expression) for item in items]
    keys = column_keys(items, values)
    condition = where(scope, query)
    pieces = [
        _level(replace(scope, blank=blank), query, items, condition)
        for blank in levels(scope, query.group_by)
    ]
    columns = ", ".join(f"c{place}" for place in range(len(items)))
    groups = joined(" UNION ALL ", [each.select for each in pieces])
    order = ", ".join(f"o{place} {direction}" for place, direction in enumerate(pieces[0].directions))
    behind = f" ORDER BY {order}" if order else ""
    text = f"SELECT {columns} FROM ({groups.text}){behind} LIMIT ? OFFSET ?"  # noqa: S608
    limit = MOST_GROUPS + 1 if query.limit is None else query.limit
    entries = [
        (key, value_entry(value, place, scope.context))
        for place, (key, value) in enumerate(zip(keys, values, strict=True))
    ]
    return Totals(Sql(text, (*groups.params, limit, query.offset or 0)), tuple(entries))


@dataclass(frozen=True, slots=True)
class _Level:
    """The groups of one level of subtotals, with what they are ordered by."""

    select: Sql
    directions: tuple[str, ...]


def _level(scope: Scope, query: Query, items: list[Field], condition: Sql) -> _Level:
    columns = [
        template(f"{{}} AS c{place}", value_column(operand(scope, item.expression)))
        for place, item in enumerate(items)
    ]
    terms = _terms(scope, query)
    columns += [template(f"{{}} AS o{place}", each.key) for place, each in enumerate(terms)]
    kept = having(scope, query.having) if query.having is not None else None
    parts = [
        template(f"SELECT {{}} FROM {scope.source} WHERE {{}}", joined(", ", columns), condition)  # noqa: S608
    ]
    if query.group_by is not None:
        groups = [folded(operand(scope, each)) for each in query.group_by.expressions]
        parts.append(template("GROUP BY {}", joined(", ", groups)))
    if kept is not None:
        parts.append(template("HAVING {}", kept))
    return _Level(joined(" ", parts), tuple(each.direction for each in terms))


def _terms(scope: Scope, query: Query) -> list[Term]:
    """What the groups are ordered by; subtotals without an order stand behind what they sum up."""
    if query.order_by or query.group_by is None or not query.group_by.form:
        return [term(scope, entry) for entry in query.order_by]
    found = []
    for expression in query.group_by.expressions:
        grouping = operand(scope, Function("GROUPING", (expression,)))
        found += [Term(grouping.sql, "ASC"), Term(sort_key(operand(scope, expression)), "ASC NULLS FIRST")]
    return found


def check_batch(rows: list[Row]) -> None:
    """Groups come in a single batch.

    Raises:
        Refusal: When there are more.
    """
    if len(rows) > MOST_GROUPS:
        remedy = "use LIMIT to restrict the results to a single batch"
        message = f"Aggregate query does not support queryMore(), {remedy}"
        raise refusal(400, "EXCEEDED_ID_LIMIT", message)


def column_keys(items: list[Field], values: list[Operand]) -> list[str]:
    """The keys of the columns: aliases, names of fields, and `expr0` and so on for functions.

    Raises:
        Refusal: When two are the same.
    """
    keys = []
    unnamed = 0
    for item, value in zip(items, values, strict=True):
        if item.alias:
            keys.append(item.alias)
        elif isinstance(item.expression, Path):
            keys.append(value.field.name)
        else:
            keys.append(f"expr{unnamed}")
            unnamed += 1
    twice = [key for key, times in Counter(key.lower() for key in keys).items() if times > 1]
    if twice:
        shown = next(key for key in keys if key.lower() == twice[0])
        raise malformed_query(f"duplicate alias: {shown}")
    return keys


def _aliases_resolved(query: Query, items: list[Field]) -> Query:
    """The query with what its ORDER BY calls by an alias spelled out."""
    by_alias = {item.alias.lower(): item.expression for item in items if item.alias}

    def meant(expression: Expression) -> Expression:
        if isinstance(expression, Path) and len(expression.parts) == 1:
            return by_alias.get(expression.text.lower(), expression)
        return expression

    ordered = tuple(replace(each, expression=meant(each.expression)) for each in query.order_by)
    return replace(query, order_by=ordered)
