"""Aggregate queries: COUNT(), aggregates over all rows, GROUP BY and HAVING."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.conditions import compiled, where
from sfexplorer.demo.executor.functions import NUMBERS, Operand, is_aggregate, is_date_function, operand
from sfexplorer.demo.executor.ordering import order_by
from sfexplorer.demo.executor.plan import check_offset
from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.shape import Leaf, Row, told
from sfexplorer.demo.executor.sql import Sql, joined, template
from sfexplorer.soql.tree import Expression, Field, Function, Path, Query

MOST_GROUPS = 2000
_EXACT = frozenset({*NUMBERS, "id", "reference", "boolean", "date", "datetime", "time"})


@dataclass(frozen=True, slots=True)
class Totals:
    """An aggregate query: its SQL, and the keys and types of its columns."""

    find: Sql
    leaves: tuple[tuple[str, Leaf], ...]

    def record(self, row: Row) -> dict[str, Any]:
        """One group as the API tells it."""
        values = {key: leaf.reader("")(row) for key, leaf in self.leaves}
        return {"attributes": {"type": "AggregateResult"}, **values}


def is_count(query: Query) -> bool:
    """Whether a query is a bare `SELECT COUNT()`."""
    item = query.select[0]
    return isinstance(item, Field) and item.expression == Function("COUNT", ())


def is_grouped(query: Query) -> bool:
    """Whether a query gives groups rather than records."""
    if query.group_by is not None or query.having is not None:
        return True
    return any(isinstance(item, Field) and is_aggregate(item.expression) for item in query.select)


def counted(scope: Scope, query: Query) -> Sql:
    """The SQL of `SELECT COUNT()`."""
    check_offset(query)
    if query.order_by:
        raise malformed(scope.text, query.order_by[0].span.start, "unexpected token: 'ORDER'")
    condition = where(scope, query.where)
    text = f"SELECT COUNT(*) FROM (SELECT 1 FROM {scope.source} WHERE {condition.text} LIMIT ? OFFSET ?)"  # noqa: S608
    limit = -1 if query.limit is None else query.limit
    return Sql(text, (*condition.params, limit, query.offset or 0))


def grouped(scope: Scope, query: Query) -> Totals:
    """The plan of an aggregate query.

    Raises:
        Refusal: When it selects what is not grouped, or breaks another rule.
    """
    check_offset(query)
    groups = query.group_by.expressions if query.group_by else ()
    if query.group_by is not None and query.group_by.form:
        raise malformed(scope.text, query.group_by.span.start, f"unexpected token: '{query.group_by.form}'")
    if not groups and (query.limit is not None or query.offset is not None):
        word = "LIMIT" if query.limit is not None else "OFFSET"
        raise malformed_query(
            f"Non-grouped query that uses overall aggregate functions cannot also use {word}"
        )
    items = [_checked(item, groups) for item in query.select]
    values = [operand(scope, item.expression) for item in items]
    keys = _keys(items, values)
    group_terms = [_group_term(scope, each) for each in groups]
    condition = where(scope, query.where)
    having = compiled(scope, query.having) if query.having is not None else None
    order = order_by(scope, _aliases_resolved(query, items).order_by)
    parts = [
        template(
            f"SELECT {{}} FROM {scope.source} WHERE {{}}",  # noqa: S608
            joined(", ", [told(each.field, each.sql) for each in values]),
            condition,
        )
    ]
    if group_terms:
        parts.append(template("GROUP BY {}", joined(", ", group_terms)))
    if having is not None:
        parts.append(template("HAVING {}", having))
    if order.text:
        parts.append(template("ORDER BY {}", order))
    limit = MOST_GROUPS + 1 if query.limit is None else query.limit
    parts.append(Sql("LIMIT ? OFFSET ?", (limit, query.offset or 0)))
    leaves = tuple(
        (key, Leaf(value.field, place)) for place, (key, value) in enumerate(zip(keys, values, strict=True))
    )
    return Totals(joined(" ", parts), leaves)


def check_batch(rows: list[Row]) -> None:
    """Groups come in a single batch."""
    if len(rows) > MOST_GROUPS:
        remedy = "use LIMIT to restrict the results to a single batch"
        message = f"Aggregate query does not support queryMore(), {remedy}"
        raise refusal(400, "EXCEEDED_ID_LIMIT", message)


def _checked(item: object, groups: tuple[Expression, ...]) -> Field:
    if not isinstance(item, Field):
        raise malformed_query("only fields and functions can be selected in a grouped query")
    expression = item.expression
    if is_aggregate(expression) or _is_in(expression, groups):
        return item
    name = expression.text if isinstance(expression, Path) else expression.name
    if is_date_function(expression) and isinstance(expression, Function) and expression.arguments:
        inner = expression.arguments[0]
        if isinstance(inner, Path) and _is_in(inner, groups):
            return item
        name = inner.text if isinstance(inner, Path) else name
    raise malformed_query(f"Field must be grouped or aggregated: {name}")


def _is_in(expression: Expression, groups: tuple[Expression, ...]) -> bool:
    return any(_lowered(expression) == _lowered(each) for each in groups)


def _lowered(expression: object) -> object:
    match expression:
        case Path(parts=parts):
            return tuple(part.lower() for part in parts)
        case Function(name=name, arguments=arguments):
            return (name.upper(), *(_lowered(each) for each in arguments))
        case _:
            return expression


def _group_term(scope: Scope, expression: Expression) -> Sql:
    value = operand(scope, expression)
    if value.aggregate:
        raise malformed(scope.text, expression.span.start, "Grouped field should not be aggregated: Id")
    if isinstance(expression, Path) and not value.field.groupable:
        message = f"field '{expression.text}' can not be grouped in a query call"
        raise malformed(scope.text, expression.span.start, message)
    exact = value.field.type in _EXACT or value.field.case_sensitive
    return value.sql if exact else template("{} COLLATE NOCASE", value.sql)


def _keys(items: list[Field], values: list[Operand]) -> list[str]:
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
