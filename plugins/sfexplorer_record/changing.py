"""Changing the fields of a record: in an editor, or by a key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sfexplorer.api import RecordRef, SalesforceError
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.dependent import narrowed
from sfexplorer_record.editing import EditDesk
from sfexplorer_record.editors.lookup import LookupEditor
from sfexplorer_record.lookups import find_records
from sfexplorer_record.parents import misfit, record_name
from sfexplorer_record.parts import parts_of
from sfexplorer_record.showing import is_reference, notice
from sfexplorer_record.state import RecordState
from sfexplorer_record.view import count_fields

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane

# As long as a quick typist takes for a letter: each request counts against the org's limit.
_PAUSE = 0.15

_TEXTS = frozenset({"string", "textarea", "phone", "email", "url", "combobox", "encryptedstring", "picklist"})


class Changing:
    """Changes the record of a pane, field by field.

    Args:
        pane: Whose record it is; it shows what comes of it.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane

    def _here(self) -> tuple[RecordState, FieldDescribe] | None:
        """The record and the field under the cursor."""
        field = self._pane.view.here
        return (self._pane.state, field) if self._pane.state and field else None

    async def enter(self) -> None:
        """Open the record that the field points to, or edit the field."""
        if here := self._here():
            state, field = here
            value = state.record.get(field.name)
            if is_reference(field, value):
                self._pane.explorer.open(RecordRef(str(value)))
            else:
                await self.edit()

    async def edit(self) -> None:
        """Open the editor of the field, or say why there is none; with it open the next key is for it."""
        if here := self._here():
            state, field = here
            if not state.is_editable(field):
                if parts := parts_of(state.describe, field):
                    self._pane.view.show_parts(parts)
                else:
                    self._say_read_only(field)
            elif field.type == "boolean":
                self.put(field, not state.record.get(field.name))
            else:
                await self._open_editor(state, field)

    async def _open_editor(self, state: RecordState, field: FieldDescribe) -> None:
        value = state.record.get(field.name)
        name, problem = state.names.get(str(value), ""), notice(state, field)
        if field.controller_name:
            field = narrowed(state.describe, field, state.record)
            if not problem and not any(each.active for each in field.picklist_values):
                problem = f"No value goes with what {field.controller_name} holds; change that first."
        await self._pane.view.desk.open(field, value, name, problem)
        self._pane.refresh_bindings()

    def look_up(self, wanted: LookupEditor.Wanted) -> None:
        """Find the records that are asked for, and tell the editor; the next letters end it."""

        async def look() -> None:
            await asyncio.sleep(_PAUSE if wanted.letters else 0)
            try:
                hits = await find_records(self._pane.explorer.org, wanted.type, wanted.letters)
            except SalesforceError as error:
                wanted.editor.offer(wanted.letters, [], error.message if wanted.letters else "")
            else:
                wanted.editor.offer(wanted.letters, hits)

        self._pane.work(look, "lookup")

    async def edited(self, event: EditDesk.Edited) -> None:
        """Take a value that fits; an Id that was typed must also be one that the field can point to."""
        if event.name and self._pane.state:
            self._pane.state.names[str(event.value)] = event.name
        before = self._pane.state.record.get(event.field.name) if self._pane.state else None
        typed_id = event.field.type == "reference" and event.value is not None and event.value != before
        if typed_id and not event.name:
            self._pane.work(lambda: self._check_reference(event), "edit")
        else:
            await self._take(event)

    async def _check_reference(self, event: EditDesk.Edited) -> None:
        pane, field, id = self._pane, event.field, str(event.value)
        problem = await misfit(pane.explorer.org, field, id)
        if not pane.view.desk.is_editing(field):
            return
        if problem:
            pane.view.desk.complain(problem)
            return
        await self._take(event)
        if pane.state and (name := await record_name(pane.explorer.org, id)):
            pane.state.names[id] = name
            pane.view.fields.refresh()

    async def _take(self, event: EditDesk.Edited) -> None:
        # In this order there is no moment in which what was typed is counted nowhere.
        self.put(event.field, event.value)
        await self._pane.view.desk.close()
        self._pane.refresh_bindings()
        if event.save:
            # A dialog draws what is behind it; the editor that was taken away must be gone from there.
            self._pane.call_after_refresh(self._pane.saving.review)

    def put(self, field: FieldDescribe, value: object) -> None:
        """Give the field a value."""
        if (state := self._pane.state) is not None:
            state.put(field.name, value)
            # It is being mended: what the org has said against it no longer holds.
            state.errors.pop(field.name, None)
            self._pane.show_state()

    def _say_read_only(self, field: FieldDescribe) -> None:
        self._pane.explorer.tell(f"{safe_text(field.name)} is read only.", "warning")

    def set_null(self) -> None:
        """Empty the field under the cursor, where it may be empty."""
        if here := self._here():
            state, field = here
            if not state.is_editable(field):
                self._say_read_only(field)
            elif not field.nillable:
                self._pane.explorer.tell(f"{safe_text(field.name)} is required; it can't be null.", "warning")
            else:
                self.put(field, None)

    def set_empty(self) -> None:
        """Put the empty text into the field under the cursor, which is sent as that, not as null."""
        if here := self._here():
            state, field = here
            if not state.is_editable(field):
                self._say_read_only(field)
            elif field.type not in _TEXTS:
                self._pane.explorer.tell(f"{safe_text(field.name)} holds no text; N sets null.", "warning")
            else:
                self.put(field, "")

    def revert(self) -> None:
        """Take back the change of the field under the cursor."""
        if here := self._here():
            state, field = here
            if not state.record.is_changed(field.name) and field.name not in state.errors:
                self._pane.explorer.tell(f"{safe_text(field.name)} is not changed.")
            state.errors.pop(field.name, None)
            state.revert(field.name)
            self._pane.show_state()

    def revert_all(self) -> None:
        """Take back all changes."""
        if (state := self._pane.state) is not None:
            count = len(state.record.changes)
            state.errors.clear()
            state.revert()
            self._pane.show_state()
            self._pane.explorer.tell(f"Took back {count_fields(count)}.")
