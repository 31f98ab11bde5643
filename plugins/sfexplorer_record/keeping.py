"""Keeps a pane's edits as a draft while they are made, a moment behind the person, never in their way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sfexplorer_record.drafts import Draft, DraftFile, draft_of, take_up
from sfexplorer_record.shelf import file_of
from sfexplorer_record.state import RecordState

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


class Keeping:
    """The draft of the record in a pane.

    Args:
        pane: Whose record it is.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane
        self._file: DraftFile | None = None
        self._kept: dict[str, object] = {}
        self._count = 0
        self._failed = False

    async def begin(self, state: RecordState) -> None:
        """Take up the draft of a record that was just opened, and say so."""
        name = state.record.id or f"new-{state.describe.name}"
        self._file = DraftFile(file_of(self._pane.explorer.org, "drafts", name))
        draft = await asyncio.to_thread(self._file.load)
        if draft is None or (state.is_new and state.record.changes):
            return
        count = take_up(state, draft)
        self._kept = dict(state.record.changes)
        if count:
            edits = "1 edit is" if count == 1 else f"{count} edits are"
            self._pane.explorer.tell(f"{edits} back from the draft of {_day(draft.at)}. Z takes all back.")

    def follow(self, state: RecordState) -> None:
        """Keep what is edited now, where that is something else than what was kept."""
        changes = state.record.changes
        if self._file is None or changes == self._kept:
            return
        self._kept = dict(changes)
        self._count += 1
        file, number, draft = self._file, self._count, draft_of(state, datetime.now(UTC))

        async def keep() -> None:
            await self._keep(file, draft, number)

        self._pane.work(keep, f"draft {number}")

    async def _keep(self, file: DraftFile, draft: Draft | None, number: int) -> None:
        try:
            await asyncio.to_thread(file.keep, draft, number)
        except OSError as error:
            if not self._failed:
                self._pane.explorer.tell(
                    f"Drafts can't be kept: {error.strerror}. Save before you leave.", "warning"
                )
            self._failed = True

    def leave(self, state: RecordState, *, keep: bool) -> None:
        """Keep the edits, or let them go, now: the pane is about to end."""
        if self._file is None:
            return
        self._count += 1
        draft = draft_of(state, datetime.now(UTC)) if keep else None
        try:
            self._file.keep(draft, self._count)
        except OSError as error:
            self._pane.explorer.tell(f"The draft could not be kept: {error.strerror}.", "error")


def _day(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return "an earlier time"
