"""Answers that many ask for at once: the question goes out once, and the answer is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class Shared(Generic[Key, Answer]):
    """A cache of awaited answers. A failure is told to all who wait for it, and not kept."""

    def __init__(self, ask: Callable[[Key], Coroutine[Any, Any, Answer]]) -> None:
        self._ask = ask
        self._kept: dict[Key, Answer] = {}
        self._asking: dict[Key, asyncio.Task[Answer]] = {}
        self._waiting: dict[asyncio.Task[Answer], int] = {}

    def peek(self, key: Key) -> Answer | None:
        """The answer, if it is here."""
        return self._kept.get(key)

    def keep(self, key: Key, answer: Answer) -> None:
        """Put an answer that was found in another way."""
        self._kept[key] = answer

    def forget(self, key: Key) -> None:
        """Ask again the next time."""
        self._kept.pop(key, None)

    async def get(self, key: Key, *, refresh: bool = False) -> Answer:
        """The answer, from memory, from the question under way, or from a new one."""
        if not refresh and key in self._kept:
            return self._kept[key]
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._fetch(key))
            task.add_done_callback(_look_at)
        self._waiting[task] = self._waiting.get(task, 0) + 1
        try:
            # Shielded: one who stops waiting must not take the answer from the others.
            return await asyncio.shield(task)
        finally:
            await self._stop_waiting(key, task)

    async def _stop_waiting(self, key: Key, task: asyncio.Task[Answer]) -> None:
        """The last one to go ends the question, and stays until its connection is let go of."""
        self._waiting[task] -= 1
        if self._waiting[task] > 0:
            return
        del self._waiting[task]
        if not task.done():
            # Before it ends: whoever comes meanwhile asks anew.
            self._asking.pop(key, None)
            task.cancel()
            await asyncio.wait([task])

    async def _fetch(self, key: Key) -> Answer:
        try:
            answer = await self._ask(key)
        finally:
            if self._asking.get(key) is asyncio.current_task():
                del self._asking[key]
        self._kept[key] = answer
        return answer


def _look_at(task: asyncio.Task[Any]) -> None:
    """Take note of a failure that nobody waits for any more; asyncio would complain of it at random."""
    if not task.cancelled():
        task.exception()
