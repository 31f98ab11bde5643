"""Makes a file of records fit a schema that has more: new sObjects, new fields, new record types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.rules.rollups import counted_values
from sfexplorer.demo.storage import Store, Stored, open_store
from sfexplorer.demo.tables import add_column, create_table, quoted


def grow(path: Path, schema: Schema) -> None:
    """Give a file the tables, columns and record types that it lacks; what it has more stays.

    Raises:
        sqlite3.Error: When it is no database, or can't be made to fit.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        if not _is_org(connection):
            return
        connection.execute("BEGIN")
        added = [each for each in schema if _completed(connection, each)]
        connection.execute("COMMIT")
    if not added:
        return
    with closing(open_store(path, schema)) as store, store.transaction():
        for each in added:
            _add_record_types(store, each)
            _count_anew(store, each)


def _is_org(connection: sqlite3.Connection) -> bool:
    """Whether a file is an org at all, and not something else that shall stay what it is."""
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('User', 'Organization')"
    return bool(connection.execute(query).fetchone() == (2,))


def _completed(connection: sqlite3.Connection, type: SObjectType) -> bool:
    """Complete one sObject's table; whether there was anything to do."""
    # The extended form lists computed columns too.
    query = f"PRAGMA table_xinfo({quoted(type.name)})"
    known = {str(row[1]).lower() for row in connection.execute(query)}
    if not known:
        create_table(connection, type)
        return True
    missing = [each for each in type.stored_fields if each.name.lower() not in known]
    for field in sorted(missing, key=lambda each: each.computed):
        add_column(connection, type, field)
    return bool(missing) or bool(type.record_types)


def _add_record_types(store: Store, type: SObjectType) -> None:
    query = 'SELECT "DeveloperName" FROM "RecordType" WHERE "SobjectType" = ?'
    known = {row[0] for row in store.select(query, (type.name,))}
    for each in sorted(type.record_types, key=lambda one: not one.default):
        if each.developer_name not in known:
            values: dict[str, Stored] = {
                "Name": each.name,
                "DeveloperName": each.developer_name,
                "Description": each.description,
                "SobjectType": type.name,
                "IsActive": 1,
                **_founding(store),
            }
            store.create(store.schema["RecordType"], values)


def _founding(store: Store) -> dict[str, Stored]:
    """The audit fields of what was there from the start."""
    names = ("CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")
    columns = ", ".join(names)
    row = store.select(f'SELECT {columns} FROM "Organization" LIMIT 1')[0]  # noqa: S608 - constants
    return dict(zip(names, row, strict=True))


def _count_anew(store: Store, type: SObjectType) -> None:
    """Fill in counted fields that are new, which are empty still."""
    for field in _empty_counts(store, type):
        ids = store.select(f'SELECT "Id" FROM {quoted(type.name)}')  # noqa: S608 - a quoted name
        for (record_id,) in ids:
            value = counted_values(store, type, str(record_id)).get(field.name)
            store.update(type, str(record_id), {field.name: value})


def _empty_counts(store: Store, type: SObjectType) -> Iterator[FieldType]:
    for field in type.fields:
        if field.roll_up is not None and not field.createable:
            query = f"SELECT 1 FROM {quoted(type.name)} WHERE {quoted(field.name)} IS NOT NULL LIMIT 1"  # noqa: S608
            if not store.select(query):
                yield field
