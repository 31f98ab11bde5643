"""ORDER BY as SQL: nulls first unless the query says otherwise, picklists by their setup."""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.demo.executor.aggregates import folded, picklist_place
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.operands import Operand, shown
from sfexplorer.demo.executor.problems import malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql, joined, template
from sfexplorer.soql.tree import Function, OrderBy

_UNSORTED = frozenset({"TOLABEL", "CONVERTCURRENCY", "FORMAT"})


@dataclass(frozen=True, slots=True)
class Term:
    """What one entry of an ORDER BY sorts by, and in which direction."""

    key: Sql
    direction: str


def order_by(scope: Scope, entries: tuple[OrderBy, ...]) -> Sql:
    """The terms of an ORDER BY; the place in the table decides between rows that are equal otherwise."""
    terms = [term(scope, entry) for entry in entries]
    pieces = [template(f"{{}} {each.direction}", each.key) for each in terms]
    return joined(", ", [*pieces, Sql(f"{scope.alias}.rowid")])


def term(scope: Scope, entry: OrderBy) -> Term:
    """What one entry of an ORDER BY means.

    Raises:
        Refusal: When that can't be sorted.
    """
    value = operand(scope, entry.expression)
    unsorted = isinstance(entry.expression, Function) and entry.expression.name.upper() in _UNSORTED
    if unsorted or (not value.aggregate and not value.field.sortable):
        message = f"field '{shown(entry.expression)}' can not be sorted in a query call"
        raise malformed(scope.text, entry.expression.span.start, message)
    return Term(sort_key(value), _direction(value, entry))


def _direction(value: Operand, entry: OrderBy) -> str:
    direction = "DESC" if entry.descending else "ASC"
    is_own = value.column is not None and not value.column.hops and value.sql.text == value.column.sql
    if is_own and not value.field.nillable and not value.field.computed:
        # Where no nulls can be, SQLite may follow an index backwards.
        return direction
    # The reference says that nulls come first in both directions, and that references heed no NULLS LAST.
    nulls = "FIRST" if value.field.type == "reference" else entry.nulls or "FIRST"
    return f"{direction} NULLS {nulls}"


def sort_key(value: Operand) -> Sql:
    """What a value is ordered by."""
    if value.field.picklist_values and value.field.type == "picklist" and value.sql.text != "NULL":
        return picklist_place(value)
    return folded(value)
