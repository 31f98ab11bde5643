"""Comparisons of one value with literals, as SQL.

Nulls count as SOQL has it: `<`, `>` and LIKE never match them, `!=` and NOT IN do, a boolean's null is false,
and an empty string is null. Text compares without case; ids of 15 and 18 characters are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sfexplorer.demo.errors import Refusal, malformed_query
from sfexplorer.demo.executor import choices
from sfexplorer.demo.executor.daterange import within
from sfexplorer.demo.executor.operands import EXACT, IDS, NUMBERS, Operand
from sfexplorer.demo.executor.problems import invalid_field, invalid_operator
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql, balanced, template
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.storage import Stored, stamp
from sfexplorer.soql.literals import like_pattern, literal_value
from sfexplorer.soql.tree import Comparison, Literal, ValueList

_KINDS = {
    "boolean": ("boolean",),
    "date": ("date", "date literal"),
    "datetime": ("datetime", "date literal"),
    "time": ("time",),
    **dict.fromkeys(NUMBERS, ("number", "currency")),
}
_SAID_AS = {"datetime": "dateTime", "long": "int", "percent": "double"}
_LARGEST = 2**63 - 1
_ORDERED = frozenset({"<", "<=", ">", ">="})


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
    if any(literal.kind == "bind" for literal in literals):
        raise malformed_query("Bind variables only allowed in Apex code")
    _check_operator(scope, left, operator, at)
    for literal in literals:
        _check(scope, left, literal, name, at)
    match operator:
        case "INCLUDES":
            return template("COALESCE({}, 0)", choices.includes(left, literals))
        case "EXCLUDES":
            return template("NOT COALESCE({}, 0)", choices.includes(left, literals))
        case "IN" | "NOT IN":
            return _membership(scope, left, literals, operator)
        case "LIKE":
            return _like(left, literals[0])
        case _:
            return _single(scope, left, literals[0], operator)


def _check_operator(scope: Scope, left: Operand, operator: str, at: int) -> None:
    """See to it that values of a type can be compared in this way."""
    kind = left.field.type
    if operator in ("INCLUDES", "EXCLUDES") and kind != "multipicklist":
        message = f"{operator.lower()} operator only valid on multipicklist fields"
        raise invalid_operator(scope.text, at, message)
    if operator == "LIKE" and kind in IDS:
        raise invalid_operator(scope.text, at, "invalid operator on id field")
    if (operator == "LIKE" and kind in EXACT | {"multipicklist"}) or (
        operator in _ORDERED and kind == "boolean"
    ):
        raise invalid_operator(scope.text, at, f"invalid operator on {kind} field")


def _check(scope: Scope, left: Operand, literal: Literal, name: str, at: int) -> None:
    """See to it that a literal fits the type of what it is compared with."""
    kind = left.field.type
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
    elif kind in IDS and literal_value(literal) and canonical(str(literal_value(literal))) is None:
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
        case str() if kind in IDS:
            return canonical(value)
    return value


def _single(scope: Scope, left: Operand, literal: Literal, operator: str) -> Sql:
    if literal.kind == "date literal":
        return within(scope.context, left, literal, operator)
    value = bound(literal, left.field.type)
    if left.field.type == "boolean":
        # Never null, also where a parent is missing.
        return Sql(f"(COALESCE({left.sql.text}, 0) {operator} ?)", (*left.sql.params, value or 0))
    if value is None:
        return _null(left, operator)
    if left.field.type == "multipicklist" and operator in ("=", "!="):
        inside = choices.equal(left, literal)
        return inside if operator == "=" else template("NOT COALESCE({}, 0)", inside)
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


def _equal(left: Operand, pattern: str, value: Stored) -> Sql:
    """Equality of a value; letters beyond ASCII need Python to tell their case."""
    if not left.is_text:
        return Sql(pattern.format(left.sql.text), (*left.sql.params, value))
    if isinstance(value, str) and not value.isascii():
        return Sql(pattern.format(f"soql_upper({left.sql.text})"), (*left.sql.params, value.upper()))
    return Sql(pattern.format(left.sql.text) + " COLLATE NOCASE", (*left.sql.params, value))


def _ordered(left: Operand, operator: str, value: Stored) -> Sql:
    if left.is_text:
        return Sql(f"soql_upper({left.sql.text}) {operator} ?", (*left.sql.params, str(value).upper()))
    return Sql(f"{left.sql.text} {operator} ?", (*left.sql.params, value))


def _membership(scope: Scope, left: Operand, literals: tuple[Literal, ...], operator: str) -> Sql:
    singly = left.field.type in ("boolean", "multipicklist")
    if singly or any(literal.kind == "date literal" for literal in literals):
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
    if not left.is_text:
        return Sql(f"{left.sql.text} IN ({marks})", (*left.sql.params, *values))
    if all(str(value).isascii() for value in values):
        return Sql(f"({left.sql.text} COLLATE NOCASE) IN ({marks})", (*left.sql.params, *values))
    upper = tuple(str(value).upper() for value in values)
    return Sql(f"soql_upper({left.sql.text}) IN ({marks})", (*left.sql.params, *upper))


def _like(left: Operand, literal: Literal) -> Sql:
    if literal.kind == "null":
        return Sql("0")
    pattern = like_pattern(literal)
    if pattern.isascii():
        return Sql(f"{left.sql.text} LIKE ? ESCAPE '\\'", (*left.sql.params, pattern))
    return Sql(f"soql_upper({left.sql.text}) LIKE ? ESCAPE '\\'", (*left.sql.params, pattern.upper()))


def unfilterable(scope: Scope, left: Operand, name: str, at: int) -> Refusal | None:
    """Why a value can't be compared at all, if it can't."""
    if left.field.type in ("address", "location"):
        return invalid_field(scope.text, at, "Address fields can only be filtered using Distance expressions")
    if not left.field.filterable:
        return invalid_field(scope.text, at, f"field '{name}' can not be filtered in a query call")
    return None
