"""Requests that are under way before somebody waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """What was asked for ahead, by its path.

    Args:
        fetch: gets what is at a path.
    """

    def __init__(self, fetch: Callable[[str], Coroutine[Any, Any, T]]) -> None:
        self._fetch = fetch
        self._tasks: dict[str, asyncio.Task[T]] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, path: str) -> bool:
        return path in self._tasks

    def launch(self, path: str) -> None:
        """Ask for what is at the path, unless that is under way."""
        if path not in self._tasks:
            task = asyncio.create_task(self._fetch(path))
            # What goes wrong with a page that nobody came for is nobody's error.
            task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
            self._tasks[path] = task

    async def land(self, path: str) -> T:
        """What is at the path; whoever waits and is cancelled ends the request."""
        task = self._tasks.pop(path, None)
        return await (self._fetch(path) if task is None else task)

    async def end(self) -> None:
        """End all requests that are under way; afterwards their connections are closed."""
        ended, self._tasks = list(self._tasks.values()), {}
        for task in ended:
            task.cancel()
        if ended:
            await asyncio.wait(ended)
