"""Saved statements: plain `.soql` and `.sosl` files in a folder of the user's, to be versioned and shared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sfexplorer.api.places import config_folder, make_folder, read_file, write_file
from sfexplorer.client.filename import safe_filename
from sfexplorer.soql import is_search

SUFFIXES = (".soql", ".sosl")
LONGEST = 1024 * 1024
"""Bytes of a file that could be a statement; Salesforce takes 100,000 characters."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved statement.

    Attributes:
        path: Its file.
        text: The statement.
        changed: When the file was written last.
    """

    path: Path
    text: str
    changed: datetime


def queries_folder(named: str = "") -> Path:
    """The folder that statements are saved in, as the person has named it; those within it are listed too."""
    return Path(named).expanduser().absolute() if named else config_folder() / "queries"


def saved_queries(folder: Path) -> list[Saved]:
    """What is saved, by name; a file that can't be read is passed over."""
    return sorted(_read(folder), key=lambda saved: str(saved.path.relative_to(folder)).casefold())


def _read(folder: Path) -> Iterator[Saved]:
    for path in folder.rglob("*"):
        if path.suffix.lower() not in SUFFIXES or (content := read_file(path, LONGEST)) is None:
            continue
        with suppress(OSError):
            yield Saved(path, content.decode("utf-8-sig", "replace"), _changed(path))


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()


def file_for(folder: Path, name: str, text: str) -> Path:
    """The file of a statement that is saved by this name."""
    suffix = ".sosl" if is_search(text) else ".soql"
    plain = safe_filename(name.strip())
    if plain.lower().endswith(SUFFIXES):
        plain = plain.rpartition(".")[0]
    return folder / f"{plain}{suffix}"


def save(path: Path, text: str) -> None:
    """Write a statement, ended by a line break as files of text are; raises OSError."""
    make_folder(path.parent)
    write_file(path, f"{text.rstrip()}\n".encode("utf-8", "replace"))


def is_as_saved(path: Path, text: str) -> bool:
    """Whether the file holds this statement."""
    content = read_file(path, LONGEST)
    return content is not None and content.decode("utf-8-sig", "replace").rstrip() == text.rstrip()
