"""Functions that give a value as the user reads it: toLabel, FORMAT, convertCurrency."""

from __future__ import annotations

from dataclasses import replace

from sfexplorer.demo.executor.operands import NUMBERS, Operand
from sfexplorer.demo.executor.problems import invalid_field
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.fieldtypes import PicklistValue
from sfexplorer.soql.tree import Function

_LABELLED = frozenset({"picklist", "multipicklist", "combobox", "string", "reference"})
_FORMATTED = NUMBERS | {"date", "datetime", "time"}
_TAKEN = {"TOLABEL": _LABELLED, "FORMAT": _FORMATTED, "CONVERTCURRENCY": frozenset({"currency"})}


def rendered(scope: Scope, call: Function, inner: Operand) -> Operand:
    """What toLabel, FORMAT or convertCurrency gives of a value.

    Raises:
        Refusal: When the function can't take values of that type.
    """
    name = call.name.upper()
    if inner.field.type not in _TAKEN[name]:
        message = f"field {inner.field.name} does not support function {call.name}"
        raise invalid_field(scope.text, call.arguments[0].span.start, message)
    match name:
        case "TOLABEL":
            return _labelled(inner)
        case "FORMAT":
            return replace(inner, formatted=True)
        case _:
            # The org has one currency: every amount is in the user's.
            return inner


def _labelled(inner: Operand) -> Operand:
    """The labels in place of a picklist's values."""
    different = [each for each in inner.field.picklist_values if each.label != each.value]
    if not different:
        return inner
    if inner.field.type == "multipicklist":
        return replace(inner, sql=_each_label(inner.sql, different))
    branches = " ".join("WHEN ? THEN ?" for _ in different)
    labels = tuple(text for each in different for text in (each.value, each.label))
    sql = inner.sql
    text = f"CASE {sql.text} {branches} ELSE {sql.text} END"
    return replace(inner, sql=Sql(text, (*sql.params, *labels, *sql.params)))


def _each_label(value: Sql, different: list[PicklistValue]) -> Sql:
    """The labels of several values: semicolons stand between them, and here around each."""
    found = template("(';' || {} || ';')", value)
    for each in different:
        found = Sql(f"replace({found.text}, ?, ?)", (*found.params, f";{each.value};", f";{each.label};"))
    return template("trim({}, ';')", found)
