"""The running org: its schema, records, sessions, and what is counted and logged."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from sfexplorer.demo.allowance import Allowance
from sfexplorer.demo.auth.state import AuthState
from sfexplorer.demo.bulk.jobs import Jobs
from sfexplorer.demo.credentials import Facts
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.snapshots import Snapshots
from sfexplorer.demo.executor.sqlfunctions import teach
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.readers import Readers
from sfexplorer.demo.recents import Recents
from sfexplorer.demo.sessions import Sessions
from sfexplorer.demo.storage import Store, open_store, quoted
from sfexplorer.demo.streaming.capture import Capture
from sfexplorer.demo.streaming.eventstore import EventStore
from sfexplorer.demo.streaming.hub import Hub
from sfexplorer.demo.transaction import current, opened
from sfexplorer.demo.users import User, find_user, find_username, first_user
from sfexplorer.demo.web.connections import Connections
from sfexplorer.demo.web.faults import Faults
from sfexplorer.demo.web.log import RequestLog

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Org:
    """Everything that requests share.

    Attributes:
        url: where the org listens, without a slash at its end.
        passwords: those of users who don't have the one that all have at first, by the users' ids.
        turn: what writers wait for, so that none of them waits in a thread.
    """

    url: str
    schema: Schema
    store: Store
    readers: Readers
    administrator: User
    sessions: Sessions
    auth: AuthState
    snapshots: Snapshots = field(default_factory=Snapshots)
    jobs: Jobs = field(default_factory=Jobs)
    faults: Faults = field(default_factory=Faults)
    log: RequestLog = field(default_factory=RequestLog)
    connections: Connections = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)
    recents: Recents = field(default_factory=Recents)
    passwords: dict[str, str] = field(default_factory=dict, repr=False)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    events: EventStore = field(init=False)
    hub: Hub = field(init=False)

    def __post_init__(self) -> None:
        self.events, self.hub = EventStore(self.store), Hub(self.faults, self.allowance)
        self.hub.start(self.events.last)
        self.store.journal.listener = Capture(
            self.store, self.events, self.administrator.zone, self.hub.publish
        )
        self.sessions.on_end = self.hub.end_token

    @classmethod
    def open(cls, schema: Schema, path: Path, url: str) -> Self:
        """The org whose records are in a seeded file.

        Raises:
            LookupError: When the file holds no users.
            sqlite3.Error: When it is no database, or one with other columns.
        """
        store = open_store(path, schema)
        try:
            # Readers go on while somebody writes.
            store.select("PRAGMA journal_mode = WAL")
            _check_columns(store)
            administrator = first_user(store)
            with store.reading() as connection:
                teach(connection)
        except BaseException:
            store.close()
            raise
        readers = Readers(path)
        sessions, auth = Sessions(administrator.id), AuthState.of(administrator.id)
        return cls(url, schema, store, readers, administrator, sessions, auth)

    def end_waiting(self) -> None:
        """Let all go that are held: listeners, and those whom a fault lets wait."""
        self.hub.close()
        self.faults.clear()

    def close(self) -> None:
        """Let go of the file."""
        self.jobs.close()
        self.readers.close()
        self.store.close()

    def expire(self, token: str | None = None) -> int:
        """Make a session, code or refresh token expire or, without one, all sessions; how many did."""
        if token is None:
            return self.sessions.end_all()
        return int(self.sessions.end(token) or self.auth.expire(token))

    @property
    def facts(self) -> Facts:
        """What a client needs to know."""
        return Facts.at(self.url, self.administrator.username)

    def context(self, text: str = "", *, deleted: bool = False) -> Context:
        """What a query of the administrator is read in."""
        user = self.administrator
        return Context(self.schema, text, user.zone, deleted=deleted, user_id=user.id)

    async def read(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do some reading in a thread, on a connection that sees one state of the org."""

        def reading() -> T:
            with self._connection() as connection:
                return work(connection, *args, **kwargs)

        return await _in_thread(reading)

    def _connection(self) -> AbstractContextManager[sqlite3.Connection]:
        """What a reader reads from: within a transaction the store itself, which knows its steps so far."""
        return self.readers.connection() if current() is None else self.readers.within(self.store)

    async def write(self, work: Callable[Concatenate[Org, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do some writing in a thread: all of it or, when it raises, nothing."""

        def writing() -> T:
            with self.store.transaction():
                return work(self, *args, **kwargs)

        if current() is not None:
            return await _in_thread(writing)
        async with self.turn:
            return await _in_thread(writing)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Make all that the block awaits of this org one: all of it happens or, when it raises, nothing."""
        async with self.turn, opened(self.store.transaction()):
            yield

    async def user(self, user_id: str) -> User | None:
        """The user of this id."""
        return await _in_thread(partial(find_user, self.store, user_id))

    async def user_named(self, username: str) -> User | None:
        """The user who signs in with this name."""
        return await _in_thread(partial(find_username, self.store, username))

    async def counts(self, names: Iterable[str]) -> dict[str, int]:
        """How many records some sObjects have."""

        def counting() -> dict[str, int]:
            return {name: self.store.count(self.schema[name]) for name in names}

        return await _in_thread(counting)


async def _in_thread(work: Callable[[], T]) -> T:
    """Do some work in the thread of the transaction that it is a step of, or in any."""
    transaction = current()
    return await (asyncio.to_thread(work) if transaction is None else transaction.run(work))


def _check_columns(store: Store) -> None:
    """See to it that a kept file has the columns of the schema, which may have grown since."""
    for each in store.schema:
        columns = ", ".join(quoted(field.name) for field in each.stored_fields)
        store.select(f"SELECT {columns} FROM {quoted(each.name)} LIMIT 0")  # noqa: S608 - names of the schema
