"""ORDER BY as SQL: nulls first unless the query says otherwise, picklists by their setup."""

from __future__ import annotations

from sfexplorer.demo.executor.functions import NUMBERS, Operand, operand, picklist_place
from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql, joined, template
from sfexplorer.soql.tree import OrderBy, Path

_AS_STORED = frozenset({*NUMBERS, "id", "reference", "boolean", "date", "datetime", "time"})


def order_by(scope: Scope, entries: tuple[OrderBy, ...], last: str | None = None) -> Sql:
    """The terms of an ORDER BY; `last` decides between rows that are equal otherwise."""
    terms = [_term(scope, entry) for entry in entries]
    if last is not None:
        terms.append(Sql(last))
    return joined(", ", terms)


def _term(scope: Scope, entry: OrderBy) -> Sql:
    value = operand(scope, entry.expression)
    if not value.aggregate and not value.field.sortable:
        name = entry.expression.text if isinstance(entry.expression, Path) else entry.expression.name
        raise malformed(
            scope.text, entry.expression.span.start, f"field '{name}' can not be sorted in a query call"
        )
    direction = "DESC" if entry.descending else "ASC"
    # The reference says that nulls come first in both directions.
    return template(f"{{}} {direction} NULLS {entry.nulls or 'FIRST'}", sort_key(value))


def sort_key(value: Operand) -> Sql:
    """What a value is ordered by."""
    if value.field.picklist_values and value.field.type == "picklist":
        return picklist_place(value)
    if value.field.type in _AS_STORED:
        return value.sql
    return template("soql_upper({})", value.sql)
