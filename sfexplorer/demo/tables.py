"""The SQL that lays out the tables of a schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
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
        create_table(connection, object_type)


def create_table(connection: sqlite3.Connection, object_type: SObjectType) -> None:
    """Make the table and indexes of one sObject."""
    # Blobs come last: SQLite walks through a row's blob to reach the columns behind it.
    fields = sorted(object_type.stored_fields, key=lambda each: each.type == "base64")
    connection.execute(_table_sql(object_type, fields))
    create_indexes(connection, object_type, fields)


def add_column(connection: sqlite3.Connection, object_type: SObjectType, field: FieldType) -> None:
    """Make a further column of a table that is there, filled with its default."""
    table = quoted(object_type.name)
    connection.execute(f"ALTER TABLE {table} ADD COLUMN {_column(field)}")
    if field.default_value is not None and not field.computed:
        statement = f"UPDATE {table} SET {quoted(field.name)} = ?"  # noqa: S608 - quoted names
        connection.execute(statement, (as_column(field.default_value),))
    create_indexes(connection, object_type, [field])


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


def create_indexes(
    connection: sqlite3.Connection, object_type: SObjectType, fields: Iterable[FieldType]
) -> None:
    """Make the indexes of some fields."""
    table = quoted(object_type.name)
    # What lies in the recycle bin does not keep its values from others.
    live = ' WHERE "IsDeleted" = 0' if object_type.field("IsDeleted") else ""
    for field in fields:
        index = f"INDEX {index_name(object_type, field)} ON {table} ({quoted(field.name)})"
        if field.unique:
            connection.execute(f"CREATE UNIQUE {index}{live}")
        elif _is_indexed(field):
            connection.execute(f"CREATE {index}")


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


def index_name(object_type: SObjectType, field: FieldType) -> str:
    """The name of a field's index."""
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
