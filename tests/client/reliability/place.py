"""Where an operation is tried: an org, a handle that a fault will strike, and one that it won't."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sfexplorer.client import Connection, Org

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer


@dataclass(frozen=True, slots=True)
class Place:
    """All that one operation needs.

    Attributes:
        demo: the org itself.
        connection: whose requests the fault strikes.
        org: the handle on that connection.
        undisturbed: a handle on another connection, for what has to be there before.
        folder: an empty folder.
        key: a text that no other operation has: whatever is made is found by it.
        known: right answers by the names of operations.
    """

    demo: DemoServer
    connection: Connection
    org: Org
    undisturbed: Org
    folder: Path
    key: str
    known: dict[str, object]

    async def count(self, type: str, where: str) -> int:
        """How many records there are, as the handle sees it that the fault has struck."""
        query = self.org.query(f"SELECT COUNT() FROM {type} WHERE {where}")
        return (await query.first_page()).total_size


@dataclass(frozen=True, slots=True)
class Attempt:
    """An operation that is ready to go.

    Attributes:
        act: does it; tells whether its answer is right.
        done: how many times it is done in the org, or on the disk; asks by the handle of `act`.
        wanted: what `done` tells once `act` was right.
    """

    act: Callable[[], Awaitable[bool]]
    done: Callable[[], Awaitable[int]]
    wanted: int = 1


@dataclass(frozen=True, slots=True)
class Operation:
    """A call of the client, and the one of its requests that a fault strikes.

    Attributes:
        name: what the table calls it.
        call: how it is written.
        method: the request's method.
        path: a pattern of its path with its query; no other operation's request fits it.
        prepare: makes all that has to be there before.
    """

    name: str
    call: str
    method: str
    path: str
    prepare: Callable[[Place], Awaitable[Attempt]]
