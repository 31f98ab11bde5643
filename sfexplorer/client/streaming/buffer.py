"""What has come and was not yet asked for. Who asks too slowly stops the polling, not the memory."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from sfexplorer.client.streaming.events import Event
from sfexplorer.client.streaming.states import StateChanged

Told = Event | StateChanged


class Buffer:
    """Hands over from the task that polls to those that read, in order.

    Args:
        room: how much may wait before the polling stops; one answer of the org may go beyond.
    """

    def __init__(self, room: int) -> None:
        if room < 1:
            raise ValueError("at least one event must have room")
        self._room = room
        self._waiting: deque[Told | Exception] = deque()
        self._end: BaseException | None = None
        self._changed = asyncio.Event()
        self._roomy = asyncio.Event()
        self._roomy.set()

    def put(self, told: Iterable[Told | Exception]) -> None:
        """Let them wait."""
        self._waiting.extend(told)
        if self._waiting:
            self._changed.set()
        if len(self._waiting) >= self._room:
            self._roomy.clear()

    def end(self, error: BaseException) -> None:
        """Raise the error for all who ask, once nothing waits any more."""
        self._end = error
        self._changed.set()

    def reopen(self) -> None:
        """Wait for more again after an end."""
        self._end = None

    async def room(self) -> None:
        """Wait until there is room."""
        await self._roomy.wait()

    def hurry(self) -> None:
        """Let one who waits for room go on without."""
        self._roomy.set()

    async def take(self) -> Told:
        """The next one.

        Raises:
            Exception: what was put in its place, or the end.
        """
        while not self._waiting:
            if self._end is not None:
                raise self._end
            self._changed.clear()
            await self._changed.wait()
        told = self._waiting.popleft()
        if len(self._waiting) < self._room:
            self._roomy.set()
        if isinstance(told, Exception):
            raise told
        return told
