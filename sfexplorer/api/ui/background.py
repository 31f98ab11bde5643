"""Work that runs beside the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, Final, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker

T = TypeVar("T")


class _End:
    """Comes after the last item."""


_END: Final = _End()


def run_beside(
    node: DOMNode, job: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = True
) -> Worker[None]:
    """The worker that runs `job()`; a later one of the same group ends it, and so does the end of `node`.

    It takes the function, not a coroutine made of it: one that is never begun would be left unawaited.
    """
    return node.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False, description=group)


async def in_steps(items: Iterator[T]) -> AsyncIterator[T]:
    """The items of an iterator that takes its time, each made in a thread.

    Whoever stops asking ends the work, at the latest after the item that is being made.
    """
    while not isinstance(item := await asyncio.to_thread(next, items, _END), _End):
        yield item
