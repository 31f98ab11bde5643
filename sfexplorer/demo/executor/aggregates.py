"""Aggregate functions as SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sfexplorer.demo.errors import malformed_query
from sfexplorer.demo.executor.operands import IDS, NUMBERS, Operand, made
from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.fieldtypes import FieldType

_NEVER = frozenset({"base64", "multipicklist", "address", "location", "time"})

Aggregate = Callable[[Operand], tuple[FieldType, Sql]]


def row_count() -> Operand:
    """What COUNT() gives."""
    return Operand(made("COUNT", "int"), Sql("COUNT(*)"), aggregate=True)


def aggregated(name: str, inner: Operand) -> Operand:
    """What an aggregate function, in upper case, gives of a value.

    Raises:
        Refusal: When it can't take values of that type.
    """
    _check(inner, name)
    field, sql = _AGGREGATES[name](inner)
    return Operand(replace(field, name=name), sql, inner.column, aggregate=True)


def _check(inner: Operand, name: str) -> None:
    kind = inner.field.type
    fits = inner.field.aggregatable and kind not in _NEVER
    if name in ("SUM", "AVG"):
        fits = fits and kind in NUMBERS
    elif name in ("MIN", "MAX"):
        fits = fits and kind != "boolean"
    else:
        fits = fits or kind in IDS
    if not fits:
        raise malformed_query(f"field {inner.field.name} does not support aggregate operator {name}")


def folded(inner: Operand) -> Sql:
    """A value as it is compared: text in capitals."""
    return template("soql_upper({})", inner.sql) if inner.is_text else inner.sql


def _count_distinct(inner: Operand) -> tuple[FieldType, Sql]:
    return made("COUNT_DISTINCT", "int"), template("COUNT(DISTINCT {})", folded(inner))


def _count(inner: Operand) -> tuple[FieldType, Sql]:
    return made("COUNT", "int"), template("COUNT({})", inner.sql)


def _sum(inner: Operand) -> tuple[FieldType, Sql]:
    return inner.field, template("SUM({})", inner.sql)


def _average(inner: Operand) -> tuple[FieldType, Sql]:
    return made("AVG", "double"), template("AVG({})", inner.sql)


def _extreme(word: str) -> Aggregate:
    def extreme(inner: Operand) -> tuple[FieldType, Sql]:
        if inner.field.type == "picklist" and inner.field.picklist_values:
            return inner.field, _extreme_choice(word, inner)
        collation = " COLLATE soql" if inner.is_text else ""
        return inner.field, template(f"{word}({{}}{collation})", inner.sql)

    return extreme


def _extreme_choice(word: str, inner: Operand) -> Sql:
    """Picklists have the order of their setup: find the place, and say what stands there."""
    place = template(f"{word}({{}})", picklist_place(inner))
    values = tuple(each.value for each in inner.field.picklist_values)
    branches = " ".join(f"WHEN {number} THEN ?" for number in range(len(values)))
    return Sql(f"CASE {place.text} {branches} END", (*place.params, *values))


def picklist_place(inner: Operand) -> Sql:
    """Where a picklist's value stands in the order of its setup."""
    values = tuple(each.value for each in inner.field.picklist_values)
    branches = " ".join(f"WHEN ? THEN {number}" for number in range(len(values)))
    missing = len(values)
    # What is no choice of the list stands behind all that are.
    sql = inner.sql
    text = f"CASE WHEN {sql.text} IS NULL THEN NULL ELSE CASE {sql.text} {branches} ELSE {missing} END END"
    return Sql(text, (*sql.params, *sql.params, *values))


_AGGREGATES: dict[str, Aggregate] = {
    "COUNT": _count,
    "COUNT_DISTINCT": _count_distinct,
    "SUM": _sum,
    "AVG": _average,
    "MIN": _extreme("MIN"),
    "MAX": _extreme("MAX"),
}
