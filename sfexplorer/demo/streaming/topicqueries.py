"""Which fields the query of a PushTopic selects and compares."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.fieldtypes import SObjectType
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
)


def selected_fields(query: Query, type: SObjectType) -> frozenset[str]:
    """The names of the fields in SELECT."""
    paths = [each.expression for each in query.select if isinstance(each, Field)]
    return frozenset(name for path in paths if isinstance(path, Path) for name in _names(path, type))


def filtered_fields(query: Query, type: SObjectType) -> frozenset[str]:
    """The names of the fields in WHERE."""
    return frozenset(name for each in comparisons(query.where) for name in _compared(each.left, type))


def comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """All comparisons of a condition."""
    match condition:
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(condition=inner):
            yield from comparisons(inner)
        case Comparison():
            yield condition


def _compared(expression: Expression | Literal, type: SObjectType) -> Iterator[str]:
    if isinstance(expression, Path):
        yield from _names(expression, type)
    elif isinstance(expression, Function):
        for argument in expression.arguments:
            yield from _compared(argument, type)


def _names(path: Path, type: SObjectType) -> Iterator[str]:
    """A field in describe case."""
    field = type.field(path.parts[-1])
    if field is not None:
        yield field.name


def with_parts(names: frozenset[str], type: SObjectType) -> frozenset[str]:
    """Fields, with those that compound ones are made of: it is these that change."""
    return names.union(part.name for name in names for part in type.parts(name))
