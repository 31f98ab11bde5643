"""What a query that groups may select, sort by and compare."""

from __future__ import annotations

from sfexplorer.demo.errors import malformed_query
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.operands import has_aggregate, is_date_function, paths, shown
from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.scope import Key, Scope, comparable
from sfexplorer.soql.tree import And, Comparison, Condition, Expression, Field, Function, Not, Or, Path, Query

MOST_SUBTOTALS = 3
_NOT_GROUPED = "Field must be grouped or aggregated: {}"
_NOT_ORDERED = "Ordered field must be grouped or aggregated: {}"


def check_limit(query: Query) -> None:
    """One row for all needs no LIMIT.

    Raises:
        Refusal: When there is one nevertheless.
    """
    if query.group_by is None and (query.limit is not None or query.offset is not None):
        word = "LIMIT" if query.limit is not None else "OFFSET"
        message = f"Non-grouped query that uses overall aggregate functions cannot also use {word}"
        raise malformed_query(message)


def checked_items(scope: Scope, query: Query) -> list[Field]:
    """What the query selects, all of it grouped or aggregated.

    Raises:
        Refusal: When something is neither.
    """
    keys = _keys(scope, query)
    items = []
    for item in query.select:
        if not isinstance(item, Field):
            message = "only fields and functions can be selected in a grouped query"
            raise malformed(scope.text, item.span.start, message)
        _check(scope, item.expression, keys, _NOT_GROUPED)
        items.append(item)
    return items


def check_groups(scope: Scope, query: Query) -> None:
    """See to it that GROUP BY, HAVING and ORDER BY name what they may.

    Raises:
        Refusal: When one does not.
    """
    keys = _keys(scope, query)
    for expression in query.group_by.expressions if query.group_by else ():
        _check_groupable(scope, expression)
    if query.group_by is not None and query.group_by.form and len(keys) > MOST_SUBTOTALS:
        message = f"{query.group_by.form} supports at most {MOST_SUBTOTALS} fields"
        raise malformed(scope.text, query.group_by.span.start, message)
    for entry in query.order_by:
        _check(scope, entry.expression, keys, _NOT_ORDERED)
    if query.having is not None:
        _check_condition(scope, query.having, keys)
    has_subtotals = query.group_by is not None and bool(query.group_by.form)
    selected = [item.expression for item in query.select if isinstance(item, Field)]
    for expression in (*selected, *(each.expression for each in query.order_by)):
        if _is_grouping(expression) and not has_subtotals:
            message = "GROUPING can only be used with GROUP BY ROLLUP or GROUP BY CUBE"
            raise malformed(scope.text, expression.span.start, message)


def _keys(scope: Scope, query: Query) -> frozenset[Key]:
    expressions = query.group_by.expressions if query.group_by else ()
    return frozenset(comparable(scope, each) for each in expressions)


def _is_grouping(expression: Expression) -> bool:
    return isinstance(expression, Function) and expression.name.upper() == "GROUPING"


def _check(scope: Scope, expression: Expression, keys: frozenset[Key], message: str) -> None:
    """An aggregate, something grouped, or a function of something grouped."""
    if has_aggregate(expression) or comparable(scope, expression) in keys:
        return
    loose = [path for path in paths(expression) if comparable(scope, path) not in keys]
    if loose:
        # A name that means nothing is told of first.
        operand(scope, loose[0])
        raise malformed_query(message.format(loose[0].text))


def _check_condition(scope: Scope, condition: Condition, keys: frozenset[Key]) -> None:
    match condition:
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                _check_condition(scope, part, keys)
        case Not(condition=inner):
            _check_condition(scope, inner, keys)
        case Comparison(left=left):
            _check(scope, left, keys, _NOT_GROUPED)


def _check_groupable(scope: Scope, expression: Expression) -> None:
    if has_aggregate(expression):
        inner = next(iter(paths(expression)), None)
        message = f"Grouped field should not be aggregated: {inner.text if inner else shown(expression)}"
        raise malformed(scope.text, expression.span.start, message)
    groupable = operand(scope, expression).field.groupable if isinstance(expression, Path) else False
    if not groupable and not is_date_function(expression):
        message = f"field '{shown(expression)}' can not be grouped in a query call"
        raise malformed(scope.text, expression.span.start, message)
