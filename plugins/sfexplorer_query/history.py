"""What was run, when, where and with which result: one line of JSON for each run, kept over restarts.

Any number of processes add to the file. When it has grown it becomes the older one, whose place it takes: in
this way no line that another process adds meanwhile is lost.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

import msgspec

from sfexplorer.api.places import append_line, data_folder, read_file

FULL = 2 * 1024 * 1024
"""Bytes of a file that becomes the older one."""

MOST = 10_000
"""Runs that are listed."""


class PastRun(msgspec.Struct, frozen=True):
    """A statement that was run.

    Attributes:
        text: What was sent.
        at: When.
        org: The org's title.
        rows: How many rows the org has for it; None where it refused.
        seconds: How long the org was waited for.
        refusal: What the org did not like.
    """

    text: str
    at: datetime
    org: str = ""
    rows: int | None = None
    seconds: float = 0.0
    refusal: str = ""


def history_file() -> Path:
    """The file that runs are added to."""
    return data_folder() / "query-history.ndjson"


def note(run: PastRun, file: Path | None = None) -> None:
    """Add a run; raises OSError."""
    path = file or history_file()
    append_line(path, msgspec.json.encode(run))
    with suppress(OSError):
        if path.stat().st_size > FULL:
            os.replace(path, _older(path))


def past_runs(file: Path | None = None) -> list[PastRun]:
    """The runs, the newest first; a line that is no run is passed over."""
    path = file or history_file()
    lines = [
        line for part in (path, _older(path)) for line in reversed((read_file(part) or b"").splitlines())
    ]
    return list(islice((run for line in lines if (run := _read(line)) is not None), MOST))


def _read(line: bytes) -> PastRun | None:
    try:
        return msgspec.json.decode(line, type=PastRun)
    except (msgspec.DecodeError, RecursionError):
        return None


def _older(path: Path) -> Path:
    return path.with_suffix(".older.ndjson")
