"""Which path each file is written to: in its folder, and over what is there only if that is wished."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sfexplorer.client import safe_filename
from sfexplorer_files.entries import FileEntry

Clash = Literal["keep both", "skip", "overwrite"]
"""What to do with a file whose name is taken in the folder."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file and the path it is written to; None where it is left out."""

    entry: FileEntry
    path: Path | None


def taken_names(folder: Path) -> frozenset[str]:
    """What is in the folder, in lower case as some systems compare; raises OSError."""
    return frozenset(name.casefold() for name in os.listdir(folder)) if folder.exists() else frozenset()


def clashes(entries: Sequence[FileEntry], taken: Collection[str]) -> int:
    """How many of the files have a name that is taken."""
    return sum(safe_filename(entry.name).casefold() in taken for entry in entries)


def targets(entries: Sequence[FileEntry], folder: Path, taken: Collection[str], clash: Clash) -> list[Target]:
    """A path for each file. Two that are called the same always get two names, whatever `clash` says."""
    found: list[Target] = []
    given: set[str] = set()
    for entry in entries:
        name = safe_filename(entry.name)
        is_taken = name.casefold() in taken
        if is_taken and clash == "skip":
            found.append(Target(entry, None))
            continue
        closed = given if clash == "overwrite" else {*taken, *given}
        name = next(free for free in numbered(name) if free.casefold() not in closed)
        given.add(name.casefold())
        found.append(Target(entry, folder / name))
    return found


def numbered(name: str) -> Iterator[str]:
    """`report.pdf`, then `report (2).pdf`, `report (3).pdf`, and so on."""
    yield name
    stem, dot, extension = name.rpartition(".")
    if not stem:
        stem, dot, extension = name, "", ""
    number = 2
    while True:
        yield f"{stem} ({number}){dot}{extension}"
        number += 1
