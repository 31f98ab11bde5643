"""Where the bytes of an upload come from: a file, which is read while it is sent, or memory."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from sfexplorer.client.errors import FileChanged

PIECE = 256 * 1024

Progress = Callable[[int, int | None], object]
"""Is told how many bytes are through, of how many; None where the org does not say."""


class Source(Protocol):
    """Bytes that can be asked for several times: a request may have to be sent again."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    def pieces(self) -> AsyncGenerator[bytes, None]:
        """All of them, from the start."""
        ...


@dataclass(frozen=True, slots=True)
class MemorySource:
    """Bytes that are here already."""

    content: bytes

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.content)

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """All of them, from the start."""
        for start in range(0, len(self.content), PIECE):
            yield self.content[start : start + PIECE]


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file as it was when it was looked at; if it is not what it was, the upload fails before its end."""

    path: Path
    seen: Stamp

    @property
    def size(self) -> int:
        """How many bytes it had."""
        return self.seen.size

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """All of its bytes, from the start.

        Raises:
            FileChanged: it is not the file that was looked at, or can't be read.
        """
        try:
            # Not on a thread: a cancellation would lose track of it.
            with self.path.open("rb") as file:
                self._compare(file)
                left = self.size
                while left and (piece := await asyncio.to_thread(file.read, min(PIECE, left))):
                    left -= len(piece)
                    if not left:
                        # Before the last piece goes out: without it the org keeps nothing.
                        self._compare(file)
                    yield piece
        except OSError as error:
            raise FileChanged(f"{self.path.name} can't be read: {error.strerror or error}") from None
        if left:
            raise self._changed()

    def _compare(self, file: IO[bytes]) -> None:
        if Stamp.of(os.fstat(file.fileno())) != self.seen:
            raise self._changed()

    def _changed(self) -> FileChanged:
        return FileChanged(f"{self.path.name} was changed while it was being sent")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another."""

    size: int
    changed: int
    place: tuple[int, int]

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a file that was looked at."""
        return cls(status.st_size, status.st_mtime_ns, (status.st_dev, status.st_ino))


async def source_of(content: bytes | Path) -> Source:
    """What the bytes, or those of a file, are read from.

    Raises:
        OSError: there is no such file, or it is no file.
    """
    if isinstance(content, bytes):
        return MemorySource(content)
    status = await asyncio.to_thread(content.stat)
    if not stat.S_ISREG(status.st_mode):
        # A pipe or a device has no size that could be told up front; a folder has no bytes.
        raise OSError(f"{content} is no file with bytes")
    return FileSource(content, Stamp.of(status))
