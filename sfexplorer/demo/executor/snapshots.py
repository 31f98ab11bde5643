"""Locators: which rows a query found, kept so that each page costs the same wherever it lies."""

from __future__ import annotations

import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.executor.plan import Plan
from sfexplorer.demo.ids import IdGenerator, canonical

# Four bytes a row: 64 MB at most, however many queries there are.
MOST_NUMBERS = 16_000_000
MOST_SNAPSHOTS = 5_000
LONGEST_AGE = 2 * 24 * 3600.0
_LONGEST_OFFSET = 9

Numbers: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a locator stands for.

    Attributes:
        plan: how to read the rows.
        numbers: the numbers of all rows of a query, in order.
        user_id: whose locator it is.
        kept_at: when it was kept, by the clock of `Snapshots`.
    """

    plan: Plan
    numbers: Numbers
    user_id: str
    kept_at: float


@dataclass(slots=True)
class Snapshots:
    """The snapshots that can still be paged through; those that were not used for longest go first."""

    clock: Callable[[], float] = time.monotonic
    most_numbers: int = MOST_NUMBERS
    _ids: IdGenerator = field(default_factory=IdGenerator)
    _kept: OrderedDict[str, Snapshot] = field(default_factory=OrderedDict)
    _held: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, plan: Plan, numbers: Numbers, user_id: str) -> str:
        """The id of a new locator."""
        with self._lock:
            made = self._ids.next("01g")
            self._kept[made] = Snapshot(plan, numbers, user_id, self.clock())
            self._held += len(numbers)
            while len(self._kept) > 1 and (
                self._held > self.most_numbers or len(self._kept) > MOST_SNAPSHOTS
            ):
                self._forget(next(iter(self._kept)))
            return made

    def find(self, locator: str, user_id: str) -> tuple[str, Snapshot, int]:
        """The id, snapshot and offset of a locator, `01g...-2000`.

        Raises:
            Refusal: `INVALID_QUERY_LOCATOR` when there is none such, or when it is too old.
        """
        name, _, offset = locator.partition("-")
        found = canonical(name) or ""
        with self._lock:
            snapshot = self._kept.get(found)
            if snapshot is not None and self.clock() - snapshot.kept_at > LONGEST_AGE:
                self._forget(found)
                snapshot = None
            if snapshot is None or snapshot.user_id != user_id:
                raise _no_locator()
            self._kept.move_to_end(found)
        if not (offset.isascii() and offset.isdigit()) or len(offset) > _LONGEST_OFFSET:
            raise _no_locator()
        if int(offset) > len(snapshot.numbers):
            raise _no_locator()
        return found, snapshot, int(offset)

    def expire(self) -> None:
        """Let all locators be too old."""
        with self._lock:
            self._kept.clear()
            self._held = 0

    def _forget(self, name: str) -> None:
        self._held -= len(self._kept.pop(name).numbers)


def _no_locator() -> Refusal:
    return refusal(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
