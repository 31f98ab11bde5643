"""The full-text index over an org's records, kept true by triggers.

One FTS5 table serves all sObjects; a record's place in it is its row number behind the number of its sObject.
The text itself is not kept a second time, so whatever leaves the index must be told as it came in: that is
why triggers, which know a row before and after a change, keep it.

A VACUUM may give rows other numbers; the index would have to be made anew behind it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.tables import quoted

# No sObject's name begins like this.
INDEX = "_search"
WORDS = "_search_words"

# The columns of the index, by the fields that SOSL's scopes speak of.
COLUMNS = ("name", "email", "phone", "short", "long")
# What a match is worth, column by column: a name more than a mention.
_WEIGHTS = "bm25(10.0, 4.0, 4.0, 2.0, 1.0)"
_BY_TYPE = {"email": "email", "phone": "phone", "textarea": "long"}
_SHORT = frozenset({"string", "url", "combobox"})
# Fields that are searched as names beside the name field (soql.md, section 2).
_ALSO_NAMES = {
    "Account": ("Site", "Website"),
    "Case": ("Subject",),
    "Event": ("Subject",),
    "Lead": ("Company",),
    "Task": ("Subject",),
}
# A word of its own between two fields, so that no phrase reaches over; nobody types it.
_BETWEEN = "\ue000"
_PUNCTUATION = " -()+./"
# Rows that an sObject may have.
_ROOM = 2**40


def searched_fields(type: SObjectType) -> dict[str, list[FieldType]]:
    """The fields whose text is found, by the columns of the index."""
    found: dict[str, list[FieldType]] = {column: [] for column in COLUMNS}
    name, also = type.name_field, _ALSO_NAMES.get(type.name, ())
    for field in type.fields:
        column = "name" if field.name in also else _column(field, name)
        if column is not None:
            found[column].append(field)
    return found


def _column(field: FieldType, name: FieldType | None) -> str | None:
    if field is name:
        return "name"
    # The parts of a name are in the name.
    if field.computed or (name is not None and field.compound_field_name == name.name):
        return None
    return "short" if field.type in _SHORT else _BY_TYPE.get(field.type)


def is_searchable(type: SObjectType) -> bool:
    """Whether an sObject's records can be found."""
    return type.flags["searchable"] and any(searched_fields(type).values())


def searchable(schema: Schema) -> list[SObjectType]:
    """The sObjects whose records can be found."""
    return [each for each in schema if is_searchable(each)]


def places(schema: Schema, type: SObjectType) -> tuple[int, int]:
    """The first and the last place that records of an sObject can have in the index."""
    number = next(number for number, each in enumerate(schema, 1) if each is type)
    start = number * _ROOM
    return start, start + _ROOM - 1


def keep_index(connection: sqlite3.Connection, schema: Schema) -> None:
    """Make the index of an org that has none, or one of another layout; an index that fits costs one look."""
    made = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master")}
    if made.issuperset((*_tables(), *_triggers(schema))):
        return
    connection.execute("SAVEPOINT indexing")
    with _released(connection):
        for name in (WORDS, INDEX):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _tables():
            connection.execute(statement)
        connection.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES ('rank', '{_WEIGHTS}')")  # noqa: S608 - constants
        _drop_triggers(connection)
        _fill(connection, schema)


@contextmanager
def unindexed(connection: sqlite3.Connection, schema: Schema) -> Iterator[None]:
    """Let very many records be written without the index, and index all there are at the end.

    That is eight times as fast as record by record.
    """
    connection.execute("SAVEPOINT indexing")
    with _released(connection):
        _drop_triggers(connection)
        yield
        connection.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')")  # noqa: S608 - constants
        _fill(connection, schema)


@contextmanager
def _released(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO indexing")
        raise
    finally:
        connection.execute("RELEASE indexing")


def _fill(connection: sqlite3.Connection, schema: Schema) -> None:
    for type in searchable(schema):
        values = _values(searched_fields(type), "found", places(schema, type)[0])
        connection.execute(
            f"INSERT INTO {_target()} SELECT {values} FROM {quoted(type.name)} AS found"  # noqa: S608
        )
    for statement in _triggers(schema):
        connection.execute(statement)


def _drop_triggers(connection: sqlite3.Connection) -> None:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?", (f"{INDEX}.*",)
    ).fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {quoted(name)}")


def _tables() -> tuple[str, ...]:
    return (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(COLUMNS)}, content='', "
        'tokenize="unicode61 remove_diacritics 2")',
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5vocab({INDEX}, row)",
    )


def _triggers(schema: Schema) -> Iterable[str]:
    for type in searchable(schema):
        table, columns, first = quoted(type.name), searched_fields(type), places(schema, type)[0]
        old, new = _values(columns, "old", first), _values(columns, "new", first)
        fields = [field.name for each in columns.values() for field in each]
        changed = " OR ".join(f"old.{quoted(name)} IS NOT new.{quoted(name)}" for name in fields)
        add = f"INSERT INTO {_target()} SELECT {new};"
        remove = f"INSERT INTO {_target(removing=True)} SELECT 'delete', {old};"
        for event, condition, steps in (
            ("INSERT", "", add),
            ("UPDATE", f" WHEN {changed}", f"{remove} {add}"),
            ("DELETE", "", remove),
        ):
            name = quoted(f"{INDEX}.{type.name}.{event}")
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table}{condition} BEGIN {steps} END"


def _target(*, removing: bool = False) -> str:
    command = f"{INDEX}, " if removing else ""
    return f"{INDEX}({command}rowid, {', '.join(COLUMNS)})"


def _values(columns: Mapping[str, Sequence[FieldType]], row: str, first: int) -> str:
    """The place and the texts of a row, as a list of SQL expressions."""
    texts = [
        " || ".join(_text(field, f"{row}.{quoted(field.name)}") for field in fields) or "NULL"
        for fields in columns.values()
    ]
    return ", ".join([f"{first} + {row}.rowid", *texts])


def _text(field: FieldType, value: str) -> str:
    if field.type == "phone":
        value = f"{value} || ' ' || {_digits(value)}"
    return f"coalesce(' {_BETWEEN} ' || {value}, '')"


def _digits(value: str) -> str:
    """A number without what people put between its digits, so that it is found however it is typed."""
    for sign in _PUNCTUATION:
        value = f"replace({value}, '{sign}', '')"
    return value
