"""Paths that a person types: what Tab makes of the beginning of one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

MOST = 200
"""Names that are looked at further: nobody reads more, and a folder can have millions."""


async def complete_path(typed: str) -> list[str]:
    """The paths that go on from what is typed, in order; folders end with a slash, `~` stays `~`."""
    return await asyncio.to_thread(_completed, typed)


def _completed(typed: str) -> list[str]:
    begun = typed.rpartition("/")[2]
    before = typed[: len(typed) - len(begun)]
    looked_in = os.path.expanduser(before) or "."
    if typed == "~":
        return ["~/"]
    try:
        return sorted(before + name for name in _names(looked_in, begun))
    except (OSError, ValueError):
        return []  # No such folder, or none that may be looked into: nothing goes on from there.


def _names(folder: str, begun: str) -> Iterator[str]:
    found = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            # Hidden files come only to those who ask for them; names that no text can hold never do.
            hidden = entry.name.startswith(".") and not begun.startswith(".")
            if hidden or not entry.name.startswith(begun) or not entry.name.isprintable():
                continue
            yield entry.name + ("/" if entry.is_dir() else "")
            found += 1
            if found == MOST:
                return
