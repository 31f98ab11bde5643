"""Comparisons of one value with literals, as SQL.

Nulls count as SOQL has it: `<`, `>` and LIKE never match them, `!=` and NOT IN do, a boolean's null is false,
and an empty string is null. Text compares without case; ids of 15 and 18 characters are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sfexplorer.demo.errors import Refusal, malformed_query
from sfexplorer.demo.executor.functions import NUMBERS, Operand
from sfexplorer.demo.executor.problems import invalid_field, invalid_operator
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql, balanced, template
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.storage import Stored, stamp
from sfexplorer.soql.dates import date_range
from sfexplorer.soql.literals import like_pattern, literal_value
from sfexplorer.soql.tree import Comparison, Literal, ValueList

_IDS = frozenset({"id", "reference"})
_EXACT = frozenset({*_IDS, *NUMBERS, "boolean", "date", "datetime", "time"})
_KINDS = {
    "boolean": ("boolean",),
    "date": ("date", "date literal"),
    "datetime": ("datetime", "date literal"),
    "time": ("time",),
    **dict.fromkeys(NUMBERS, ("number", "currency")),
}
_SAID_AS = {"datetime": "dateTime", "long": "int", "percent": "double"}
_LARGEST = 2**63 - 1
# What a comparison with a range of days, [first, behind), becomes.
_RANGES = {
    "=": "({x} >= ? AND {x} < ?)",
    "<": "{x} < ?",
    "<=": "{x} < ?",
    ">": "{x} >= ?",
    ">=": "{x} >= ?",
}
_FROM_FIRST = frozenset({"<", ">="})


def compare(scope: Scope, left: Operand, comparison: Comparison, name: str) -> Sql:
    """A comparison with a literal or a list of them.

    Raises:
        Refusal: When a literal does not fit the value's type.
    """
    at, operator = comparison.left.span.start, comparison.operator
    right = comparison.right
    literals = (
        right.values if isinstance(right, ValueList) else (right,) if isinstance(right, Literal) else ()
    )
    if operator == "LIKE":
        _check_like(scope, left, at)
    for literal in literals:
        _check(scope, left, literal, name, at)
    if operator in ("INCLUDES", "EXCLUDES"):
        return _choices(scope, left, literals, operator, at)
    if operator in ("IN", "NOT IN"):
        return _membership(scope, left, literals, operator)
    if operator == "LIKE":
        return _like(left, literals[0])
    return _single(scope, left, literals[0], operator)


def _check(scope: Scope, left: Operand, literal: Literal, name: str, at: int) -> None:
    """See to it that a literal fits the type of what it is compared with."""
    kind = left.field.type
    if literal.kind == "bind":
        raise malformed_query("Bind variables only allowed in Apex code")
    if literal.kind == "null":
        return
    if kind in _KINDS:
        if literal.kind not in _KINDS[kind]:
            said = _SAID_AS.get(kind, "double" if kind == "currency" else kind)
            message = f"value of filter criterion for field '{name}' must be of type {said}"
            raise invalid_field(scope.text, at, f"{message} and should not be enclosed in quotes")
    elif literal.kind != "string":
        message = f"value of filter criterion for field '{name}' must be of type string"
        raise invalid_field(scope.text, at, f"{message} and should be enclosed in quotes")
    elif kind in _IDS and literal_value(literal) and canonical(str(literal_value(literal))) is None:
        raise invalid_operator(scope.text, at, f"invalid ID field: {literal_value(literal)}")


def bound(literal: Literal, kind: str) -> Stored:
    """A literal as it is stored in a field of this type."""
    value = literal_value(literal)
    match value:
        case None | "":
            return None
        case bool():
            return int(value)
        case datetime():
            return stamp(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="milliseconds")
        case int() if abs(value) > _LARGEST:
            return float(value)
        case str() if kind in _IDS:
            return canonical(value)
    return value


def _single(scope: Scope, left: Operand, literal: Literal, operator: str) -> Sql:
    if literal.kind == "date literal":
        return _range(scope, left, literal, operator)
    value = bound(literal, left.field.type)
    if left.field.type == "boolean":
        # Never null, also where a parent is missing.
        return Sql(f"(COALESCE({left.sql.text}, 0) {operator} ?)", (*left.sql.params, value or 0))
    if value is None:
        return _null(left, operator)
    match operator:
        case "=":
            return _equal(left, "{} = ?", value)
        case "!=":
            return Sql(
                f"({left.sql.text} IS NULL OR {_equal(left, '{} <> ?', value).text})",
                (*left.sql.params, *_equal(left, "{} <> ?", value).params),
            )
        case _:
            return _ordered(left, operator, value)


def _null(left: Operand, operator: str) -> Sql:
    match operator:
        case "=":
            return template("{} IS NULL", left.sql)
        case "!=":
            return template("{} IS NOT NULL", left.sql)
        case _:
            return Sql("0")


def _is_text(left: Operand) -> bool:
    return left.field.type not in _EXACT and not left.field.case_sensitive


def _equal(left: Operand, pattern: str, value: Stored) -> Sql:
    """Equality of a value; letters beyond ASCII need Python to tell their case."""
    if not _is_text(left):
        return Sql(pattern.format(left.sql.text), (*left.sql.params, value))
    if isinstance(value, str) and not value.isascii():
        return Sql(pattern.format(f"soql_upper({left.sql.text})"), (*left.sql.params, value.upper()))
    return Sql(pattern.format(left.sql.text) + " COLLATE NOCASE", (*left.sql.params, value))


def _ordered(left: Operand, operator: str, value: Stored) -> Sql:
    if _is_text(left):
        return Sql(f"soql_upper({left.sql.text}) {operator} ?", (*left.sql.params, str(value).upper()))
    return Sql(f"{left.sql.text} {operator} ?", (*left.sql.params, value))


def _range(scope: Scope, left: Operand, literal: Literal, operator: str) -> Sql:
    first, behind = (_edge(scope, left, day) for day in _days(scope, literal))
    if operator == "!=":
        inside = Sql(
            _RANGES["="].format(x=left.sql.text), (*left.sql.params, first, *left.sql.params, behind)
        )
        return template("NOT COALESCE({}, 0)", inside)
    text = _RANGES[operator].format(x=left.sql.text)
    if operator == "=":
        return Sql(text, (*left.sql.params, first, *left.sql.params, behind))
    return Sql(text, (*left.sql.params, first if operator in _FROM_FIRST else behind))


def _days(scope: Scope, literal: Literal) -> tuple[date, date]:
    today = scope.context.now.astimezone(scope.context.zone).date()
    return date_range(literal.text, today)


def _edge(scope: Scope, left: Operand, day: date) -> str:
    """The start of a day: as such, or as the moment when it begins in the user's time zone."""
    if left.field.type == "date":
        return day.isoformat()
    # Python's calendar ends where a time zone may lead beyond it.
    day = min(max(day, date.min + timedelta(days=2)), date.max - timedelta(days=2))
    return stamp(datetime.combine(day, time.min, scope.context.zone).astimezone(UTC))


