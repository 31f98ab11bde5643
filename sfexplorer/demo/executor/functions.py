"""The functions of SOQL as SQL: parts of dates, aggregates, labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sfexplorer.demo.errors import Refusal, malformed_query
from sfexplorer.demo.executor.problems import invalid_field, malformed
from sfexplorer.demo.executor.scope import Column, Scope
from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.soql.tree import Expression, Function, Path

AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"})
NUMBERS = frozenset({"int", "long", "double", "currency", "percent"})
_TEMPORAL = frozenset({"date", "datetime"})
# Of a stored date or datetime, whose first ten characters are its day.
_DAY_PARTS = {
    "YEAR": "CAST(substr({}, 1, 4) AS INTEGER)",
    "MONTH": "CAST(substr({}, 6, 2) AS INTEGER)",
    "QUARTER": "((CAST(substr({}, 6, 2) AS INTEGER) + 2) / 3)",
    "DAY_IN_MONTH": "CAST(substr({}, 9, 2) AS INTEGER)",
    "DAY_IN_WEEK": "(CAST(strftime('%w', substr({}, 1, 10)) AS INTEGER) + 1)",
    "DAY_IN_YEAR": "CAST(strftime('%j', substr({}, 1, 10)) AS INTEGER)",
    # Blocks of seven days from the first on, not ISO weeks.
    "WEEK_IN_MONTH": "((CAST(substr({}, 9, 2) AS INTEGER) + 6) / 7)",
    "WEEK_IN_YEAR": "((CAST(strftime('%j', substr({}, 1, 10)) AS INTEGER) + 6) / 7)",
    "DAY_ONLY": "substr({}, 1, 10)",
    "HOUR_IN_DAY": "CAST(substr({}, 12, 2) AS INTEGER)",
}
_DATETIME_ONLY = frozenset({"DAY_ONLY", "HOUR_IN_DAY"})
_PASSED_THROUGH = frozenset({"TOLABEL", "FORMAT", "CONVERTCURRENCY"})


@dataclass(frozen=True, slots=True)
class Operand:
    """A value in a query: its SQL, and a field that tells its type."""

    field: FieldType
    sql: Sql
    column: Column | None = None
    aggregate: bool = False

    @property
    def optional_parent(self) -> bool:
        """Whether the value can be missing because a parent is."""
        return self.column is not None and bool(self.column.hops)


def is_aggregate(expression: Expression) -> bool:
    """Whether an expression is a call of an aggregate function."""
    return isinstance(expression, Function) and expression.name.upper() in AGGREGATES


def is_date_function(expression: Expression) -> bool:
    """Whether an expression takes a part of a date."""
    return isinstance(expression, Function) and _day_part(expression.name.upper()) is not None


def operand(scope: Scope, expression: Expression) -> Operand:
    """The value that a path or function gives.

    Raises:
        Refusal: When a name means nothing, or the function can't take its argument.
    """
    if isinstance(expression, Path):
        column = scope.column(expression)
        return Operand(column.field, Sql(column.sql), column)
    name = expression.name.upper()
    if name in AGGREGATES:
        return _aggregate(scope, expression, name)
    if _day_part(name) is not None:
        return _date_part(scope, expression, name)
    if name in _PASSED_THROUGH:
        inner = operand(scope, _argument(scope, expression))
        return labelled(inner) if name == "TOLABEL" else inner
    raise malformed(scope.text, expression.span.start, f"unexpected token: '{expression.name}'")


def labelled(inner: Operand) -> Operand:
    """The label in place of a picklist's value."""
    different = [each for each in inner.field.picklist_values if each.label != each.value]
    if not different:
        return inner
    branches = " ".join("WHEN ? THEN ?" for _ in different)
    labels = tuple(text for each in different for text in (each.value, each.label))
    sql = inner.sql
    return replace(
        inner,
        sql=Sql(f"CASE {sql.text} {branches} ELSE {sql.text} END", (*sql.params, *labels, *sql.params)),
    )


def _day_part(name: str) -> str | None:
    return _DAY_PARTS.get(name.removeprefix("CALENDAR_").removeprefix("FISCAL_"))


def _argument(scope: Scope, call: Function) -> Expression:
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], Path | Function):
        raise malformed(scope.text, call.span.start, f"unexpected token: '{call.name}'")
    return call.arguments[0]


