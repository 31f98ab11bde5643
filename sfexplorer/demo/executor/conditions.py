"""WHERE and HAVING as SQL: AND, OR, NOT, comparisons, semi-joins and anti-joins."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.comparisons import compare, unfilterable
from sfexplorer.demo.executor.functions import Operand, is_date_function, operand
from sfexplorer.demo.executor.problems import malformed, no_such_type
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql, balanced, template
from sfexplorer.soql.tree import (
    And,
    Comparison,
    Condition,
    Expression,
    Field,
    Function,
    Literal,
    Not,
    Or,
    Path,
    Query,
    SemiJoin,
    ValueList,
)

MOST_SEMI_JOINS = 2
_NESTED_SEMI_JOIN = (
    "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested "
    "WHERE expressions."
)


def where(scope: Scope, condition: Condition | None) -> Sql:
    """The WHERE of a query or sub-select, with the rule that deleted rows aren't seen."""
    live = Sql(scope.live)
    if condition is None:
        return live
    _check_semi_joins(condition)
    return balanced("AND", [live, compiled(scope, condition)])


def compiled(scope: Scope, condition: Condition) -> Sql:
    """A condition as SQL, in which null stands for false."""
    match condition:
        case And(conditions=parts):
            return balanced("AND", [compiled(scope, part) for part in parts])
        case Or(conditions=parts):
            return balanced("OR", [compiled(scope, part) for part in parts])
        case Not(condition=inner):
            # SOQL knows no third truth value: what isn't matched is matched by NOT, null or not.
            return template("NOT COALESCE({}, 0)", compiled(scope, inner))
        case Comparison():
            return _comparison(scope, condition)


def _comparison(scope: Scope, comparison: Comparison) -> Sql:
    left = operand(scope, comparison.left)
    name = _name(comparison.left)
    at = comparison.left.span.start
    problem = None if left.aggregate else unfilterable(scope, left, name, at)
    if problem is not None:
        raise problem
    if is_date_function(comparison.left) and _has_date_literal(comparison):
        raise malformed(scope.text, at, f"date function {name} can not be compared with a date literal")
    if isinstance(comparison.right, SemiJoin):
        return _semi_join(scope, left, comparison, comparison.right.query)
    return compare(scope, left, comparison, name)


def _name(expression: Expression) -> str:
    return expression.text if isinstance(expression, Path) else expression.name


def _has_date_literal(comparison: Comparison) -> bool:
    right = comparison.right
    values = right.values if isinstance(right, ValueList) else (right,)
    return any(isinstance(value, Literal) and value.kind == "date literal" for value in values)


def _semi_join(scope: Scope, left: Operand, comparison: Comparison, query: Query) -> Sql:
    at = comparison.left.span.start
    if (
        left.field.type not in ("id", "reference")
        or left.optional_parent
        or isinstance(comparison.left, Function)
    ):
        raise malformed(
            scope.text, at, f"semi join sub-selects can only be on id fields, not: '{_name(comparison.left)}'"
        )
    source = query.source.path
    inner_type = scope.context.schema.get(source.text)
    if inner_type is None:
        raise no_such_type(scope.text, source.span.start, source.text)
    if inner_type is scope.type:
        raise malformed_query("The inner and outer selects should not be on the same object type")
    inner = scope.inner(inner_type, query.source)
    column = _semi_join_column(inner, query)
    if query.where is not None and any(True for _ in _semi_joins(query.where)):
        raise malformed_query("Nesting of semi join sub-selects is not supported")
    condition = where(inner, query.where)
    # An inner null would make the whole NOT IN null.
    select = template(
        f"SELECT {column} FROM {inner.source} WHERE {column} IS NOT NULL AND {{}}",  # noqa: S608
        condition,
    )
    matched = template("{} IN ({})", left.sql, select)
    return matched if comparison.operator == "IN" else template("NOT COALESCE({}, 0)", matched)


def _semi_join_column(inner: Scope, query: Query) -> str:
    item = query.select[0]
    if len(query.select) != 1 or not isinstance(item, Field) or not isinstance(item.expression, Path):
        raise malformed_query(
            "semi join sub-selects can only query id fields, cannot use more than one field"
        )
    column = inner.column(item.expression)
    if column.field.type not in ("id", "reference") or column.hops:
        shown = item.expression.text.lower()
        raise malformed_query(f"semi join sub-selects can only query id fields, cannot use: '{shown}'")
    return column.sql


def _check_semi_joins(condition: Condition) -> None:
    """Semi-joins may stand alone or joined by AND, and no more than two of them."""
    found = list(_semi_joins(condition))
    if len(found) > MOST_SEMI_JOINS:
        message = f"Maximum {MOST_SEMI_JOINS} semi join sub-selects are allowed"
        raise refusal(400, "EXCEEDED_MAX_SEMIJOIN_SUBSELECTS", message)
    top = condition.conditions if isinstance(condition, And) else (condition,)
    for part in top:
        if isinstance(part, Or) and any(True for _ in _semi_joins(part)):
            raise malformed_query("Semi join sub-selects are not allowed with the 'OR' operator")
        if not isinstance(part, Comparison) and any(True for _ in _semi_joins(part)):
            raise malformed_query(_NESTED_SEMI_JOIN)


def _semi_joins(condition: Condition) -> Iterator[Comparison]:
    match condition:
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                yield from _semi_joins(part)
        case Not(condition=inner):
            yield from _semi_joins(inner)
        case Comparison(right=SemiJoin()):
            yield condition
