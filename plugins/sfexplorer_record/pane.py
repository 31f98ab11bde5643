"""The record pane: the fields of one record, their editors, and the way of the edits into the org."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.api import Explorer, RecordRef, SalesforceError
from sfexplorer.api.ui import PaneWidget
from sfexplorer.api.ui.display import display_value, safe_text
from sfexplorer.client import FieldDescribe, RecordConflict
from sfexplorer_record.dialogs import ConflictDialog, SaveDialog
from sfexplorer_record.differences import unsaved
from sfexplorer_record.editing import EditDesk
from sfexplorer_record.fieldlist import FieldList
from sfexplorer_record.head import HeadLine
from sfexplorer_record.loading import load_record
from sfexplorer_record.names import record_name, referenced_names
from sfexplorer_record.saving import contested, last_saved_by, problems_by_field, settle
from sfexplorer_record.state import VIEWS, RecordState, View, describe_line, is_reference


class RecordPane(PaneWidget):
    """Shows and edits the record that a reference names."""

    DEFAULT_CSS = """
    RecordPane > #field-detail { height: 1; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="record.edit", tooltip="Edit the field in its place"),
        Binding("ctrl+s", "save", "Save", id="record.save", tooltip="Show what changed, and save it"),
        Binding("enter", "enter", "Open", id="record.enter", tooltip="Open the record it points to, or edit"),
        Binding("z", "revert", "Revert", id="record.revert", tooltip="Take back the change of this field"),
        Binding("slash", "filter", "Filter", id="record.filter", tooltip="Show the fields with some letters"),
        Binding(
            "f", "view", "View", id="record.view", tooltip="All fields, the filled ones, the changed ones"
        ),
        Binding("Z", "revert_all", "Revert all", show=False, id="record.revert_all", tooltip="Take back all"),
        Binding("N", "set_null", "Set null", show=False, id="record.set_null", tooltip="Empty the field"),
        Binding("r", "reload", "Refresh", show=False, id="record.refresh", tooltip="Ask the org; edits stay"),
        Binding("y", "copy", "Copy", show=False, id="record.copy", tooltip="Copy the value"),
        Binding("Y", "copy_id", "Copy Id", show=False, id="record.copy_id", tooltip="Copy the record's Id"),
        Binding("escape", "all", "All", show=False, id="record.all", tooltip="Show all fields again"),
    ]

    def __init__(self, explorer: Explorer, reference: RecordRef) -> None:
        super().__init__(explorer)
        self.reference = reference
        self.state: RecordState | None = None
        self.view: View = "all"

    def compose_pane(self) -> Iterable[Widget]:
        """The head line, the fields, and a line about the field under the cursor."""
        yield HeadLine()
        yield EditDesk()
        yield Static("", id="field-detail", markup=False)

    @property
    def fields(self) -> FieldList:
        """The list of fields."""
        return self.query_one(FieldList)

    @property
    def desk(self) -> EditDesk:
        """The list with the editor over it."""
        return self.query_one(EditDesk)

    @property
    def head(self) -> HeadLine:
        """The line above the fields."""
        return self.query_one(HeadLine)

    def focus_content(self) -> None:
        """Go on in the editor that is open, or in the fields."""
        self.desk.focus_content()

    def part_widgets(self) -> list[Widget]:
        """The message, if there is one, and the fields; an editor keeps the focus until it is left."""
        return [widget for widget in (self.card, self.fields) if widget.display and not self.desk.editor]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the fields wait while an editor is open; some need something to work on."""
        if action not in _OWN_ACTIONS:
            return True
        if action == "all":
            return self.view != "all" or bool(self.head.filter)
        return self.state is not None and self.desk.editor is None

    # Loading.

    async def start(self) -> None:
        """Find the record by its Id, and show all its fields."""
        self.busy = "Opening the record"
        self.head.tell(self.reference.id, "")
        try:
            self.state = await load_record(self.explorer.org, self.reference)
        finally:
            self.busy = ""
        self._show()
        self.focus_content()
        self.work(self._find_names, "names")

    async def _find_names(self) -> None:
        if self.state is not None:
            names = await referenced_names(self.explorer.org, self.state.describe, self.state.record)
            self.state.names.update(names)
            self.fields.refresh()

    async def _reload(self) -> None:
        if self.state is None:
            return await self.start()
        self.busy = "Reading the record"
        try:
            fresh = await load_record(self.explorer.org, self.reference)
        finally:
            self.busy = ""
        self.state.record.take_over(dict(fresh.record))
        self.state.describe = fresh.describe
        self._show()
        self.work(self._find_names, "names")
        return None

    # Showing.

    def _show(self) -> None:
        """Bring all that depends on the record up to date."""
        if self.state is None:
            return
        visible = self.state.visible(self.head.filter, self.view)
        self.fields.show(self.state, visible)
        changed = len(self.state.record.changes)
        self.unsaved = changed
        self.title = f"{safe_text(self.state.describe.label)} > {self.state.name}"
        parts = [] if self.view == "all" else [f"{self.view} only"]
        if len(visible) != len(self.state.describe.fields):
            parts.append(f"{len(visible)} of {len(self.state.describe.fields)}")
        if changed:
            parts.append(f"changed: {_fields(changed)}")
        self.head.tell(self.state.record.id or self.reference.id, "   ".join(parts))
        self.refresh_bindings()

    def on_field_list_cursor_moved(self, event: FieldList.CursorMoved) -> None:
        """Tell about the field under the cursor."""
        event.stop()
        detail = describe_line(event.field) if event.field else "No field has these letters."
        self.query_one("#field-detail", Static).update(detail)

    def on_head_line_filter_changed(self, event: HeadLine.FilterChanged) -> None:
        """Show the fields that are asked for."""
        event.stop()
        self._show()

    def on_head_line_filter_left(self, event: HeadLine.FilterLeft) -> None:
        """Go on in the fields."""
        event.stop()
        self.fields.focus()

    def action_filter(self) -> None:
        """Ask for the letters that fields must have."""
        self.head.ask()

    def action_view(self) -> None:
        """Go from all fields to the filled ones, to the changed ones."""
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self._show()

    def action_all(self) -> None:
        """Show all fields again."""
        self.view = "all"
        self.head.action_clear()
        self._show()

    # Editing.

    def _field(self) -> tuple[RecordState, FieldDescribe] | None:
        """The record and the field under the cursor."""
        field = self.fields.field
        return (self.state, field) if self.state and field else None

    def on_field_list_chosen(self, event: FieldList.Chosen) -> None:
        """A double click does as Enter."""
        event.stop()
        self.action_enter()

    def action_enter(self) -> None:
        """Open the record that the field points to, or edit the field."""
        if not (here := self._field()):
            return
        state, field = here
        value = state.record.get(field.name)
        if is_reference(field, value):
            self.explorer.open(RecordRef(str(value)))
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Open the editor of the field, or say why there is none."""
        if not (here := self._field()):
            return
        state, field = here
        value = state.record.get(field.name)
        if not field.updateable:
            self.explorer.tell(f"{safe_text(field.name)} is read only.", "warning")
        elif field.type == "boolean":
            self._change(field, not value)
        else:
            self.desk.open(field, value, state.names.get(str(value), ""))
            self.refresh_bindings()

    def on_edit_desk_edited(self, event: EditDesk.Edited) -> None:
        """A value that fits was typed; an Id must also belong to an object that the field can point to."""
        event.stop()
        field, value = event.field, event.value
        if field.type != "reference" or value is None:
            self._take(field, value, event.save)
            return

        async def check() -> None:
            if problem := await self._misfit(field, str(value)):
                self.desk.complain(problem)
                return
            self._take(field, value, event.save)
            if self.state and (name := await record_name(self.explorer.org, str(value))):
                self.state.names[str(value)] = name
                self.fields.refresh()

        self.work(check, "edit")

    async def _misfit(self, field: FieldDescribe, id: str) -> str:
        info = await self.explorer.org.object_of(id)
        if info is None or (field.reference_to and info.name not in field.reference_to):
            whose = f"the Id of a record of {info.label}" if info else "an Id of no object here"
            return f"This is {whose}; the field takes {', '.join(field.reference_to)}."
        return ""

    def on_edit_desk_closed(self, event: EditDesk.Closed) -> None:
        """The editor was left."""
        event.stop()
        self.refresh_bindings()

    def _take(self, field: FieldDescribe, value: object, save: bool) -> None:
        self.desk.close()
        self._change(field, value)
        if save:
            self.action_save()

    def _change(self, field: FieldDescribe, value: object) -> None:
        if self.state is not None:
            self.state.record[field.name] = value
            self.state.errors.pop(field.name, None)
            self._show()

    def action_set_null(self) -> None:
        """Empty the field under the cursor, where it may be empty."""
        if not (here := self._field()):
            return
        _, field = here
        name = safe_text(field.name)
        if not field.updateable:
            self.explorer.tell(f"{name} is read only.", "warning")
        elif not field.nillable:
            self.explorer.tell(f"{name} is required; it can't be null.", "warning")
        else:
            self._change(field, None)

    def action_revert(self) -> None:
        """Take back the change of the field under the cursor."""
        if not (here := self._field()):
            return
        state, field = here
        state.errors.pop(field.name, None)
        state.record.revert(field.name)
        self._show()

    def action_revert_all(self) -> None:
        """Take back all changes; told, since it can't be undone."""
        if self.state is None:
            return
        count = len(self.state.record.changes)
        self.state.errors.clear()
        self.state.record.revert()
        self._show()
        self.explorer.tell(f"Took back {_fields(count)}.")

    # Copying and asking again.

    def action_copy(self) -> None:
        """Copy the value of the field under the cursor."""
        if here := self._field():
            state, field = here
            value = state.record.get(field.name)
            self.app.copy_to_clipboard(
                "" if value is None else value if isinstance(value, str) else display_value(value)
            )
            self.explorer.tell(f"Copied {safe_text(field.name)}.")

    def action_copy_id(self) -> None:
        """Copy the record's Id."""
        if self.state is not None:
            self.app.copy_to_clipboard(self.state.record.id or "")
            self.explorer.tell(f"Copied the Id {self.state.record.id}.")

    def action_reload(self) -> None:
        """Read the record again; edits stay."""
        self.work(self._reload)

    # Saving.

    def action_save(self) -> None:
        """Show exactly what changed, and save it when that is agreed to."""
        if self.state is None:
            return
        if not self.state.record.changes:
            self.explorer.tell("Nothing changed: there is nothing to save.")
            return
        self.work(self._review_and_save, "save")

    async def _review_and_save(self) -> None:
        if self.state and await self.app.push_screen_wait(SaveDialog(self.state.name, unsaved(self.state))):
            await self._save()

    async def _save(self) -> None:
        """Send the changes; a conflict is settled by the person, as often as it takes."""
        state, org = self.state, self.explorer.org
        if state is None:
            return
        while True:
            count = len(state.record.changes)
            self.busy = "Saving"
            try:
                await org.update(state.record, refresh=True)
                break
            except RecordConflict as conflict:
                self.busy = ""
                if not await self._settle(state, conflict):
                    return
            except SalesforceError as error:
                self._blame(state, error)
                raise
            finally:
                self.busy = ""
        state.errors.clear()
        self._show()
        self.explorer.tell(f"Saved {_fields(count)}.")

    async def _settle(self, state: RecordState, conflict: RecordConflict) -> bool:
        who = await last_saved_by(self.explorer.org, state)
        chosen = await self.app.push_screen_wait(ConflictDialog(contested(state, conflict), who))
        if chosen is None:
            return False
        settle(state.record, conflict, chosen)
        self._show()
        return bool(state.record.changes)

    def _blame(self, state: RecordState, error: SalesforceError) -> None:
        """Put what the org says against single fields at these fields."""
        state.errors = problems_by_field(state, error)
        if any(state.describe.field(name) not in self.fields.fields for name in state.errors):
            self.action_all()
        self._show()
        for name in state.errors:
            self.fields.move_to(name)
            break


def _fields(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"


_OWN_ACTIONS = frozenset(binding.action for binding in RecordPane.BINDINGS if isinstance(binding, Binding))
