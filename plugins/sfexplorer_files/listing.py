"""Files of several kinds in one order, the latest change first, fetched only as far as asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sfexplorer.client import AccessDenied, NotFound, Page, QueryRejected, SalesforceError
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.places import Listed

STEP = 500
"""Files that are brought at once."""


class Answer(Protocol):
    """A query's answer, as the client gives it."""

    @property
    def total_size(self) -> int | None:
        """How many rows there are in all."""

    async def page(self, number: int) -> Page:
        """The page of that number, from 0."""


class Asks(Protocol):
    """What makes a query."""

    def query(self, soql: str) -> Answer:
        """The answer, of which nothing is asked for yet."""


@dataclass(slots=True)
class _Stream:
    """One kind of file: where in its answer we are."""

    listed: Listed
    answer: Answer
    number: int = -1
    rows: Sequence[Mapping[str, Any]] = ()
    place: int = 0
    done: bool = False
    head: FileEntry | None = None

    async def fill(self) -> None:
        """Have the next file at hand, where there is one."""
        while self.head is None and not self.done:
            if self.place < len(self.rows):
                self.head = self.listed.read(self.rows[self.place])
                self.place += 1
            elif self.number >= 0 and (await self.answer.page(self.number)).done:
                self.done = True
            else:
                page = await self.answer.page(self.number + 1)
                self.number, self.rows, self.place = self.number + 1, page.rows, 0


@dataclass(slots=True)
class Listing:
    """The files of a place.

    Attributes:
        entries: Those that are here.
        troubles: The kinds that the org doesn't list for this user, each with what it said.
    """

    org: Asks
    listed: Sequence[Listed]
    entries: list[FileEntry] = field(default_factory=list)
    troubles: dict[str, SalesforceError] = field(default_factory=dict)
    _streams: list[_Stream] = field(init=False)
    _fetching: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._streams = [_Stream(listed, self.org.query(listed.soql)) for listed in self.listed]

    @property
    def total(self) -> int:
        """How many files there are in all, as far as the org has told."""
        return sum(stream.answer.total_size or 0 for stream in self._streams)

    @property
    def done(self) -> bool:
        """Whether all files are here."""
        return all(stream.done for stream in self._streams)

    async def more(self, count: int = STEP) -> None:
        """Bring `count` files more, or as many as there are.

        Raises:
            SalesforceError: The org can't be asked, or it lists none of the kinds for this user.
        """
        async with self._fetching:
            await self._open(self._streams)
            for _ in range(count):
                heads = [stream for stream in self._streams if stream.head is not None]
                if not heads:
                    break
                latest = max(heads, key=lambda stream: stream.head.changed if stream.head else "")
                if latest.head is not None:
                    self.entries.append(latest.head)
                    latest.head = None
                await self._open([latest])

    async def _open(self, streams: Sequence[_Stream]) -> None:
        found = await asyncio.gather(*(stream.fill() for stream in streams), return_exceptions=True)
        for stream, outcome in zip(streams, found, strict=True):
            # What a user may not see, or an org doesn't have, costs that kind alone.
            if isinstance(outcome, (AccessDenied, NotFound, QueryRejected)):
                self.troubles[stream.listed.kind] = outcome
                stream.done = True
            elif isinstance(outcome, BaseException):
                raise outcome
        if len(self.troubles) == len(self._streams) > 0:
            raise next(iter(self.troubles.values()))
