"""Semi-joins and anti-joins: `Id IN (SELECT AccountId FROM Contact WHERE ...)`."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.errors import Refusal, malformed_query, refusal
from sfexplorer.demo.executor.problems import malformed, no_such_type
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.soql.tree import And, Comparison, Condition, Field, Not, Or, Path, Query, SemiJoin

MOST_SEMI_JOINS = 2
_NEVER_INSIDE = frozenset({"activityhistory", "attachment", "event", "note", "openactivity", "task"})
_NESTED = (
    "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested "
    "WHERE expressions."
)


def semi_joins(condition: Condition | None) -> Iterator[Query]:
    """The sub-selects of a condition."""
    match condition:
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                yield from semi_joins(part)
        case Not(condition=inner):
            yield from semi_joins(inner)
        case Comparison(right=SemiJoin(query=query)):
            yield query


def check_semi_joins(condition: Condition) -> None:
    """Semi-joins may stand alone or joined by AND, and no more than two of them.

    Raises:
        Refusal: When they stand elsewhere.
    """
    if len(list(semi_joins(condition))) > MOST_SEMI_JOINS:
        message = f"Maximum {MOST_SEMI_JOINS} semi join sub-selects are allowed"
        raise refusal(400, "EXCEEDED_MAX_SEMIJOIN_SUBSELECTS", message)
    for part in condition.conditions if isinstance(condition, And) else (condition,):
        if isinstance(part, Or) and any(semi_joins(part)):
            raise malformed_query("Semi join sub-selects are not allowed with the 'OR' operator")
        if not isinstance(part, Comparison) and any(semi_joins(part)):
            raise nested()


def nested() -> Refusal:
    """A semi-join in a place other than the WHERE of the whole query."""
    return malformed_query(_NESTED)


def joined_scope(scope: Scope, query: Query) -> Scope:
    """The scope of a semi-join's sub-select.

    Raises:
        Refusal: When it reads what it must not read, or has more clauses than it may.
    """
    source = query.source.path
    found = scope.context.schema.get(source.text)
    if found is None:
        raise no_such_type(scope.text, source.span.start, source.text)
    if found is scope.type:
        raise malformed_query("The inner and outer selects should not be on the same object type")
    if found.name.lower() in _NEVER_INSIDE:
        message = f"Entity '{found.name}' is not supported for semi join inner selects"
        raise malformed(scope.text, source.span.start, message)
    if any(semi_joins(query.where)):
        raise malformed_query("Nesting of semi join sub-selects is not supported")
    for clause, is_there in _clauses(query):
        if is_there:
            raise malformed(scope.text, query.span.start, f"unexpected token: '{clause}'")
    return scope.inner(found, query.source)


def _clauses(query: Query) -> tuple[tuple[str, bool], ...]:
    return (
        ("GROUP", query.group_by is not None),
        ("ORDER", bool(query.order_by)),
        ("LIMIT", query.limit is not None or query.limit_bind is not None),
        ("OFFSET", query.offset is not None or query.offset_bind is not None),
        ("FOR", bool(query.for_clauses)),
    )


def joined_column(inner: Scope, query: Query) -> str:
    """The SQL of the ids that a semi-join's sub-select gives.

    Raises:
        Refusal: When it gives anything else.
    """
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
