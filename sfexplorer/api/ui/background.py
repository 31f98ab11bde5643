"""Work that runs beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def run_beside(
    node: DOMNode, job: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = True
) -> Worker[None]:
    """The worker that runs `job()`; a later one of the same group ends it, and so does the end of `node`.

    It takes the function, not a coroutine made of it: one that is never begun would be left unawaited.
    """
    return node.run_worker(job, group=group, exclusive=exclusive, exit_on_error=False, description=group)
