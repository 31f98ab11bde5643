"""Long work that tells how far it is and can be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from sfexplorer.api.explorer import Work

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class Job:
    """Work that goes on.

    Attributes:
        title: What is being done.
        owner: The pane that was shown when it began; Escape stops it from there only.
        told: How far it is, as it said last.
        task: What runs.
        stopped: Whether the person stopped it.
    """

    title: str
    owner: object
    task: asyncio.Future[Any]
    told: str = ""
    began: float = field(default_factory=monotonic)
    stopped: bool = False

    @property
    def text(self) -> str:
        """What is being done, and how far it is."""
        return f"{self.title}  {self.told}" if self.told else self.title


class Jobs:
    """The work that goes on.

    Args:
        changed: Called when some began, ended, or told how far it is.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.running: list[Job] = []
        self._changed = changed

    async def run(self, title: str, work: Work[Result], owner: object) -> Result | None:
        """What the work gives; None when the person stopped it."""
        job: Job

        def report(told: str) -> None:
            job.told = told
            self._changed()

        task = asyncio.ensure_future(work(report))
        job = Job(title, owner, task)
        self.running.append(job)
        self._changed()
        try:
            return await task
        except asyncio.CancelledError:
            if not job.stopped:
                raise
            return None
        finally:
            task.cancel()
            self.running.remove(job)
            self._changed()

    def of(self, owner: object) -> list[Job]:
        """The work that began in this pane, the newest last."""
        return [job for job in self.running if job.owner is owner]

    def stop(self, job: Job) -> None:
        """Stop it; what it cleans up it still does."""
        job.stopped = True
        job.task.cancel()
