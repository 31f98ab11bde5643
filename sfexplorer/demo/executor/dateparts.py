"""Parts of dates as SQL: CALENDAR_YEAR, FISCAL_QUARTER, DAY_ONLY, HOUR_IN_DAY and their kin."""

from __future__ import annotations

from sfexplorer.demo.executor.context import FiscalYear
from sfexplorer.demo.executor.operands import Operand, made
from sfexplorer.demo.executor.problems import invalid_field
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.soql.tree import Function, Path

# Of a stored date or datetime, whose first ten characters are its day.
_YEAR = "CAST(substr({0}, 1, 4) AS INTEGER)"
_MONTH = "CAST(substr({0}, 6, 2) AS INTEGER)"
_DAY_IN_YEAR = "CAST(strftime('%j', substr({0}, 1, 10)) AS INTEGER)"
_PARTS = {
    "CALENDAR_YEAR": _YEAR,
    "CALENDAR_MONTH": _MONTH,
    "CALENDAR_QUARTER": f"(({_MONTH} + 2) / 3)",
    "DAY_IN_MONTH": "CAST(substr({0}, 9, 2) AS INTEGER)",
    "DAY_IN_WEEK": "(CAST(strftime('%w', substr({0}, 1, 10)) AS INTEGER) + 1)",
    "DAY_IN_YEAR": _DAY_IN_YEAR,
    # Blocks of seven days from the first on, not ISO weeks.
    "WEEK_IN_MONTH": "((CAST(substr({0}, 9, 2) AS INTEGER) + 6) / 7)",
    "WEEK_IN_YEAR": f"(({_DAY_IN_YEAR} + 6) / 7)",
    "DAY_ONLY": "substr({0}, 1, 10)",
    "HOUR_IN_DAY": "CAST(substr({0}, 12, 2) AS INTEGER)",
}
_DATETIME_ONLY = frozenset({"DAY_ONLY", "HOUR_IN_DAY"})
_TEMPORAL = frozenset({"date", "datetime"})


def zoned_path(call: Function) -> tuple[Path, bool]:
    """The field that a date function looks at, and whether at its time in the user's zone."""
    argument = call.arguments[0]
    if isinstance(argument, Function):
        inner = argument.arguments[0]
        return (inner if isinstance(inner, Path) else Path((argument.name,), span=argument.span)), True
    return (argument if isinstance(argument, Path) else Path((call.name,), span=call.span)), False


def date_part(scope: Scope, call: Function, inner: Operand) -> Operand:
    """What a date function gives of a date or datetime.

    Raises:
        Refusal: When the value has no such part.
    """
    name = call.name.upper()
    path, zoned = zoned_path(call)
    allowed = {"datetime"} if zoned or name in _DATETIME_ONLY else _TEMPORAL
    if inner.field.type not in allowed:
        message = f"field {path.text} does not support function {name}"
        raise invalid_field(scope.text, path.span.start, message)
    value = inner.sql
    if zoned:
        value = Sql(f"soql_local({value.text}, ?)", (*value.params, str(scope.context.zone)))
    part = _PARTS.get(name) or _fiscal(name, scope.context.fiscal_year)
    # A part may look at its value more than once.
    times = part.count("{0}")
    sql = Sql(part.format(value.text), value.params * times)
    return Operand(made(name, "date" if name == "DAY_ONLY" else "int"), sql, inner.column)


def _fiscal(name: str, year: FiscalYear) -> str:
    """A part of the fiscal year, which bears the calendar year that it ends in unless the org differs."""
    month = f"(({_MONTH} + {12 - year.month}) % 12 + 1)"
    if name == "FISCAL_MONTH":
        return month
    if name == "FISCAL_QUARTER":
        return f"(({month} + 2) / 3)"
    if year.month == 1:
        return _YEAR
    if year.named_by_start:
        return f"({_YEAR} - ({_MONTH} < {year.month}))"
    return f"({_YEAR} + ({_MONTH} >= {year.month}))"