def _date_part(scope: Scope, call: Function, name: str) -> Operand:
    argument = _argument(scope, call)
    zoned = isinstance(argument, Function) and argument.name.upper() == "CONVERTTIMEZONE"
    path = _argument(scope, argument) if zoned and isinstance(argument, Function) else argument
    if not isinstance(path, Path):
        raise malformed(scope.text, path.span.start, f"unexpected token: '{path.name}'")
    column = scope.column(path)
    allowed = {"datetime"} if zoned or name in _DATETIME_ONLY else _TEMPORAL
    if column.field.type not in allowed:
        raise invalid_field(
            scope.text, path.span.start, f"field {path.text} does not support function {name}"
        )
    value = f"soql_local({column.sql})" if zoned else column.sql
    part = _day_part(name) or "{}"
    kind = "date" if name == "DAY_ONLY" else "int"
    result = FieldType(name=name, label=name, type=kind)
    return Operand(result, Sql(part.format(value)), column)


def _aggregate(scope: Scope, call: Function, name: str) -> Operand:
    if not call.arguments:
        return Operand(_number(name, "int"), Sql("COUNT(*)"), aggregate=True)
    inner = operand(scope, _argument(scope, call))
    if inner.aggregate:
        raise malformed(scope.text, call.span.start, f"unexpected token: '{call.name}'")
    _check_aggregate(inner, name)
    field, sql = _AGGREGATES[name](inner)
    return Operand(replace(field, name=name), sql, inner.column, aggregate=True)


def _check_aggregate(inner: Operand, name: str) -> None:
    kind = inner.field.type
    fits = inner.field.aggregatable and kind not in ("base64", "multipicklist", "address", "location")
    if name in ("SUM", "AVG"):
        fits = fits and kind in NUMBERS
    if name in ("MIN", "MAX"):
        fits = fits and kind != "boolean"
    if not fits and not (name in ("COUNT", "COUNT_DISTINCT") and kind in ("id", "reference")):
        raise _unsupported_aggregate(inner.field.name, name)


def _unsupported_aggregate(field: str, name: str) -> Refusal:
    return malformed_query(f"field {field} does not support aggregate operator {name}")


def _number(name: str, kind: str) -> FieldType:
    return FieldType(name=name, label=name, type=kind)


def _count_distinct(inner: Operand) -> tuple[FieldType, Sql]:
    return _number("COUNT_DISTINCT", "int"), template("COUNT(DISTINCT {})", inner.sql)


def _count(inner: Operand) -> tuple[FieldType, Sql]:
    return _number("COUNT", "int"), template("COUNT({})", inner.sql)


def _sum(inner: Operand) -> tuple[FieldType, Sql]:
    return inner.field, template("SUM({})", inner.sql)


def _average(inner: Operand) -> tuple[FieldType, Sql]:
    return _number("AVG", "double"), template("AVG({})", inner.sql)


def _extreme(word: str) -> Callable[[Operand], tuple[FieldType, Sql]]:
    def extreme(inner: Operand) -> tuple[FieldType, Sql]:
        if inner.field.type != "picklist" or not inner.field.picklist_values:
            return inner.field, template(f"{word}({{}})", inner.sql)
        # Picklists have the order of their setup: find the place, and say what stands there.
        place = template(f"{word}({{}})", picklist_place(inner))
        values = tuple(each.value for each in inner.field.picklist_values)
        branches = " ".join(f"WHEN {number} THEN ?" for number in range(len(values)))
        return inner.field, Sql(f"CASE {place.text} {branches} END", (*place.params, *values))

    return extreme


def picklist_place(inner: Operand) -> Sql:
    """Where a picklist's value stands in the order of its setup."""
    values = tuple(each.value for each in inner.field.picklist_values)
    branches = " ".join(f"WHEN ? THEN {number}" for number in range(len(values)))
    missing = len(values)
    # What is no choice of the list stands behind all that are.
    sql = inner.sql
    text = f"CASE WHEN {sql.text} IS NULL THEN NULL ELSE CASE {sql.text} {branches} ELSE {missing} END END"
    return Sql(text, (*sql.params, *sql.params, *values))


_AGGREGATES: dict[str, Callable[[Operand], tuple[FieldType, Sql]]] = {
    "COUNT": _count,
    "COUNT_DISTINCT": _count_distinct,
    "SUM": _sum,
    "AVG": _average,
    "MIN": _extreme("MIN"),
    "MAX": _extreme("MAX"),
}
