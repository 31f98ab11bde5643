"""Writing a file so that it is there whole or not at all.

    temporary file beside it -> bytes -> fsync -> rename -> fsync of the folder

Whatever ends it early, a full disk, a lost connection or a cancellation, takes the temporary file away.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Landing:
    """A file that is not there yet, open for writing."""

    file: IO[bytes]

    async def write(self, piece: bytes) -> None:
        """Put bytes behind those before; on a thread, since a disk may be slow."""
        await asyncio.to_thread(self.file.write, piece)


@asynccontextmanager
async def landing(target: Path, *, overwrite: bool = False) -> AsyncIterator[Landing]:
    """What is written within the block is the file after it; nothing is if the block fails.

    Raises:
        FileExistsError: the file is there already, or by the end, and is not to be overwritten.
    """
    if not overwrite:
        _expect_nothing(target)
    # A name of its own, not one made of the target's: that may be as long as names can be.
    temporary = target.with_name(f".sfexplorer-{secrets.token_hex(6)}.part")
    # Not by `tempfile`: what that makes stays readable by its owner alone, against the user's umask.
    # And not on a thread: a cancellation would lose track of it.
    file = temporary.open("xb")
    try:
        with file:
            yield Landing(file)
            await asyncio.to_thread(_settle, file)
        # Not on a thread either: a cancellation would leave it open whether the file is there.
        _rename(temporary, target, overwrite=overwrite)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    await asyncio.to_thread(_settle_folder, target.parent)


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _rename(temporary: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        os.replace(temporary, target)
        return
    try:
        # The one way to give a file a name only if nobody else has taken it meanwhile.
        os.link(temporary, target)
    except FileExistsError:
        raise _exists(target) from None
    except OSError:
        # Some file systems know no links.
        _expect_nothing(target)
        os.rename(temporary, target)
    else:
        temporary.unlink()


def _settle_folder(folder: Path) -> None:
    # Without this a power cut may take the name away again. Windows opens no folders, and needs none.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _expect_nothing(target: Path) -> None:
    # A link that leads nowhere is something too.
    if os.path.lexists(target):
        raise _exists(target)


def _exists(target: Path) -> FileExistsError:
    return FileExistsError(f"{target} is there already")
