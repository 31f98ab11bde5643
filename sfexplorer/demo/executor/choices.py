"""Comparisons of multi-select picklists, whose stored values have semicolons between them."""

from __future__ import annotations

from collections.abc import Sequence

from sfexplorer.demo.executor.operands import Operand
from sfexplorer.demo.executor.sql import Sql, balanced, template
from sfexplorer.soql.literals import literal_value
from sfexplorer.soql.tree import Literal


def includes(left: Operand, literals: Sequence[Literal]) -> Sql:
    """INCLUDES: `('A;B', 'C')` is (A and B) or C."""
    return balanced("OR", [balanced("AND", _chosen(left, _names(each))) for each in literals])


def equal(left: Operand, literal: Literal) -> Sql:
    """`= 'A;B'`: these values, in whatever order, and no others."""
    names = _names(literal)
    value = left.sql
    separators = template("(length({}) - length(replace({}, ';', '')) = ?)", value, value)
    counted = Sql(separators.text, (*separators.params, len(names) - 1))
    return balanced("AND", [*_chosen(left, names), counted])


def _names(literal: Literal) -> list[str]:
    parts = str(literal_value(literal) or "").split(";")
    return list(dict.fromkeys(part.strip().upper() for part in parts))


def _chosen(left: Operand, names: list[str]) -> list[Sql]:
    text = f"COALESCE(instr(soql_upper(';' || {left.sql.text} || ';'), ?), 0)"
    return [Sql(text, (*left.sql.params, f";{name};")) for name in names]
