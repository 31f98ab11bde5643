"""The SELECTs of a tree, each with what its names stand for, and the conditions in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sfexplorer.soql.schema_scope import Asking, Form, Scope, scope_of
from sfexplorer.soql.tree import (
    And,
    ChildQuery,
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
)
from sfexplorer.soql.words import AGGREGATES


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT of a statement.

    Attributes:
        query: the SELECT.
        form: where it stands; `returning` for an object of a search.
        scope: what its names stand for.
        parent: the one around it.
        level: how many are around it.
        is_known: whether a schema was given at all.
    """

    query: Query
    form: Form
    scope: Scope
    parent: Select | None = None
    level: int = 0

    @property
    def name(self) -> str:
        """The name of its object, for messages."""
        known = self.scope.object
        return known.name if known is not None else self.query.source.path.parts[-1]


@dataclass(frozen=True, slots=True)
class Placed:
    """A comparison, and whether OR or NOT is around it."""

    comparison: Comparison
    in_or: bool = False
    in_not: bool = False
    depth: int = 0


def selects(
    query: Query, schema: Asking, form: Form = "query", parent: Select | None = None
) -> Iterator[Select]:
    """The SELECT and all within it, outer ones first."""
    sources = [(source.path.parts, source.alias) for source in query.sources]
    scope = scope_of(sources, form, parent.scope if parent else None, schema)
    select = Select(query, form, scope, parent, parent.level + 1 if parent else 0)
    yield select
    for item in query.select:
        if isinstance(item, ChildQuery):
            yield from selects(item.query, schema, "sub-select", select)
    for condition in (query.where, query.having):
        for placed in comparisons(condition):
            right = placed.comparison.right
            if isinstance(right, SemiJoin):
                yield from selects(right.query, schema, "semi-join", select)


def comparisons(
    condition: Condition | None, in_or: bool = False, in_not: bool = False, depth: int = 0
) -> Iterator[Placed]:
    """All comparisons of a condition, from left to right."""
    match condition:
        case Comparison():
            yield Placed(condition, in_or, in_not, depth)
        case Not():
            yield from comparisons(condition.condition, in_or, True, depth + 1)
        case And() | Or():
            for part in condition.conditions:
                yield from comparisons(part, in_or or isinstance(condition, Or), in_not, depth + 1)


def paths(expression: Expression | Literal) -> Iterator[Path]:
    """All paths in an expression."""
    if isinstance(expression, Path):
        yield expression
    elif isinstance(expression, Function):
        for argument in expression.arguments:
            yield from paths(argument)


def functions(expression: Expression | Literal) -> Iterator[Function]:
    """All functions in an expression, outer ones first."""
    if isinstance(expression, Function):
        yield expression
        for argument in expression.arguments:
            yield from functions(argument)


def aggregates(expression: Expression | Literal) -> Iterator[Function]:
    """The aggregate functions in an expression."""
    return (function for function in functions(expression) if function.name.upper() in AGGREGATES)


def fields(query: Query) -> Iterator[Field]:
    """The fields and functions that a SELECT names."""
    return (item for item in query.select if isinstance(item, Field))


def is_aggregate(query: Query) -> bool:
    """Whether a SELECT gives groups of rows and not rows."""
    return query.group_by is not None or any(
        function for item in fields(query) for function in aggregates(item.expression)
    )


def plain(parts: tuple[str, ...], query: Query) -> tuple[str, ...]:
    """A path for comparison: in lower case, without the alias or object name that it may begin with."""
    folded = tuple(part.lower() for part in parts)
    source = query.source
    names = {source.path.parts[-1].lower(), (source.alias or "").lower()}
    return folded[1:] if len(folded) > 1 and folded[0] in names else folded
