"""A fault and an operation, brought together: what came of it, in words, and that nothing is left of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sfexplorer.client import Org, SalesforceError
from sfexplorer.client.failures import causes

from ..pools import connections_in_use
from .faults import Fault
from .line import Line, line_to
from .operations import OPERATIONS
from .place import Attempt, Operation, Place

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

_SECONDS = 30
_AGAIN = " ×"
_STRANGERS = ("httpx", "httpcore", "anyio", "msgspec")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where operations are tried.

    Attributes:
        demo: the org.
        undisturbed: a handle that no fault strikes.
        folder: where files are saved.
        known: right answers by the names of operations.
    """

    demo: DemoServer
    undisturbed: Org
    folder: Path
    known: dict[str, object]

    async def outcomes(self, fault: Fault) -> dict[str, str]:
        """What came of each operation when the fault struck once, and when it stayed; by its name."""
        told = await self._all(fault, OPERATIONS, lasting=False)
        # Who was struck once and sent no second request would have seen nothing else of a fault that stays.
        tried_on = tuple(each for each in OPERATIONS if _AGAIN in told[each.name])
        lasting = await self._all(fault, tried_on, lasting=True)
        return told | {name: _both(told[name], then) for name, then in lasting.items()}

    async def _all(self, fault: Fault, operations: tuple[Operation, ...], *, lasting: bool) -> dict[str, str]:
        told: dict[str, str] = {}
        for batch in [operations] if fault.waits else [(each,) for each in operations]:
            told |= await self._batch(fault, batch, lasting=lasting)
        return told

    async def _batch(self, fault: Fault, batch: tuple[Operation, ...], *, lasting: bool) -> dict[str, str]:
        async with line_to(self.demo, fault) as line:
            attempts = [await each.prepare(self._place(line, each, lasting)) for each in batch]
            tasks = asyncio.all_tasks()
            line.strike(batch, lasting=lasting)
            async with asyncio.timeout(_SECONDS):
                words = await asyncio.gather(*(_word_for(attempt) for attempt in attempts))
            line.mend()
            assert asyncio.all_tasks() - tasks <= line.own_tasks, "a task is left"
            assert connections_in_use(line.routes) == []
            tried = [line.tries_of(each) for each in batch]
            return {
                operation.name: _told(word, tries, await attempt.done(), attempt.wanted)
                for operation, attempt, word, tries in zip(batch, attempts, words, tried, strict=True)
            }

    def _place(self, line: Line, operation: Operation, lasting: bool) -> Place:
        number = OPERATIONS.index(operation)
        key = f"{''.join(filter(str.isalnum, line.fault.title))}-{number}-{lasting}"
        folder = self.folder / key
        folder.mkdir()
        return Place(self.demo, line.connection, line.org, self.undisturbed, folder, key, self.known)


async def _word_for(attempt: Attempt) -> str:
    try:
        return "right" if await attempt.act() else "WRONG"
    except SalesforceError as error:
        behind = [each for each in causes(error) if type(each).__module__.startswith(_STRANGERS)]
        assert not behind, f"{behind} shows through"
        return type(error).__name__


def _told(word: str, tries: int, done: int, wanted: int) -> str:
    tried = f"{_AGAIN}{tries}" if tries > 1 else ""
    if word == "right":
        return f"right{tried}" if done == wanted else f"RIGHT{tried}, BUT DONE {done} TIMES"
    return f"{word}{tried}" + {0: "", max(wanted, 1): ", done"}.get(done, f", DONE {done} TIMES")


def _both(once: str, lasting: str) -> str:
    return once if once == lasting else f"{once} / {lasting}"
