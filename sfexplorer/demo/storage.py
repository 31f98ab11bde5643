"""The org's records in one SQLite file.

One table per sObject, one column per stored field, in describe order; both bear their API names, which must
be quoted (`quoted`), since `Case` and `Group` are words of SQL. Text compares without case, ids with it.
Computed fields are generated columns. Values are stored as `values` documents. Deleted records stay, with
`IsDeleted` 1, where the sObject has that field.

A store has one connection and one re-entrant lock: every method takes the lock, so that any thread may call
it; hold `transaction()` to make several steps one. Readers of their own SQL use `select`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.ids import IdGenerator
from sfexplorer.demo.journal import Journal
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.search.index import keep_index, unindexed
from sfexplorer.demo.tables import as_column, create_tables, quoted, table_of
from sfexplorer.demo.values import Stored, compound_json, from_json, stamp, to_json

__all__ = ["Store", "Stored", "compound_json", "from_json", "open_store", "quoted", "stamp", "to_json"]

Row = tuple[Stored, ...]

# Auto-numbers as a Developer Edition org starts them: case 00001000.
FIRST_NUMBER = 1000


def open_store(path: Path | str, schema: Schema) -> Store:
    """The store of a file, or of ":memory:"; a new file gets its tables."""
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    # A demo org outlives its process, if it is to be kept, but need not outlive a crash of the machine.
    connection.execute("PRAGMA synchronous = OFF")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            create_tables(connection, schema)
        keep_index(connection, schema)
        return Store(connection, schema)
    except BaseException:
        connection.close()
        raise


class Store:
    """The records of an org, in stored values by the API names of their fields."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self.schema = schema
        self.journal = Journal()
        self._connection = connection
        self._lock = threading.RLock()
        self._depth = 0
        self._tables = {each.name: table_of(each) for each in schema}
        self._ids = IdGenerator()
        self._numbers: dict[tuple[str, str], int] = {}
        for object_type in schema:
            self._ids.note(self._largest_id(object_type))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the steps within one: all of them happen or, on an exception, none. May be nested."""
        with self._lock:
            self._depth += 1
            name = f"step{self._depth}"
            mark, afterwards = self.journal.mark, None
            self._connection.execute(f"SAVEPOINT {name}")
            try:
                yield
                afterwards = self.journal.end() if self._depth == 1 else None
            except BaseException:
                self._connection.execute(f"ROLLBACK TO {name}")
                self.journal.forget(mark)
                raise
            finally:
                self._connection.execute(f"RELEASE {name}")
                self._depth -= 1
            if afterwards is not None:
                afterwards()

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Add very many records: searches find them when all are there, not one by one."""
        with self._lock, unindexed(self._connection, self.schema):
            yield

    def select(self, sql: str, parameters: Sequence[Stored] | Mapping[str, Stored] = ()) -> list[Row]:
        """All rows that an SQL query gives."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Stored] | Mapping[str, Stored] = ()) -> int:
        """Run an SQL statement that changes something; how many rows it touched."""
        with self._lock:
            return self._connection.execute(sql, parameters).rowcount

    def create(self, object_type: SObjectType, values: Mapping[str, Stored]) -> str:
        """Add one record with its defaults, and give the new id (or the one in the values)."""
        with self._lock:
            row = self.with_defaults(object_type, values)
            id = str(row.get("Id") or self.new_id(object_type))
            row["Id"] = id
            self.insert_many(object_type, [self.numbered(object_type, row)])
            if self._depth and self.journal.wants(object_type, id):
                self.journal.touch(object_type, id, None)
            return id

    def numbered(self, object_type: SObjectType, row: dict[str, Stored]) -> dict[str, Stored]:
        """A row whose auto-numbers are filled in."""
        with self._lock:
            for field in self._tables[object_type.name].numbered:
                if row.get(field.name) is None:
                    row[field.name] = self._next_number(object_type, field)
        return row

    def with_defaults(self, object_type: SObjectType, values: Mapping[str, Stored]) -> dict[str, Stored]:
        """Values completed by the defaults of the fields that they leave out."""
        table = self._tables[object_type.name]
        row = {**table.defaults, **values}
        for field in table.dependent:
            source = field.default_from
            if source is not None and field.name not in values and row.get(source.field) in source.values:
                row[field.name] = as_column(source.values[str(row[source.field])])
        return row

    def insert_many(self, object_type: SObjectType, rows: Iterable[Mapping[str, Stored]]) -> None:
        """Add records that have ids of their own, quickly; what a row leaves out is null."""
        table = self._tables[object_type.name]
        with self._lock:
            values = ([row.get(name) for name in table.written] for row in rows)
            self._connection.executemany(table.insert_sql, values)

    def update(self, object_type: SObjectType, id: str, values: Mapping[str, Stored]) -> bool:
        """Change some fields of a record; whether it was there."""
        if not values:
            return self.exists(object_type, id)
        changes = ", ".join(f"{quoted(name)} = ?" for name in values)
        statement = f"UPDATE {quoted(object_type.name)} SET {changes} WHERE Id = ?"  # noqa: S608
        with self._lock:
            self._note(object_type, id)
            return self._connection.execute(statement, (*values.values(), id)).rowcount > 0

    def erase(self, object_type: SObjectType, id: str) -> bool:
        """Take a record away for good; whether it was there. (A delete by the API sets IsDeleted.)"""
        statement = f"DELETE FROM {quoted(object_type.name)} WHERE Id = ?"  # noqa: S608
        with self._lock:
            self._note(object_type, id)
            return self._connection.execute(statement, (id,)).rowcount > 0

    def read(self, object_type: SObjectType, id: str) -> dict[str, Stored] | None:
        """All values of a record but its blobs; deleted records are read too."""
        table = self._tables[object_type.name]
        rows = self.select(table.read_sql, (id,))
        return dict(zip(table.read, rows[0], strict=True)) if rows else None

    def blob(self, object_type: SObjectType, id: str, field: str) -> bytes | None:
        """The bytes of a record's blob field; None where the record or its blob is missing."""
        query = f"SELECT {quoted(field)} FROM {quoted(object_type.name)} WHERE Id = ?"  # noqa: S608
        rows = self.select(query, (id,))
        return bytes(rows[0][0]) if rows and isinstance(rows[0][0], bytes) else None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection itself, for who reads by SQL of their own within a transaction."""
        with self._lock:
            yield self._connection

    def exists(self, object_type: SObjectType, id: str) -> bool:
        """Whether a record of this id is there, deleted or not."""
        query = f"SELECT 1 FROM {quoted(object_type.name)} WHERE Id = ?"  # noqa: S608
        return bool(self.select(query, (id,)))

    def count(self, object_type: SObjectType) -> int:
        """How many records there are that aren't deleted."""
        condition = " WHERE IsDeleted = 0" if object_type.field("IsDeleted") else ""
        rows = self.select(f"SELECT count(*) FROM {quoted(object_type.name)}{condition}")  # noqa: S608
        return int(str(rows[0][0]))

    def new_id(self, object_type: SObjectType) -> str:
        """An id that no record has yet; ids increase."""
        with self._lock:
            return self._ids.next(object_type.key_prefix or "000")

    def _note(self, object_type: SObjectType, id: str) -> None:
        """Note in the journal what a record is like before it changes."""
        if self._depth and self.journal.wants(object_type, id):
            self.journal.touch(object_type, id, self.read(object_type, id))

    def _largest_id(self, object_type: SObjectType) -> str:
        rows = self.select(f"SELECT max(Id) FROM {quoted(object_type.name)}")  # noqa: S608
        return str(rows[0][0] or "")

    def _next_number(self, object_type: SObjectType, field: FieldType) -> str:
        """The next value of an auto-number: `INV-{0000}` counts INV-1000, INV-1001."""
        before, _, rest = (field.display_format or "{0}").partition("{")
        zeros, _, behind = rest.partition("}")
        key = object_type.name, field.name
        if key not in self._numbers:
            number = f"CAST(substr({quoted(field.name)}, {len(before) + 1}) AS INTEGER)"
            rows = self.select(f"SELECT max({number}) FROM {quoted(object_type.name)}")  # noqa: S608
            self._numbers[key] = max(int(str(rows[0][0] or 0)), FIRST_NUMBER - 1)
        self._numbers[key] += 1
        return f"{before}{self._numbers[key]:0{len(zeros)}}{behind}"
