"""The columns of a query, for `columns=true`: what `sf data query` asks for to head its table."""

from __future__ import annotations

import sqlite3
from itertools import count
from typing import Any

from sfexplorer.demo.executor.allfields import expanded
from sfexplorer.demo.executor.asking import ask, check
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.grouping import is_grouped
from sfexplorer.demo.executor.operands import NUMBERS
from sfexplorer.demo.executor.problems import no_such_children
from sfexplorer.demo.executor.scope import Column, Scope
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.soql.tree import ChildQuery, Field, FieldsOf, Function, Path, Query, TypeOf

_APEX_TYPES = {
    "address": "Address",
    "base64": "Blob",
    "boolean": "Boolean",
    "currency": "Decimal",
    "date": "Date",
    "datetime": "Datetime",
    "double": "Double",
    "id": "Id",
    "int": "Integer",
    "location": "Location",
    "long": "Long",
    "percent": "Decimal",
    "reference": "Id",
    "time": "Time",
}

ColumnMetadata = dict[str, Any]


def columns_of(connection: sqlite3.Connection, context: Context) -> dict[str, Any]:
    """What is known of the columns of a query.

    Raises:
        Refusal: When the query can't be answered.
    """
    scope, query = ask(connection, context)
    check(scope, query)
    return {
        "columnMetadata": _columns(scope, query),
        "entityName": scope.type.name,
        "groupBy": is_grouped(query),
        "idSelected": any(
            isinstance(item, Field) and item.expression == Path(("Id",)) for item in query.select
        ),
        "keyPrefix": scope.type.key_prefix,
    }


def _columns(scope: Scope, query: Query) -> list[ColumnMetadata]:
    found: list[ColumnMetadata] = []
    unnamed = count()
    grouped = is_grouped(query)
    for item in query.select:
        match item:
            case Field(expression=Path() as path, alias=alias):
                column = scope.column(path)
                if grouped:
                    found.append(_metadata(alias or column.field.name, column.field))
                else:
                    _add_path(found, column)
            case Field(expression=Function() as call, alias=alias):
                found.append(_function(scope, call, alias, unnamed, grouped=grouped))
            case FieldsOf(scope=word):
                found += [_metadata(field.name, field) for field in expanded(scope.type, word)]
            case ChildQuery(query=inner):
                found.append(_children(scope, inner))
            case TypeOf(path=path):
                found.append(_joined(path.parts[-1]))
    return found


def _function(
    scope: Scope, call: Function, alias: str | None, unnamed: count[int], *, grouped: bool
) -> ColumnMetadata:
    value = operand(scope, call)
    field_name = value.field.name if value.column is not None and not grouped else None
    key = alias or field_name or f"expr{next(unnamed)}"
    return _metadata(key, value.field) | {"aggregate": True, "insertable": False, "updatable": False}


def _children(scope: Scope, inner: Query) -> ColumnMetadata:
    path = inner.source.path
    relationship = scope.type.child(path.parts[-1])
    child = scope.context.schema.get(relationship.child) if relationship else None
    if relationship is None or child is None:
        raise no_such_children(scope.text, path.span.start, path.text)
    columns = _columns(scope.inner(child, inner.source), inner)
    return _joined(relationship.name or path.text) | {"aggregate": True, "joinColumns": columns}


def _add_path(columns: list[ColumnMetadata], column: Column) -> None:
    """Add a column below the columns of the relationships that lead to it."""
    for hop in column.hops:
        found = next((each for each in columns if each["columnName"] == hop.name), None)
        if found is None:
            found = _joined(hop.name)
            columns.append(found)
        columns = found["joinColumns"]
    columns.append(_metadata(column.field.name, column.field))


def _joined(name: str) -> ColumnMetadata:
    """The column of a relationship."""
    return _metadata(name, FieldType(name=name, label=name, type="", createable=False, updateable=False))


def _metadata(name: str, field: FieldType) -> ColumnMetadata:
    apex = _APEX_TYPES.get(field.type, "String" if field.type else None)
    return {
        "aggregate": False,
        "apexType": apex,
        "booleanType": field.type == "boolean",
        "columnName": name,
        "custom": field.custom,
        "displayName": name,
        "foreignKeyName": field.relationship_name if field.type == "reference" else None,
        "insertable": field.createable and not field.computed,
        "joinColumns": [],
        "numberType": field.type in NUMBERS,
        "textType": apex == "String",
        "updatable": field.updateable and not field.computed,
    }
