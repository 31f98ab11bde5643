"""The way of a record's edits into the org.

    changes -> SaveDialog -> PATCH -> saved                  read again, told
                                   -> refused                at the fields, the rest above them; edits stay
                                   -> changed by others too  ConflictDialog -> PATCH of what was chosen

Dialogs answer to a callback, so that no work waits for a person.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sfexplorer.api import SalesforceError
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import RecordConflict, SaveRejected
from sfexplorer_record.dialogs import ConflictDialog, SaveDialog
from sfexplorer_record.dialogs.conflict import Side
from sfexplorer_record.differences import unsaved
from sfexplorer_record.merging import contested, last_saved_by, problems_by_field, settle, unplaced
from sfexplorer_record.state import RecordState
from sfexplorer_record.view import count_fields

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


class Saving:
    """Saves the record of a pane.

    Args:
        pane: Whose record it is; it shows what comes of it.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane

    def review(self) -> None:
        """Show exactly what changed, and save it when that is agreed to."""
        pane, state = self._pane, self._pane.state
        if state is None:
            return
        if pane.busy:
            pane.explorer.tell(f"{pane.busy}: one moment.")
        elif not state.record.changes:
            pane.explorer.tell("Nothing is changed, so there is nothing to save.")
        else:
            pane.app.push_screen(SaveDialog(state.name, unsaved(state)), self._reviewed)

    def _reviewed(self, agreed: bool | None) -> None:
        if agreed:
            self._pane.work(self._save, "save", stops=False)

    async def _save(self) -> None:
        pane, state = self._pane, self._pane.state
        if state is None:
            return
        pane.busy = "Saving"
        try:
            saved = await pane.explorer.org.update(state.record)
        except RecordConflict as conflict:
            await self._ask_whose(state, conflict)
            return
        except SalesforceError as error:
            self._blame(state, error)
            return
        finally:
            pane.busy = ""
        state.errors.clear()
        state.theirs.clear()
        pane.show_state()
        others = ", ".join(map(safe_text, saved.taken_over))
        merged = f" Others had changed {others}; that is kept." if others else ""
        pane.explorer.tell(f"Saved {count_fields(len(saved.sent))}.{merged}")
        pane.work(pane.reload)

    def _blame(self, state: RecordState, error: SalesforceError) -> None:
        """Put what the org says at the fields that it names, and above them what names none; edits stay."""
        state.errors = problems_by_field(state, error)
        self._pane.show_state()
        self._pane.view.reveal(state.errors)
        if rest := unplaced(state, error):
            # The same values would be refused again. Trying again shows first what will be sent.
            again = None if isinstance(rest, SaveRejected) else self._review_again
            self._pane.show_error(rest, again)

    async def _review_again(self) -> None:
        self.review()

    async def _ask_whose(self, state: RecordState, conflict: RecordConflict) -> None:
        pane = self._pane
        who = await last_saved_by(pane.explorer.org, state, datetime.now(UTC))

        def chosen(sides: dict[str, Side] | None) -> None:
            if sides is None:
                state.theirs |= conflict.theirs
                pane.show_state()
                return
            settle(state, conflict, sides)
            pane.show_state()
            pane.work(self._save if state.record.changes else pane.reload, "save", stops=False)

        pane.app.push_screen(ConflictDialog(contested(state, conflict), who), chosen)
