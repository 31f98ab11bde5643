"""What this tool changed in the record of a pane, and the way back: a new save that restores old values."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sfexplorer.api.ui.display import safe_text
from sfexplorer_record.dialogs import ConflictDialog, HistoryDialog
from sfexplorer_record.dialogs.conflict import UNDONE, Side
from sfexplorer_record.differences import Difference, difference
from sfexplorer_record.journal import Entry, entries
from sfexplorer_record.shelf import file_of
from sfexplorer_record.state import RecordState
from sfexplorer_record.undoing import Undoing, titles, undoing

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


class History:
    """Shows the saves of the record of a pane, and takes one back.

    Args:
        pane: Whose record it is.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane

    def show(self) -> None:
        """List the saves, and go on with the one that is to be taken back."""
        self._pane.work(self._show, "history")

    async def _show(self) -> None:
        pane, state = self._pane, self._pane.state
        if state is None or state.record.id is None:
            return
        found = await asyncio.to_thread(entries, file_of(pane.explorer.org, "journal", state.record.id))
        if not found:
            pane.explorer.tell("Nothing was changed in this record from here yet.")
            return

        def chosen(at: int | None) -> None:
            if at is not None:
                pane.work(lambda: self._undo(found[at]), "undo")

        changes = [_differences(state, entry) for entry in found]
        pane.app.push_screen(HistoryDialog(state.name, titles(found), changes), chosen)

    async def _undo(self, entry: Entry) -> None:
        """Put back what the save changed; where somebody has changed it since, ask first."""
        pane = self._pane
        if entry.made:
            pane.explorer.tell("This save made the record. To take it back, delete it (o).", "warning")
            return
        # What is in the org now decides, not what was read when the pane was opened.
        await pane.reload()
        if (state := pane.state) is None:
            return
        plan = undoing(state, entry)
        if not plan.contested:
            self._restore(state, plan, {})
            return

        def chosen(sides: dict[str, Side] | None) -> None:
            if sides is not None:
                before = {name: entry.changes[name][0] for name, side in sides.items() if side == "yours"}
                self._restore(state, plan, before)

        title = "Changed again since then"
        pane.app.push_screen(ConflictDialog(plan.contested, title, UNDONE), chosen)

    def _restore(self, state: RecordState, plan: Undoing, chosen: dict[str, object]) -> None:
        restored = plan.restored | chosen
        for name, value in restored.items():
            state.put(name, value)
        self._pane.show_state()
        if plan.lost:
            names = ", ".join(map(safe_text, plan.lost))
            self._pane.explorer.tell(f"{names} can't be written any more, and stays.", "warning")
        if restored:
            self._pane.saving.review()
        else:
            self._pane.explorer.tell("It is as before already: nothing to take back.")


def _differences(state: RecordState, entry: Entry) -> list[Difference]:
    """What a save changed, in the org's order."""
    return [
        difference(state, one, entry.changes[one.name])
        for one in state.describe.fields
        if one.name in entry.changes
    ]
