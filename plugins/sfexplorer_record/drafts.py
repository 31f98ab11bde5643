"""Edits that aren't saved, kept on disk while they are made: they come back when the record is opened again.

A draft knows what its fields held when the edits began, and the record's stamp of that time, so that a save
long afterwards still finds out what others have done meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from sfexplorer.api.places import read_file, write_file
from sfexplorer.client.values import parse_datetime
from sfexplorer_record.state import RecordState

_STAMP = "SystemModstamp"
_SCALARS = str | int | float | bool | None


class Draft(msgspec.Struct, frozen=True):
    """The edits of a record.

    Attributes:
        at: When they were kept, as a datetime with its zone.
        edits: The values that were typed, by field.
        base: What these fields held when the edits began.
        stamp: The record's stamp when the edits began; None of one that the org doesn't have.
    """

    at: str
    edits: dict[str, Any]
    base: dict[str, Any] = {}
    stamp: str | None = None


def draft_of(state: RecordState, typed: Mapping[str, Any], now: datetime) -> Draft | None:
    """The draft of a record's edits, and of what an open editor holds; None where there is neither."""
    record = state.record
    edits = {
        name: value for name, value in (record.changes | {**typed}).items() if isinstance(value, _SCALARS)
    }
    if not edits:
        return None
    base = {name: record.original.get(name) for name in edits}
    stamp = record.original.get(_STAMP)
    return Draft(now.astimezone(UTC).isoformat(timespec="seconds"), edits, base, stamp)


def take_up(state: RecordState, draft: Draft) -> int:
    """Put the draft's edits into a record that was just read; how many of them are edits still.

    Where somebody else has changed such a field since, the field is contested as if the pane had been open.
    """
    said = dict(state.record.original)
    edits = {
        name: value
        for name, value in draft.edits.items()
        if (one := state.describe.field(name)) and state.is_editable(one) and isinstance(value, _SCALARS)
    }
    if not state.is_new:
        began = {name: draft.base[name] for name in edits if name in draft.base}
        state.record.take_over(began | ({_STAMP: draft.stamp} if began and _is_moment(draft.stamp) else {}))
    state.record.update(edits)
    if not state.is_new:
        state.follow(said)
    return len(state.record.changes)


def _is_moment(stamp: str | None) -> bool:
    try:
        return bool(stamp) and parse_datetime(stamp or "").tzinfo is not None
    except ValueError:
        return False


class DraftFile:
    """The draft of one record on disk. Writing may wait for the disk, so it belongs into a thread.

    Args:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._newest = 0

    def load(self) -> Draft | None:
        """What was kept; None where there is none, or none that can be read."""
        content = read_file(self.path)
        if content is None:
            return None
        try:
            return msgspec.json.decode(content, type=Draft)
        except (ValueError, RecursionError):
            return None

    def keep(self, draft: Draft | None, number: int) -> None:
        """Keep the draft, or none any more; one with a lower number than what was kept comes too late.

        Raises:
            OSError: It can't be written.
        """
        with self._turn:
            if number < self._newest:
                return
            self._newest = number
            if draft is None:
                with suppress(FileNotFoundError):
                    self.path.unlink()
            else:
                write_file(self.path, msgspec.json.encode(draft))
