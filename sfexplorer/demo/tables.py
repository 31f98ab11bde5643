"""The SQL that lays out the tables of a schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.values import Stored

_COLUMN_TYPES = {
    "boolean": "INTEGER",
    "int": "INTEGER",
    "long": "INTEGER",
    "double": "REAL",
    "currency": "REAL",
    "percent": "REAL",
    "base64": "BLOB",
    "id": "TEXT COLLATE BINARY",
    "reference": "TEXT COLLATE BINARY",
    "date": "TEXT COLLATE BINARY",
    "datetime": "TEXT COLLATE BINARY",
    "time": "TEXT COLLATE BINARY",
}
_TEXT = "TEXT COLLATE NOCASE"


def quoted(name: str) -> str:
    """A table's or column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def create_tables(connection: sqlite3.Connection, schema: Schema) -> None:
    """Make the table and indexes of every sObject."""
    for object_type in schema:
        for statement in _statements(object_type):
            connection.execute(statement)


def table_problem(object_type: SObjectType, fields: Iterable[FieldType]) -> str | None:
    """Why no table can be made of some fields, if it can't: an expression that SQLite does not take."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(_table_sql(object_type, fields))
            connection.execute(f"SELECT * FROM {quoted(object_type.name)}")  # noqa: S608 - a quoted name
        except sqlite3.Error as error:
            return str(error)
    return None


def _table_sql(object_type: SObjectType, fields: Iterable[FieldType]) -> str:
    columns = ",\n  ".join(_column(each) for each in fields)
    return f"CREATE TABLE {quoted(object_type.name)} (\n  {columns}\n)"


def _statements(object_type: SObjectType) -> Iterator[str]:
    # Blobs come last: SQLite walks through a row's blob to reach the columns behind it.
    fields = sorted(object_type.stored_fields, key=lambda each: each.type == "base64")
    table = quoted(object_type.name)
    yield _table_sql(object_type, fields)
    # What lies in the recycle bin does not keep its values from others.
    live = ' WHERE "IsDeleted" = 0' if object_type.field("IsDeleted") else ""
    for field in fields:
        if field.unique:
            yield f"CREATE UNIQUE INDEX {_index(object_type, field)} ON {table} ({quoted(field.name)}){live}"
        elif _is_indexed(field):
            yield f"CREATE INDEX {_index(object_type, field)} ON {table} ({quoted(field.name)})"


def _column(field: FieldType) -> str:
    kind = _COLUMN_TYPES.get(field.type, _TEXT)
    if field.unique and field.case_sensitive:
        kind = "TEXT COLLATE BINARY"
    if field.type == "id":
        return f"{quoted(field.name)} {kind} PRIMARY KEY NOT NULL"
    if field.sql is not None:
        return f"{quoted(field.name)} {kind} GENERATED ALWAYS AS ({field.sql}) VIRTUAL"
    return f"{quoted(field.name)} {kind}"


def _is_indexed(field: FieldType) -> bool:
    audit = ("CreatedById", "LastModifiedById")
    reference = field.type == "reference" and field.name not in audit
    looked_up = (field.id_lookup or field.external_id) and field.type != "id"
    return reference or looked_up or field.name_field or field.name == "SystemModstamp"


def _index(object_type: SObjectType, field: FieldType) -> str:
    return quoted(f"{object_type.name}.{field.name}")


@dataclass(frozen=True, slots=True)
class Table:
    """An sObject's table: its columns, their defaults, and the statements that go with them."""

    written: tuple[str, ...]
    read: tuple[str, ...]
    defaults: Mapping[str, Stored]
    dependent: tuple[FieldType, ...]
    numbered: tuple[FieldType, ...]
    insert_sql: str
    read_sql: str


def table_of(object_type: SObjectType) -> Table:
    """The table of an sObject: computed columns take no value, and a record is read without its blobs."""
    fields = [each for each in object_type.stored_fields if not each.computed]
    written = tuple(each.name for each in fields)
    read = tuple(each.name for each in object_type.stored_fields if each.type != "base64")
    name, marks = quoted(object_type.name), ", ".join("?" * len(written))
    return Table(
        written=written,
        read=read,
        defaults={
            each.name: as_column(each.default_value) for each in fields if each.default_value is not None
        },
        dependent=tuple(each for each in fields if each.default_from is not None),
        numbered=tuple(each for each in fields if each.auto_number),
        insert_sql=f"INSERT INTO {name} ({_listed(written)}) VALUES ({marks})",  # noqa: S608 - quoted names
        read_sql=f"SELECT {_listed(read)} FROM {name} WHERE Id = ?",  # noqa: S608 - quoted names
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))


def as_column(value: object) -> Stored:
    """A default of the schema as it is stored."""
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, str | int | float) else None
