"""Brings files of an org into a folder, some side by side; each is there whole or not at all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sfexplorer.client import Blob, ConnectionFailed, SalesforceError, SessionExpired, SObject
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.naming import Target, numbered

AT_ONCE = 3
"""Files under way side by side: small ones wait for answers most of the time."""


class Holds(Protocol):
    """What has the bytes of files."""

    async def body(self, record: SObject) -> Blob:
        """The file that a record holds."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a file: where it is, or why it is nowhere."""

    entry: FileEntry
    path: Path | None = None
    problem: str = ""


@dataclass(slots=True)
class Download:
    """Files on their way into a folder.

    Args:
        org: Where they are.
        plan: Which, and the path of each.
        overwrite: Whether a path may be taken.
        told: Is called whenever there is more to tell.

    Attributes:
        fates: What became of those that are through.
        received: Bytes of those that are whole or under way.
    """

    org: Holds
    plan: Sequence[Target]
    overwrite: bool
    told: Callable[[], object]
    fates: list[Fate] = field(default_factory=list)
    received: int = 0
    _waiting: deque[Target] = field(init=False)
    _stopped: SalesforceError | None = None

    def __post_init__(self) -> None:
        self._waiting = deque(self.plan)

    @property
    def expected(self) -> int:
        """Bytes in all, as far as the org has told."""
        return sum(target.entry.size or 0 for target in self.plan if target.path)

    @property
    def saved(self) -> list[Fate]:
        """What is there."""
        return [fate for fate in self.fates if fate.path]

    @property
    def failed(self) -> list[Fate]:
        """What could not be saved."""
        return [fate for fate in self.fates if not fate.path]

    async def run(self) -> None:
        """Bring all that is not there yet; one that fails doesn't keep the others.

        Whatever ends this early keeps what is whole, and a further run goes on with the rest.

        Raises:
            SessionExpired, ConnectionFailed: The org can't be asked for more.
        """
        self._stopped = None
        async with asyncio.TaskGroup() as group:
            for _ in range(min(AT_ONCE, len(self._waiting))):
                group.create_task(self._bring_one_after_the_other())
        if self._stopped is not None:
            raise self._stopped

    async def _bring_one_after_the_other(self) -> None:
        while self._waiting and self._stopped is None:
            target = self._waiting.popleft()
            try:
                self.fates.append(await self._bring(target))
            except (SessionExpired, ConnectionFailed) as error:
                self._waiting.appendleft(target)
                self._stopped = error
            except asyncio.CancelledError:
                self._waiting.appendleft(target)
                raise
            self.told()

    async def _bring(self, target: Target) -> Fate:
        entry = target.entry
        if target.path is None:
            return Fate(entry, problem="left out: its name is taken")
        try:
            blob = await self.org.body(SObject(entry.bytes_type, Id=entry.bytes_id))
            return Fate(entry, await self._save(blob, target.path))
        except (SessionExpired, ConnectionFailed):
            raise
        except SalesforceError as error:
            return Fate(entry, problem=error.message)
        except OSError as error:
            return Fate(entry, problem=error.strerror or str(error))

    async def _save(self, blob: Blob, path: Path) -> Path:
        names = numbered(path.name)
        while True:
            counted = _Counted(self)
            try:
                free = path.with_name(next(names))
                return await blob.save(free, progress=counted, overwrite=self.overwrite)
            except FileExistsError:
                # Somebody else has taken the name since it was looked at.
                counted.take_back()
            except BaseException:
                counted.take_back()
                raise


@dataclass(slots=True)
class _Counted:
    """The bytes of one file, as a part of all."""

    download: Download
    done: int = 0

    def __call__(self, done: int, _size: int | None) -> None:
        self.download.received += done - self.done
        self.done = done
        self.download.told()

    def take_back(self) -> None:
        self.download.received -= self.done
