"""Connections that only read, so that a long query holds up neither writers nor other readers."""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.executor.sqlfunctions import teach
from sfexplorer.demo.storage import Store

_MOST = 4
# Salesforce gives up on a query after two minutes; nobody waits that long for an org on the same machine.
_LONGEST_SECONDS = 30
_STEPS_BETWEEN_LOOKS = 50_000


class Readers:
    """A few read-only connections to one file; whoever finds all of them taken waits."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the org for as long as the block lasts.

        Raises:
            Refusal: When SQLite finds the query too long or too complicated.
        """
        connection = self._take()
        connection.execute("BEGIN")
        try:
            with _limited(connection):
                yield connection
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._free.put(connection)

    @contextmanager
    def within(self, store: Store) -> Iterator[sqlite3.Connection]:
        """The connection of a store that is in a transaction, to read what that has written so far.

        Raises:
            Refusal: As `connection` does.
        """
        with store.reading() as connection, _limited(connection):
            yield connection

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def _take(self) -> sqlite3.Connection:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            with self._lock:
                if len(self._all) < _MOST:
                    self._all.append(self._open())
                    return self._all[-1]
            return self._free.get()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA query_only = ON")
        teach(connection)
        return connection


@contextmanager
def _limited(connection: sqlite3.Connection) -> Iterator[None]:
    deadline = time.monotonic() + _LONGEST_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except (sqlite3.Error, OverflowError) as error:
        raise _refused(error) from error
    finally:
        connection.set_progress_handler(None, 0)


def _refused(error: Exception) -> Refusal:
    if "interrupted" in str(error):
        return refusal(400, "QUERY_TIMEOUT", "Your query request was running for too long.")
    return refusal(400, "QUERY_TOO_COMPLICATED", f"Query is too complicated: {error}")
