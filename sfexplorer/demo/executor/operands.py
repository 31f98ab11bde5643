"""The values of a query: what a path or function gives, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sfexplorer.demo.executor.scope import Column
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.soql.tree import Expression, Function, Literal, Path
from sfexplorer.soql.words import AGGREGATES, DATE_FUNCTIONS

NUMBERS = frozenset({"int", "long", "double", "currency", "percent"})
IDS = frozenset({"id", "reference"})
# Types whose stored values compare as they are; all others are text, which compares without case.
EXACT = frozenset({*IDS, *NUMBERS, "boolean", "date", "datetime", "time"})


@dataclass(frozen=True, slots=True)
class Operand:
    """A value in a query.

    Attributes:
        field: tells the type.
        sql: gives the value.
        column: where the value comes from, if from a field.
        aggregate: whether the value is one of a group and not of a row.
        formatted: whether the user wants to read it as text.
    """

    field: FieldType
    sql: Sql
    column: Column | None = None
    aggregate: bool = False
    formatted: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the value compares without case."""
        return self.field.type not in EXACT and not self.field.case_sensitive


def made(name: str, kind: str) -> FieldType:
    """The field type of a value that a function makes."""
    return FieldType(name=name, label=name, type=kind)


def paths(expression: Expression | Literal) -> Iterator[Path]:
    """All paths in an expression."""
    if isinstance(expression, Path):
        yield expression
    elif isinstance(expression, Function):
        for argument in expression.arguments:
            yield from paths(argument)


def has_aggregate(expression: Expression | Literal) -> bool:
    """Whether an aggregate function is called in an expression."""
    return isinstance(expression, Function) and (
        expression.name.upper() in AGGREGATES or any(map(has_aggregate, expression.arguments))
    )


def is_date_function(expression: Expression) -> bool:
    """Whether an expression takes a part of a date."""
    return isinstance(expression, Function) and expression.name.upper() in DATE_FUNCTIONS


def shown(expression: Expression) -> str:
    """An expression as messages name it: a path, or the function that is called."""
    return expression.text if isinstance(expression, Path) else expression.name
