"""What this tool changed in a record, kept on disk: one line of JSON for each save, the newest last."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from sfexplorer.api import Change
from sfexplorer.api.places import append_line, read_file, write_file

_LARGEST = 2 * 1024 * 1024
_KEPT = 200

_SCALARS = str | int | float | bool | None


class Entry(msgspec.Struct, frozen=True):
    """One save.

    Attributes:
        at: When it was, as a datetime with its zone.
        changes: What each field held before and after it.
        made: Whether the save made the record.
    """

    at: str
    changes: dict[str, tuple[Any, Any]]
    made: bool = False


def entry_of(changes: Mapping[str, Change], now: datetime) -> Entry:
    """The entry of a save; files, which can't be restored from here, are left out."""
    return Entry(
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
        changes={
            name: (change.before, change.after)
            for name, change in changes.items()
            if name != "Id" and isinstance(change.before, _SCALARS) and isinstance(change.after, _SCALARS)
        },
        made="Id" in changes,
    )


def note(path: Path, entry: Entry) -> None:
    """Add an entry; of a long history the oldest go. Raises OSError."""
    line = msgspec.json.encode(entry)
    if len(line) > _LARGEST // 2:
        return
    with suppress(OSError):
        if path.stat().st_size + len(line) > _LARGEST:
            _shorten(path)
    append_line(path, line)


def entries(path: Path) -> list[Entry]:
    """The entries, the newest first; what is none is passed over."""
    found = []
    for line in (read_file(path) or b"").splitlines():
        with suppress(ValueError, RecursionError):
            found.append(msgspec.json.decode(line, type=Entry))
    return found[::-1][:_KEPT]


def _shorten(path: Path) -> None:
    lines = (read_file(path) or b"").splitlines(keepends=True)
    kept: list[bytes] = []
    size = 0
    for line in reversed(lines):
        size += len(line)
        if size > _LARGEST // 2:
            break
        kept.append(line)
    write_file(path, b"".join(reversed(kept)))
