"""The record pane: one record, its edits, and their way into the org."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from sfexplorer.api import Explorer, RecordRef, Reference
from sfexplorer.api.ui import PaneWidget
from sfexplorer.api.ui.display import display_value, safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer.client.ids import known_id
from sfexplorer_record.editing import EditDesk
from sfexplorer_record.fieldlist import FieldList
from sfexplorer_record.loading import load_record
from sfexplorer_record.parents import misfit, record_name, referenced_names
from sfexplorer_record.saving import Saving
from sfexplorer_record.state import RecordState, is_editable, is_reference
from sfexplorer_record.view import RecordView, count_fields


class RecordPane(PaneWidget):
    """Shows and edits the record that a reference names."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # First where it is of use: at 60 columns the line below has room for one key.
        Binding("ctrl+s", "save_changes", "Save", id="record.save", tooltip="Show what changed, and save it"),
        Binding("e", "edit", "Edit", id="record.edit", tooltip="Edit the field in its place"),
        Binding("ctrl+s", "save", "Save", show=False, id="record.save", tooltip="Show what changed, save it"),
        Binding("z", "revert", "Revert", id="record.revert", tooltip="Take back the change of this field"),
        Binding("enter", "enter", "Open", id="record.enter", tooltip="Open the record it points to, or edit"),
        Binding("slash", "filter", "Filter", id="record.filter", tooltip="Show the fields with some letters"),
        Binding("f", "view", "View", id="record.view", tooltip="All fields, filled ones, changed ones"),
        Binding("escape", "all", "All", show=False, id="record.all", tooltip="Show all fields again"),
        Binding("Z", "revert_all", "Revert all", show=False, id="record.revert_all", tooltip="Take back all"),
        Binding("N", "set_null", "Set null", show=False, id="record.set_null", tooltip="Empty the field"),
        Binding("r", "reload", "Refresh", show=False, id="record.refresh", tooltip="Ask the org; edits stay"),
        Binding("y", "copy", "Copy", show=False, id="record.copy", tooltip="Copy the value"),
        Binding("Y", "copy_id", "Copy Id", show=False, id="record.copy_id", tooltip="Copy the record's Id"),
    ]

    def __init__(self, explorer: Explorer, reference: RecordRef) -> None:
        super().__init__(explorer)
        self.reference = reference
        self.state: RecordState | None = None
        self.view = RecordView()
        self._saving = Saving(self)

    def compose_pane(self) -> Iterable[Widget]:
        """The record's view."""
        yield self.view

    def on_mount(self) -> None:
        """Count what an open editor holds as soon as it holds it."""
        self.watch(self.view.desk, "touched", self._count_unsaved, init=False)

    def _count_unsaved(self) -> None:
        changed = set(self.state.record.changes) if self.state else set()
        self.unsaved = len((changed | {self.view.desk.touched}) - {""})

    def take(self, reference: Reference) -> bool:
        """A record has one pane, however it is named: its edits are in one place."""
        if not isinstance(reference, RecordRef):
            return False
        ids = [known_id(id) or id for id in (reference.id, self.reference.id)]
        return ids[0] == ids[1]

    def focus_content(self) -> None:
        """Go on in the editor that is open, or in the fields."""
        self.view.desk.focus_content()

    def part_widgets(self) -> list[Widget]:
        """The message, if there is one, and the fields; an editor keeps the focus until it is left."""
        if self.view.desk.editor is not None:
            return []
        return [widget for widget in (self.card, self.view.fields) if widget.display]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the fields wait while an editor is open; Escape is the shell's when all are shown."""
        if action == "all":
            return self.view.is_free and self.view.is_narrowed
        if action == "save_changes":
            return self.view.is_free and self.unsaved > 0
        if action == "reload":
            return self.view.desk.editor is None
        return self.view.is_free if action in _OWN_ACTIONS else True

    # Loading.

    async def start(self) -> None:
        """Find the record by its Id, and show all its fields; once more for a record with its edits."""
        if self.state is not None:
            await self.reload()
            return
        self.busy = "Opening the record"
        self.title = safe_text(self.reference.id)
        self.view.head.tell(self.reference.id, "")
        try:
            self.state = await load_record(self.explorer.org, self.reference)
        finally:
            self.busy = ""
        self.show_state()
        self.focus_again()
        self.work(self._find_names, "names")

    async def _find_names(self) -> None:
        if self.state is not None:
            names = await referenced_names(self.explorer.org, self.state.describe, self.state.record)
            self.state.names.update(names)
            self.view.fields.refresh()

    async def reload(self) -> None:
        """Read the record again; edits stay, also where somebody else changed the same field."""
        if self.state is None:
            await self.start()
            return
        self.busy = "Reading the record"
        try:
            fresh = await load_record(self.explorer.org, self.reference)
        finally:
            self.busy = ""
        editor = self.view.desk.editor
        contested = self.state.follow(fresh.record, editor.field.name if editor else "")
        self.show_state()
        if contested:
            names = ", ".join(map(safe_text, contested))
            self.explorer.tell(f"Someone else changed {names} too. Saving asks whose to keep.", "warning")
        self.work(self._find_names, "names")

    def show_state(self) -> None:
        """Bring the screen up to date with the record."""
        if self.state is not None:
            self.view.show(self.state)
            self._count_unsaved()
            self.title = f"{safe_text(self.state.describe.label)} > {self.state.name}"
            self.refresh_bindings()

    def action_reload(self) -> None:
        """Ask the org for what others did; edits stay."""
        self.work(self.reload)

    def action_filter(self) -> None:
        """Ask for the letters that fields must have."""
        self.view.ask_filter()

    def action_view(self) -> None:
        """Go from all fields to the filled ones, to the changed ones."""
        self.view.next_view()

    def action_all(self) -> None:
        """Show all fields again."""
        self.view.show_all()

    # Editing.

    def _here(self) -> tuple[RecordState, FieldDescribe] | None:
        """The record and the field under the cursor."""
        field = self.view.here
        return (self.state, field) if self.state and field else None

    async def on_field_list_chosen(self, event: FieldList.Chosen) -> None:
        """A double click does as Enter."""
        event.stop()
        await self.action_enter()

    async def action_enter(self) -> None:
        """Open the record that the field points to, or edit the field."""
        if here := self._here():
            state, field = here
            value = state.record.get(field.name)
            if is_reference(field, value):
                self.explorer.open(RecordRef(str(value)))
            else:
                await self.action_edit()

    async def action_edit(self) -> None:
        """Open the editor of the field, or say why there is none; with it open the next key is for it."""
        if here := self._here():
            state, field = here
            value = state.record.get(field.name)
            if not is_editable(field):
                self._say_read_only(field)
            elif field.type == "boolean":
                self._change(field, not value)
            else:
                name, problem = state.names.get(str(value), ""), state.notice(field)
                await self.view.desk.open(field, value, name, problem)
                self.refresh_bindings()

    async def on_edit_desk_edited(self, event: EditDesk.Edited) -> None:
        """A value that fits was typed; an Id must also be one of an object that the field can point to."""
        event.stop()
        if event.field.type == "reference" and event.value is not None:
            self.work(lambda: self._check_reference(event), "edit")
        else:
            await self._take(event)

    def on_edit_desk_closed(self, event: EditDesk.Closed) -> None:
        """The editor was left."""
        event.stop()
        if self.state is not None:
            self.state.let_go()
            self.show_state()
        self.refresh_bindings()

    async def _check_reference(self, event: EditDesk.Edited) -> None:
        org, field, id = self.explorer.org, event.field, str(event.value)
        problem = await misfit(org, field, id)
        if not self.view.desk.is_editing(field):
            return
        if problem:
            self.view.desk.complain(problem)
            return
        await self._take(event)
        if self.state and (name := await record_name(org, id)):
            self.state.names[id] = name
            self.view.fields.refresh()

    async def _take(self, event: EditDesk.Edited) -> None:
        # In this order there is no moment in which what was typed is counted nowhere.
        self._change(event.field, event.value)
        await self.view.desk.close()
        self.refresh_bindings()
        if event.save:
            # A dialog draws what is behind it; the editor that was taken away must be gone from there.
            self.call_after_refresh(self.action_save)

    def _change(self, field: FieldDescribe, value: object) -> None:
        if self.state is not None:
            self.state.put(field.name, value)
            # It is being mended: what the org has said against it no longer holds.
            self.state.errors.pop(field.name, None)
            self.show_state()

    def _say_read_only(self, field: FieldDescribe) -> None:
        self.explorer.tell(f"{safe_text(field.name)} is read only.", "warning")

    def action_set_null(self) -> None:
        """Empty the field under the cursor, where it may be empty."""
        if here := self._here():
            _, field = here
            if not is_editable(field):
                self._say_read_only(field)
            elif not field.nillable:
                self.explorer.tell(f"{safe_text(field.name)} is required; it can't be null.", "warning")
            else:
                self._change(field, None)

    def action_revert(self) -> None:
        """Take back the change of the field under the cursor."""
        if here := self._here():
            state, field = here
            if not state.record.is_changed(field.name) and field.name not in state.errors:
                self.explorer.tell(f"{safe_text(field.name)} is not changed.")
            state.errors.pop(field.name, None)
            state.revert(field.name)
            self.show_state()

    def action_revert_all(self) -> None:
        """Take back all changes."""
        if self.state is not None:
            count = len(self.state.record.changes)
            self.state.errors.clear()
            self.state.revert()
            self.show_state()
            self.explorer.tell(f"Took back {count_fields(count)}.")

    def action_copy(self) -> None:
        """Copy the value of the field under the cursor."""
        if here := self._here():
            state, field = here
            value = state.record.get(field.name)
            if value is None:
                self.explorer.tell(f"{safe_text(field.name)} is null: nothing to copy.", "warning")
            else:
                self.app.copy_to_clipboard(value if isinstance(value, str) else display_value(value))
                self.explorer.tell(f"Copied {safe_text(field.name)}.")

    def action_copy_id(self) -> None:
        """Copy the record's Id."""
        if self.state is not None:
            self.app.copy_to_clipboard(self.state.record.id or "")
            self.explorer.tell(f"Copied the Id {self.state.record.id}.")

    def action_save_changes(self) -> None:
        """As `action_save`; its key is told first while something is changed."""
        self.action_save()

    def action_save(self) -> None:
        """Show exactly what changed, and save it when that is agreed to."""
        self._saving.review()


_OWN_ACTIONS = frozenset(binding.action for binding in RecordPane.BINDINGS if isinstance(binding, Binding))
