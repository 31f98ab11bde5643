"""What paths and function calls mean, as SQL: the one place that knows all functions."""

from __future__ import annotations

from dataclasses import replace

from sfexplorer.demo.executor.aggregates import aggregated, row_count
from sfexplorer.demo.executor.dateparts import date_part, zoned_path
from sfexplorer.demo.executor.distance import distance
from sfexplorer.demo.executor.operands import Operand, made
from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.rendering import rendered
from sfexplorer.demo.executor.scope import Scope, comparable
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.soql.tree import Expression, Function, Path
from sfexplorer.soql.words import AGGREGATES, DATE_FUNCTIONS, RENDERING_FUNCTIONS


def operand(scope: Scope, expression: Expression) -> Operand:
    """The value that a path or function gives.

    Raises:
        Refusal: When a name means nothing, or the function can't take its argument.
    """
    value = _path(scope, expression) if isinstance(expression, Path) else _call(scope, expression)
    if scope.blank and comparable(scope, expression) in scope.blank:
        return replace(value, sql=Sql("NULL"))
    return value


def _path(scope: Scope, path: Path) -> Operand:
    column = scope.column(path)
    return Operand(column.field, Sql(column.sql), column)


def _call(scope: Scope, call: Function) -> Operand:
    name = call.name.upper()
    if name in AGGREGATES:
        return _aggregate(scope, call, name)
    if name in DATE_FUNCTIONS:
        return date_part(scope, call, operand(scope, zoned_path(call)[0]))
    if name in RENDERING_FUNCTIONS:
        return rendered(scope, call, operand(scope, _argument(scope, call)))
    if name == "DISTANCE":
        return distance(scope, call)
    if name == "GROUPING":
        return _grouping(scope, call)
    raise malformed(scope.text, call.span.start, f"unexpected token: '{call.name}'")


def _argument(scope: Scope, call: Function) -> Expression:
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], Path | Function):
        raise malformed(scope.text, call.span.start, f"unexpected token: '{call.name}'")
    return call.arguments[0]


def _aggregate(scope: Scope, call: Function, name: str) -> Operand:
    if not call.arguments:
        return row_count()
    # Subtotals still count the values of what they don't group by.
    inner = operand(replace(scope, blank=frozenset()), _argument(scope, call))
    if inner.aggregate or inner.formatted:
        raise malformed(scope.text, call.span.start, f"unexpected token: '{call.name}'")
    return aggregated(name, inner)


def _grouping(scope: Scope, call: Function) -> Operand:
    """1 in the subtotals over all values of a field, 0 elsewhere."""
    is_subtotal = comparable(scope, _argument(scope, call)) in scope.blank
    return Operand(made("GROUPING", "int"), Sql("1" if is_subtotal else "0"), aggregate=True)
