"""The way of a record's edits into the org.

    changes -> SaveDialog -> plugins -> PATCH -> saved                  read again, told
                                     -> refused                at the fields, the rest above them; edits stay
                                     -> changed by others too  ConflictDialog -> PATCH of what was chosen
    new     -> SaveDialog -> plugins -> POST, or an upsert     the pane goes on with the record that was made

Dialogs answer to a callback, so that no work waits for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from sfexplorer.api import Change, RecordRef, SalesforceError
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe, RecordConflict, SaveRejected
from sfexplorer_record.dialogs import ConflictDialog, SaveDialog
from sfexplorer_record.dialogs.conflict import Side
from sfexplorer_record.differences import unsaved
from sfexplorer_record.merging import contested, last_saved_by, problems_by_field, settle, unplaced
from sfexplorer_record.state import RecordState
from sfexplorer_record.view import count_fields

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


class Refused(SalesforceError):
    """A plugin refuses the save."""

    default_hint = "Nothing was sent, and your edits are kept."


class Saving:
    """Saves the record of a pane.

    Args:
        pane: Whose record it is; it shows what comes of it.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane

    def review(self, key: FieldDescribe | None = None) -> None:
        """Show exactly what will be sent, and send it when that is agreed to.

        Args:
            key: The external id that tells whether the org has a new record already, for an upsert.
        """
        pane, state = self._pane, self._pane.state
        if state is None:
            return
        if pane.busy:
            pane.explorer.tell(f"{pane.busy}: one moment.")
        elif not state.record.changes:
            what = "Nothing is filled in yet." if state.is_new else "Nothing is changed."
            pane.explorer.tell(f"{what} There is nothing to save.")
        else:
            dialog = SaveDialog(_title(state, key), unsaved(state), is_new=state.is_new)
            pane.app.push_screen(dialog, partial(self._reviewed, key))

    def _reviewed(self, key: FieldDescribe | None, agreed: bool | None) -> None:
        state = self._pane.state
        if agreed and state is not None:
            job = partial(self._make, key) if state.is_new else self._save
            self._pane.work(job, "save", stops=False)

    async def _save(self) -> None:
        pane, state = self._pane, self._pane.state
        if state is None:
            return
        pane.busy = "Saving"
        try:
            changes = await self._checked(state)
            saved = await pane.explorer.org.update(state.record)
        except RecordConflict as conflict:
            await self._ask_whose(state, conflict)
            return
        except SalesforceError as error:
            self._blame(state, error)
            return
        finally:
            pane.busy = ""
        await self._sent(state, {name: changes[name] for name in saved.sent if name in changes})
        others = ", ".join(map(safe_text, saved.taken_over))
        merged = f" Others had changed {others}; that is kept." if others else ""
        pane.explorer.tell(f"Saved {count_fields(len(saved.sent))}.{merged}")
        pane.work(pane.reload)

    async def _make(self, key: FieldDescribe | None) -> None:
        """Insert the new record, or upsert it by the external id; the pane goes on with what came of it."""
        pane, state = self._pane, self._pane.state
        if state is None:
            return
        record, org = state.record, pane.explorer.org
        pane.busy = "Saving"
        created = True
        try:
            changes = await self._checked(state)
            if key is None:
                await org.insert(record)
            else:
                value = str(record[key.name])
                record.set_external_id(key.name, value)
                created = (await org.upsert(record)).created
                # Before version 46 an org doesn't tell which record it has changed.
                found = record if record.id else await org.retrieve_by(record.type, key.name, value, ["Id"])
                record.id = found.id or ""
        except SalesforceError as error:
            self._blame(state, error)
            return
        finally:
            pane.busy = ""
        if not record.id:
            return
        await self._sent(state, changes | ({"Id": Change(None, record.id)} if created else {}))
        done = "Made" if created else "Changed, as it was there already:"
        pane.explorer.tell(f"{done} {safe_text(state.describe.label)} {record.id}.")
        await pane.go_on(RecordRef(record.id, record.type))

    async def _checked(self, state: RecordState) -> dict[str, Change]:
        """What is about to be sent, once no plugin has anything against it.

        Raises:
            Refused: A plugin has.
        """
        record = state.record
        changes = {name: Change(record.original.get(name), value) for name, value in record.changes.items()}
        if reason := await self._pane.explorer.records.refusal(record, changes):
            raise Refused(reason)
        return changes

    async def _sent(self, state: RecordState, changes: Mapping[str, Change]) -> None:
        """Note what the org has taken, and tell the plugins."""
        state.errors.clear()
        state.theirs.clear()
        self._pane.show_state()
        await self._pane.explorer.records.saved(state.record, changes)

    def _blame(self, state: RecordState, error: SalesforceError) -> None:
        """Put what the org says at the fields that it names, and above them what names none; edits stay."""
        state.errors = problems_by_field(state, error)
        self._pane.show_state()
        self._pane.view.reveal(state.errors)
        if rest := unplaced(state, error):
            # The same values would be refused again. Trying again shows first what will be sent.
            again = None if isinstance(rest, SaveRejected | Refused) else self._review_again
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

        title = f"Someone else saved this record{f' ({who})' if who else ''}"
        pane.app.push_screen(ConflictDialog(contested(state, conflict), title), chosen)


def _title(state: RecordState, key: FieldDescribe | None) -> str:
    count = len(state.record.changes)
    if key is not None:
        return f"Upsert {safe_text(state.describe.label)} by {key.name}, {count_fields(count)}"
    if state.is_new:
        return f"Make this {safe_text(state.describe.label)}: {count_fields(count)}"
    return f"Save {'1 change' if count == 1 else f'{count} changes'} to {state.name}"
