"""The events of the last days, in the file of the org's records, so that they are kept where it is kept.

Replay ids rise through all channels, so that each channel's have gaps, and one more is left out behind every
transaction. Events go when their time is over, and the oldest also when there are very many.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence

from sfexplorer.demo.storage import Store
from sfexplorer.demo.streaming.events import Draft, Event
from sfexplorer.demo.web.answers import encoded

MOST_EVENTS = 100_000
ALL_CHANGES = "/data/ChangeEvents"
_DAY = 24 * 60 * 60
# Seconds that events are kept, by the first part of their channel (streaming.md section 2).
_RETENTION = {"topic": _DAY, "u": _DAY, "event": 3 * _DAY, "data": 3 * _DAY}
_BETWEEN_PRUNINGS = 1_000
_TABLE = """CREATE TABLE IF NOT EXISTS "streaming event" (
  id INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, at REAL NOT NULL,
  users TEXT NOT NULL, data BLOB NOT NULL
)"""
_INDEX = 'CREATE INDEX IF NOT EXISTS "streaming event channel" ON "streaming event" (channel, id)'
_INSERT = 'INSERT INTO "streaming event" VALUES (?, ?, ?, ?, ?)'
_SELECT = 'SELECT id, channel, data, users FROM "streaming event" WHERE '
_DELETE_OLDEST = """DELETE FROM "streaming event" WHERE id <= (
  SELECT id FROM "streaming event" ORDER BY id DESC LIMIT 1 OFFSET ?)"""
_LAST = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'streaming event'"


class EventStore:
    """Keeps events and gives them their replay ids; to be written to within a transaction.

    Attributes:
        now: tells the seconds since 1970 by which events grow old.
    """

    def __init__(self, store: Store, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self._store = store
        store.execute(_TABLE)
        store.execute(_INDEX)
        self.last = int(str(store.select(_LAST)[0][0] or 0))
        self._pruned_at = self.last
        self._prune()

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """Keep new events."""
        events, at = [], self.now()
        for draft in drafts:
            self.last += 1
            draft.body["event"]["replayId"] = self.last
            event = Event(self.last, draft.channel, encoded(draft.body), draft.users)
            events.append(event)
            self._store.execute(_INSERT, (event.id, event.channel, at, ",".join(event.users), event.data))
        self.last += 1
        if self.last - self._pruned_at > _BETWEEN_PRUNINGS:
            self._prune()
        return events

    def replay(self, connection: sqlite3.Connection, channel: str, after: int, until: int) -> list[Event]:
        """The events of a channel behind one replay id and up to another."""
        condition, *parameters = self._kept(channel)
        query = f"{_SELECT}{condition} AND id > ? AND id <= ? ORDER BY id"
        rows = connection.execute(query, (*parameters, after, until))
        return [
            Event(id, name, data, tuple(filter(None, users.split(",")))) for id, name, data, users in rows
        ]

    def oldest(self, connection: sqlite3.Connection, channel: str) -> int | None:
        """The replay id of a channel's oldest event that is still kept."""
        condition, *parameters = self._kept(channel)
        query = f'SELECT min(id) FROM "streaming event" WHERE {condition}'  # noqa: S608 - a constant
        found: int | None = connection.execute(query, parameters).fetchone()[0]
        return found

    def _kept(self, channel: str) -> tuple[str, *tuple[str | float, ...]]:
        since = self.now() - _RETENTION[channel.split("/")[1]]
        if channel == ALL_CHANGES:
            return "channel >= '/data/' AND channel < '/data0' AND at >= ?", since
        return "channel = ? AND at >= ?", channel, since

    def _prune(self) -> None:
        self._pruned_at = self.last
        for kind, seconds in _RETENTION.items():
            self._store.execute(
                'DELETE FROM "streaming event" WHERE channel >= ? AND channel < ? AND at < ?',
                (f"/{kind}/", f"/{kind}0", self.now() - seconds),
            )
        self._store.execute(_DELETE_OLDEST, (MOST_EVENTS,))
