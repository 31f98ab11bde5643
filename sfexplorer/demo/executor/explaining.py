"""`?explain=`: the ways in which a query could be answered, by the indexes and rows that there really are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sfexplorer.demo.executor.asking import ask, check
from sfexplorer.demo.executor.conditions import where
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.operands import paths
from sfexplorer.demo.executor.scope import Scope, comparable
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.demo.storage import quoted
from sfexplorer.soql.tree import And, Comparison, Condition, Not, Or, Query

# An index pays for so large a part of the first million rows, and for half of it beyond.
_STANDARD_SHARE, _CUSTOM_SHARE = 0.3, 0.1
_MILLION = 1_000_000
# What a scan of a small table costs; it gets dearer with the rows that it walks through.
_SCAN_COST = 2 / 3
_UNINDEXED = "Not considering filter for optimization because unindexed"


def explained(connection: sqlite3.Connection, context: Context) -> dict[str, Any]:
    """The plans of a query, the cheapest first.

    Raises:
        Refusal: When the query can't be answered.
    """
    scope, query = ask(connection, context)
    check(scope, query)
    fields = [_field(scope, comparison) for comparison in _comparisons(query.where)]
    indexed = _indexed(connection, scope)
    unindexed = [field.name for field in fields if field is not None and field.name not in indexed]
    if scope.type.field("IsDeleted"):
        unindexed.append("IsDeleted")
    notes = [_note(scope, name) for name in dict.fromkeys(unindexed)]
    total = _rows(connection, scope, replace(query, where=None))
    plans = [_scan(connection, scope, query, total)]
    for comparison in _leading(query.where):
        field = _field(scope, comparison)
        if field is not None and field.name in indexed:
            found = _rows(connection, scope, replace(query, where=comparison))
            plans.append(_plan(scope, "Index", [field.name], found, total, found / _threshold(field, total)))
    ranked = sorted(plans, key=lambda plan: float(plan["relativeCost"]))
    return {"plans": [plan | {"notes": notes} for plan in ranked], "sourceQuery": scope.text}


def _scan(connection: sqlite3.Connection, scope: Scope, query: Query, total: int) -> dict[str, Any]:
    found = _rows(connection, scope, query)
    return _plan(scope, "TableScan", [], found, total, _SCAN_COST * (1 + total / _MILLION))


def _plan(
    scope: Scope, operation: str, fields: list[str], found: int, total: int, cost: float
) -> dict[str, Any]:
    return {
        "cardinality": found,
        "fields": fields,
        "leadingOperationType": operation,
        "relativeCost": cost,
        "sobjectCardinality": total,
        "sobjectType": scope.type.name,
    }


def _note(scope: Scope, field: str) -> dict[str, Any]:
    return {"description": _UNINDEXED, "fields": [field], "tableEnumOrId": scope.type.name}


def _threshold(field: FieldType, total: int) -> float:
    """How many rows an index may give before a scan is as good."""
    share = _CUSTOM_SHARE if field.custom else _STANDARD_SHARE
    return max(1.0, share * min(total, _MILLION) + share / 2 * max(0, total - _MILLION))


def _rows(connection: sqlite3.Connection, scope: Scope, query: Query) -> int:
    condition = where(scope, query)
    text = f"SELECT COUNT(*) FROM {scope.source} WHERE {condition.text}"  # noqa: S608 - names of the schema
    return int(connection.execute(text, condition.params).fetchone()[0])


def _indexed(connection: sqlite3.Connection, scope: Scope) -> frozenset[str]:
    """The fields that lead an index of the table."""
    table = quoted(scope.type.name)
    names = [row[1] for row in connection.execute(f"PRAGMA index_list({table})")]
    firsts = (connection.execute(f"PRAGMA index_info({quoted(name)})").fetchone() for name in names)
    return frozenset(str(row[2]) for row in firsts if row is not None)


def _field(scope: Scope, comparison: Comparison) -> FieldType | None:
    """The field that a comparison looks at; a parent's field is none of the sObject's."""
    path = next(iter(paths(comparison.left)), None)
    if path is None or len(comparable(scope, path)) > 1:
        return None
    return scope.column(path).field


def _leading(condition: Condition | None) -> Iterator[Comparison]:
    """The comparisons that every row meets."""
    for part in condition.conditions if isinstance(condition, And) else (condition,):
        if isinstance(part, Comparison):
            yield part


def _comparisons(condition: Condition | None) -> Iterator[Comparison]:
    match condition:
        case Comparison():
            yield condition
        case Not(condition=inner):
            yield from _comparisons(inner)
        case And(conditions=parts) | Or(conditions=parts):
            for part in parts:
                yield from _comparisons(part)