def _membership(scope: Scope, left: Operand, literals: tuple[Literal, ...], operator: str) -> Sql:
    if any(literal.kind == "date literal" for literal in literals) or left.field.type == "boolean":
        inside = balanced("OR", [_single(scope, left, each, "=") for each in literals])
        return inside if operator == "IN" else template("NOT COALESCE({}, 0)", inside)
    values = [bound(each, left.field.type) for each in literals]
    some = [value for value in values if value is not None]
    inside = _listed(left, some)
    if len(some) < len(values):
        inside = template("({} OR {} IS NULL)", inside, left.sql)
    return inside if operator == "IN" else template("NOT COALESCE({}, 0)", inside)


def _listed(left: Operand, values: Sequence[Stored]) -> Sql:
    if not values:
        return Sql("0")
    marks = ", ".join("?" * len(values))
    if not _is_text(left):
        return Sql(f"{left.sql.text} IN ({marks})", (*left.sql.params, *values))
    if all(str(value).isascii() for value in values):
        return Sql(f"({left.sql.text} COLLATE NOCASE) IN ({marks})", (*left.sql.params, *values))
    upper = tuple(str(value).upper() for value in values)
    return Sql(f"soql_upper({left.sql.text}) IN ({marks})", (*left.sql.params, *upper))


def _check_like(scope: Scope, left: Operand, at: int) -> None:
    if left.field.type in _IDS:
        raise invalid_operator(scope.text, at, "invalid operator on id field")
    if left.field.type in _EXACT:
        raise invalid_operator(scope.text, at, f"invalid operator on {left.field.type} field")


def _like(left: Operand, literal: Literal) -> Sql:
    if literal.kind == "null":
        return Sql("0")
    pattern = like_pattern(literal)
    if pattern.isascii():
        return Sql(f"{left.sql.text} LIKE ? ESCAPE '\\'", (*left.sql.params, pattern))
    return Sql(f"soql_upper({left.sql.text}) LIKE ? ESCAPE '\\'", (*left.sql.params, pattern.upper()))


def _choices(scope: Scope, left: Operand, literals: tuple[Literal, ...], operator: str, at: int) -> Sql:
    """INCLUDES and EXCLUDES: `('A;B', 'C')` is (A and B) or C."""
    if left.field.type != "multipicklist":
        raise invalid_operator(
            scope.text, at, f"{operator.lower()} operator only valid on multipicklist fields"
        )
    chosen = f"instr(soql_upper(';' || {left.sql.text} || ';'), ?)"
    groups = []
    for literal in literals:
        names = [part.strip().upper() for part in str(literal_value(literal) or "").split(";")]
        groups.append(balanced("AND", [Sql(chosen, (*left.sql.params, f";{name};")) for name in names]))
    inside = balanced("OR", groups)
    return template("NOT COALESCE({}, 0)" if operator == "EXCLUDES" else "COALESCE({}, 0)", inside)


def unfilterable(scope: Scope, left: Operand, name: str, at: int) -> Refusal | None:
    """Why a value can't be compared at all, if it can't."""
    if left.field.type in ("address", "location"):
        return invalid_field(scope.text, at, "Address fields can only be filtered using Distance expressions")
    if not left.field.filterable:
        return invalid_field(scope.text, at, f"field '{name}' can not be filtered in a query call")
    return None
