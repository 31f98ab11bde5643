"""What is open, kept on the disk while the app runs, so that a hang-up, a kill or a crash doesn't lose it.

    data/sessions/4f0c….json    the org, the panes with what they show, which one is seen
    data/sessions/4f0c….lock    locked as long as the app runs: who can lock it has found what is left of one

Who leaves the app takes both away. Texts and edits that aren't saved are kept by the panes themselves.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import msgspec

from sfexplorer.api.places import data_folder, make_folder, read_file, write_file
from sfexplorer.api.references import Reference

_SUFFIX, _LOCK = ".json", ".lock"
_KINDS: Mapping[str, Any] = {kind.__name__: kind for kind in get_args(Reference)}


class KeptPane(msgspec.Struct, frozen=True):
    """A pane that is open: its id, and what it shows."""

    pane: str
    title: str
    kind: str = ""
    shown: dict[str, Any] = {}

    @property
    def reference(self) -> Reference | None:
        """What it shows; None is its own start, or nothing that is known any more."""
        with suppress(KeyError, msgspec.ValidationError):
            reference: Reference = msgspec.convert(self.shown, _KINDS[self.kind])
            return reference
        return None


class KeptSession(msgspec.Struct, frozen=True):
    """What is open on an org."""

    org: str
    panes: Sequence[KeptPane]
    active: int = 0


def kept_pane(pane: str, title: str, reference: Reference | None) -> KeptPane:
    """A pane as it is kept."""
    if reference is None:
        return KeptPane(pane, title)
    return KeptPane(pane, title, type(reference).__name__, asdict(reference))


class SessionFile:
    """The file of this run of the app."""

    def __init__(self) -> None:
        self._path = data_folder() / "sessions" / f"{secrets.token_hex(8)}{_SUFFIX}"
        self._lock: int | None = None
        self._turn, self._is_left = threading.Lock(), False

    def keep(self, session: KeptSession) -> None:
        """Keep the session; where nothing can be written the app goes on without."""
        with self._turn, suppress(OSError, TypeError):
            if self._is_left:
                return  # What comes from a thread may come late.
            if self._lock is None:
                make_folder(self._path.parent)
                self._lock = _locked(self._path)
            write_file(self._path, msgspec.json.encode(session))

    def drop(self) -> None:
        """The person has left: nothing needs to come back."""
        with self._turn:
            self._is_left = True
            _take_away(self._path, self._lock)
            self._lock = None

    def left_behind(self, org: str) -> Iterator[tuple[Path, KeptSession]]:
        """What other runs of the app on this org left open when they ended otherwise."""
        with suppress(OSError):
            for path in sorted(self._path.parent.glob(f"*{_SUFFIX}")):
                if path != self._path and (session := _left(path)) is not None and session.org == org:
                    yield path, session


def forget(path: Path) -> None:
    """Take away what another run left."""
    _take_away(path, None)


def _left(path: Path) -> KeptSession | None:
    lock = _locked(path)
    if lock is None:
        return None  # It runs.
    os.close(lock)
    with suppress(ValueError, RecursionError):
        return msgspec.json.decode(read_file(path) or b"", type=KeptSession)
    return None


def _locked(path: Path) -> int | None:
    """The lock of the file, None while another process has it; the system ends it with the process."""
    descriptor = os.open(path.with_suffix(_LOCK), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        os.close(descriptor)
        return None
    return descriptor


def _take_away(path: Path, lock: int | None) -> None:
    for each in (path, path.with_suffix(_LOCK)):
        with suppress(OSError):
            each.unlink()
    if lock is not None:
        os.close(lock)
