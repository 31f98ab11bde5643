"""Makes an org big: contacts put together from the parts of the seeded ones, as many as are wanted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.storage import Store, quoted
from sfexplorer.demo.tables import create_indexes, index_name

_TYPE = "Contact"
# How far the surnames move against the rest from round to round.
_STEP = 37
_TOLD_EVERY = 100_000
# The file is new, and thrown away if this doesn't come to its end; 200 MB hold what indexes are sorted from.
_FOR_MUCH = ("PRAGMA journal_mode = OFF", "PRAGMA cache_size = -200000", "PRAGMA temp_store = MEMORY")
# An address of its own: vikram.desai4@reddy.example and li.wang5@inn.example: vikram.wang5.7@reddy.example.
_EMAIL = """CASE WHEN one.Email LIKE '%_._%@%' AND other.Email LIKE '%_._%@%' THEN
    substr(one.Email, 1, instr(one.Email, '.'))
    || substr(other.Email, instr(other.Email, '.') + 1, instr(other.Email, '@') - instr(other.Email, '.') - 1)
    || '.' || :round || substr(one.Email, instr(one.Email, '@')) END"""
# What makes a copy someone else.
_CHANGED = {
    "Id": "new_id()",
    "LastName": "other.LastName",
    "Email": _EMAIL,
    "MasterRecordId": "NULL",
    "ReportsToId": "NULL",
    # Half of all bytes, and of the index for searches.
    "Description": "NULL",
}


def multiply(store: Store, wanted: int, on_progress: Callable[[str], None] | None) -> None:
    """Add contacts until there are as many as wanted, in batches of as many as there are now.

    Args:
        store: a freshly seeded org.
        wanted: how many contacts there shall be.
        on_progress: called with a line now and then.
    """
    type = store.schema[_TYPE]
    there = store.count(type)
    with store.reading() as connection:
        for pragma in _FOR_MUCH:
            connection.execute(pragma)
    with store.loading(), store.reading() as connection, store.transaction():
        connection.create_function("new_id", 0, lambda: store.new_id(type))
        _drop_indexes(connection, type)
        connection.execute(
            "CREATE TEMP TABLE model AS SELECT row_number() OVER (ORDER BY Id) - 1 AS place, * FROM Contact"
        )
        connection.execute("CREATE UNIQUE INDEX temp.model_place ON model (place)")
        statement, made, told, number = _statement(type), there, there, 0
        while made < wanted:
            number += 1
            batch = min(there, wanted - made)
            connection.execute(
                statement, {"round": number, "shift": number * _STEP, "models": there, "batch": batch}
            )
            made += batch
            if on_progress is not None and (made - told >= _TOLD_EVERY or made == wanted):
                told = made
                on_progress(f"made {made:,} of {wanted:,} contacts")
        connection.execute("DROP TABLE model")
        if on_progress is not None:
            on_progress("making the indexes")
        create_indexes(connection, type, type.stored_fields)
        if on_progress is not None:
            on_progress("making the index for searches")


def _statement(type: SObjectType) -> str:
    names = [each.name for each in type.stored_fields if not each.computed]
    values = ", ".join(_CHANGED.get(name, f"one.{quoted(name)}") for name in names)
    columns = ", ".join(map(quoted, names))
    return (
        f"INSERT INTO {_TYPE} ({columns}) SELECT {values} FROM model AS one "  # noqa: S608 - names of the schema
        "JOIN model AS other ON other.place = (one.place + :shift) % :models "
        "WHERE one.place < :batch ORDER BY one.place"
    )


def _drop_indexes(connection: sqlite3.Connection, type: SObjectType) -> None:
    for field in type.stored_fields:
        connection.execute(f"DROP INDEX IF EXISTS {index_name(type, field)}")
