"""Keeps a pane's edits as a draft while they are made, a moment behind the person, never in their way."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfexplorer_record.drafts import Draft, DraftFile, draft_of, take_up
from sfexplorer_record.shelf import file_of
from sfexplorer_record.state import RecordState

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane

_MOST_NEW = 30

_held: set[Path] = set()
"""The drafts of the panes that are open: of new records of one sObject there may be several."""


class Keeping:
    """The draft of the record in a pane.

    Args:
        pane: Whose record it is.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane
        self._file: DraftFile | None = None
        self._kept: dict[str, Any] = {}
        self._number = 0
        self._failed = False

    async def begin(self, state: RecordState) -> None:
        """Take up the draft of a record that was just opened, and say so."""
        self._file = DraftFile(self._place(state))
        _held.add(self._file.path)
        draft = await asyncio.to_thread(self._file.load)
        if draft is None or (state.is_new and state.record.changes):
            return
        edits = take_up(state, draft)
        self._kept = dict(state.record.changes)
        if edits:
            told = "1 edit is" if edits == 1 else f"{edits} edits are"
            self._pane.explorer.tell(f"{told} back from the draft of {_day(draft.at)}. Z takes all back.")

    def _place(self, state: RecordState) -> Path:
        """Where the draft is; of a new record, one that is left from before and that no other pane has."""
        org = self._pane.explorer.org
        if state.record.id is not None:
            return file_of(org, "drafts", state.record.id)
        places = [
            file_of(org, "drafts", f"new-{state.describe.name}-{number}") for number in range(_MOST_NEW)
        ]
        free = [place for place in places if place not in _held] or places[-1:]
        left = {place for place in free if place.exists()}
        # A copy begins with values of its own; another's draft has no place in it.
        is_copy = bool(state.record.changes)
        return next((place for place in free if (place in left) is not is_copy), free[0])

    def follow(self, state: RecordState, typed: Mapping[str, Any]) -> None:
        """Keep what is edited now, where that is something else than what was kept.

        Args:
            state: The record with its edits.
            typed: What an open editor holds, by field.
        """
        changes = {**state.record.changes, **typed}
        if self._file is None or changes == self._kept:
            return
        self._kept = changes
        self._number += 1
        file, number, draft = self._file, self._number, draft_of(state, typed, datetime.now(UTC))

        async def keep() -> None:
            await self._keep(file, draft, number)

        self._pane.work(keep, f"draft {number}", stops=False)

    async def _keep(self, file: DraftFile, draft: Draft | None, number: int) -> None:
        try:
            await asyncio.to_thread(file.keep, draft, number)
        except OSError as error:
            if not self._failed:
                told = f"Drafts can't be kept: {error.strerror}. Save before you leave."
                self._pane.explorer.tell(told, "warning")
            self._failed = True

    def leave(self, state: RecordState, typed: Mapping[str, Any], *, keep: bool) -> bool:
        """Keep the edits, or let them go, now: the pane is about to end, or to show another record.

        Returns:
            Whether it can: False where they are to be kept and the disk doesn't take them.
        """
        if self._file is None:
            return not keep
        self._number += 1
        draft = draft_of(state, typed, datetime.now(UTC)) if keep else None
        try:
            self._file.keep(draft, self._number)
        except OSError as error:
            if keep:
                told = f"The draft can't be kept: {error.strerror}. Save, or leave without it."
                self._pane.explorer.tell(told, "error")
                return False
        if not keep:
            self.end()
        return True

    def end(self) -> None:
        """Let go of the draft; what is on disk stays there."""
        if self._file is not None:
            _held.discard(self._file.path)
        self._file, self._kept = None, {}


def _day(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return "an earlier time"
