"""WHERE and HAVING as SQL: AND, OR, NOT, comparisons, semi-joins."""

from __future__ import annotations

from sfexplorer.demo.executor.comparisons import compare, unfilterable
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.operands import IDS, Operand, has_aggregate, is_date_function, shown
from sfexplorer.demo.executor.problems import invalid_field, invalid_operator, malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.semijoins import (
    check_semi_joins,
    joined_column,
    joined_scope,
    nested,
    semi_joins,
)
from sfexplorer.demo.executor.sql import Sql, balanced, template
from sfexplorer.demo.executor.visibility import visible
from sfexplorer.soql.tree import (
    And,
    Comparison,
    Condition,
    Function,
    Literal,
    Not,
    Or,
    Path,
    Query,
    SemiJoin,
    ValueList,
)

_UNFILTERED = frozenset({"CONVERTCURRENCY", "FORMAT"})


def where(scope: Scope, query: Query) -> Sql:
    """The WHERE of a query or sub-select, with the rules of which rows it sees at all.

    Raises:
        Refusal: When it compares what can't be compared.
    """
    pieces = list(visible(scope, query))
    if query.where is not None:
        check_semi_joins(query.where)
        pieces.append(_condition(scope, query.where))
    return balanced("AND", pieces) if pieces else Sql("1")


def child_where(scope: Scope, query: Query) -> Sql:
    """The WHERE of a sub-select over children, in which no semi-join can stand."""
    if any(semi_joins(query.where)):
        raise nested()
    return where(scope, query)


def having(scope: Scope, condition: Condition) -> Sql:
    """HAVING, in which aggregates stand and semi-joins don't."""
    if any(semi_joins(condition)):
        raise nested()
    return _condition(scope, condition, of_groups=True)


def _condition(scope: Scope, condition: Condition, *, of_groups: bool = False) -> Sql:
    """A condition as SQL, in which null stands for false."""
    match condition:
        case And(conditions=parts):
            return balanced("AND", [_condition(scope, part, of_groups=of_groups) for part in parts])
        case Or(conditions=parts):
            return balanced("OR", [_condition(scope, part, of_groups=of_groups) for part in parts])
        case Not(condition=inner):
            # SOQL knows no third truth value: what isn't matched is matched by NOT, null or not.
            return template("NOT COALESCE({}, 0)", _condition(scope, inner, of_groups=of_groups))
        case Comparison():
            return _comparison(scope, condition, of_groups)


def _comparison(scope: Scope, comparison: Comparison, of_groups: bool) -> Sql:
    expression = comparison.left
    at = expression.span.start
    if has_aggregate(expression) and not of_groups:
        message = "aggregate functions are not allowed in the WHERE clause"
        raise malformed(scope.text, at, message)
    left = operand(scope, expression)
    name = shown(expression)
    if isinstance(expression, Function):
        _check_function(scope, expression, comparison)
    problem = None if left.aggregate else unfilterable(scope, left, name, at)
    if problem is not None:
        raise problem
    if isinstance(comparison.right, SemiJoin):
        return _semi_join(scope, left, comparison, comparison.right.query)
    return compare(scope, left, comparison, name)


def _check_function(scope: Scope, call: Function, comparison: Comparison) -> None:
    name, at = call.name.upper(), call.span.start
    if name in _UNFILTERED:
        raise invalid_field(scope.text, at, f"field '{call.name}' can not be filtered in a query call")
    if name == "DISTANCE" and comparison.operator not in ("<", ">"):
        raise invalid_operator(scope.text, at, "invalid operator on DISTANCE function")
    if is_date_function(call) and _has_date_literal(comparison):
        message = f"date function {call.name} can not be compared with a date literal"
        raise malformed(scope.text, at, message)


def _has_date_literal(comparison: Comparison) -> bool:
    right = comparison.right
    values = right.values if isinstance(right, ValueList) else (right,)
    return any(isinstance(value, Literal) and value.kind == "date literal" for value in values)


def _semi_join(scope: Scope, left: Operand, comparison: Comparison, query: Query) -> Sql:
    expression = comparison.left
    if left.field.type not in IDS or not isinstance(expression, Path) or (left.column and left.column.hops):
        message = f"semi join sub-selects can only be on id fields, not: '{shown(expression)}'"
        raise malformed(scope.text, expression.span.start, message)
    inner = joined_scope(scope, query)
    column = joined_column(inner, query)
    condition = where(inner, query)
    # An inner null would make the whole NOT IN null.
    select = template(
        f"SELECT {column} FROM {inner.source} WHERE {column} IS NOT NULL AND {{}}",  # noqa: S608
        condition,
    )
    matched = template("{} IN ({})", left.sql, select)
    return matched if comparison.operator == "IN" else template("NOT COALESCE({}, 0)", matched)
