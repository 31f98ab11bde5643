"""The record pane: one record, its edits, and their way into the org."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from sfexplorer.api import Explorer, NewRecordRef, RecordRef, Reference
from sfexplorer.api.ui import PaneWidget
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client.ids import known_id
from sfexplorer_record.addresses import page_of
from sfexplorer_record.changing import Changing
from sfexplorer_record.copying import copies
from sfexplorer_record.dialogs.menu import Entry, Menu
from sfexplorer_record.editing import EditDesk
from sfexplorer_record.editors.lookup import LookupEditor
from sfexplorer_record.fieldlist import FieldList
from sfexplorer_record.history import History
from sfexplorer_record.keeping import Keeping
from sfexplorer_record.keys import BINDINGS, BY_NAME
from sfexplorer_record.loading import begin_record, load_record, page_order
from sfexplorer_record.making import Making
from sfexplorer_record.more import more
from sfexplorer_record.parents import referenced_names
from sfexplorer_record.relatedview import RelatedView
from sfexplorer_record.relating import Relating
from sfexplorer_record.saving import Saving
from sfexplorer_record.state import RecordState
from sfexplorer_record.view import RecordView

# A text may be typed for long before it is taken; what a cut line loses of it is a sentence at most.
_KEPT_EVERY = 2.0


class RecordPane(PaneWidget):
    """Shows and edits the record that a reference names, or makes one."""

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self, explorer: Explorer, reference: RecordRef | NewRecordRef) -> None:
        super().__init__(explorer)
        self.reference = reference
        self.state: RecordState | None = None
        self.view: RecordView = RecordView()
        self.saving: Saving = Saving(self)
        self.changing: Changing = Changing(self)
        self.making: Making = Making(self)
        self.relating: Relating = Relating(self)
        self.history: History = History(self)
        self.keeping: Keeping = Keeping(self)

    def compose_pane(self) -> Iterable[Widget]:
        """The record's view."""
        yield self.view

    def on_mount(self) -> None:
        """Count what an open editor holds as soon as it holds it, and keep it while it is typed."""
        self._typing = self.set_interval(_KEPT_EVERY, self.keep_draft, pause=True)
        self.watch(self.view.desk, "touched", self._follow_typing, init=False)

    def on_unmount(self) -> None:
        """Let go of the draft: another pane may take it up."""
        self.keeping.end()

    def _follow_typing(self, touched: str) -> None:
        if touched:
            self._typing.resume()
        else:
            self._typing.pause()
        self._count_unsaved()

    def keep_draft(self) -> None:
        """Keep what is edited, and what an open editor holds, on disk: the line may be cut at any moment."""
        if self.state is not None:
            self.keeping.follow(self.state, self.view.desk.typed())

    def _count_unsaved(self) -> None:
        changed = set(self.state.record.changes) if self.state else set()
        self.unsaved = len((changed | {self.view.desk.touched}) - {""})

    def take(self, reference: Reference) -> bool:
        """A record has one pane, however it is named: its edits are in one place."""
        if not (isinstance(reference, RecordRef) and isinstance(self.reference, RecordRef)):
            return False
        ids = [known_id(id) or id for id in (reference.id, self.reference.id)]
        return ids[0] == ids[1]

    def bookmark(self) -> Reference:
        """The record, also one that was made here; of a new one the sObject alone: its draft has the rest."""
        if isinstance(self.reference, NewRecordRef):
            return NewRecordRef(self.reference.type)
        return self.reference

    @property
    def keeps_drafts(self) -> bool:
        """All edits of a record can be kept."""
        return True

    def leave(self, *, keep: bool) -> bool:
        """Keep the edits as a draft, with what an open editor holds, or let them go."""
        return self.state is None or self.keeping.leave(self.state, self.view.desk.typed(), keep=keep)

    def focus_content(self) -> None:
        """Go on in the editor that is open, or in the fields."""
        self.view.desk.focus_content()

    def part_widgets(self) -> list[Widget]:
        """The message, the fields, the related lists; an editor keeps the focus until it is left."""
        if self.view.desk.editor is not None:
            return []
        lists = [self.view.related.grid] if self.view.related.is_open else []
        return [widget for widget in (self.card, self.view.fields, *lists) if widget.display]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the fields wait while an editor is open."""
        if action != "do" or not parameters:
            return True
        return BY_NAME[str(parameters[0])].works(self)

    async def action_do(self, name: str) -> None:
        """Do what a key of the pane does."""
        done = BY_NAME[name].run(self)
        if inspect.isawaitable(done):
            await done

    # Loading.

    async def start(self) -> None:
        """Find the record by its Id, and show all its fields; once more for a record with its edits."""
        if self.state is not None:
            await self.reload()
            return
        new = isinstance(self.reference, NewRecordRef)
        self.busy = "Beginning a new record" if new else "Opening the record"
        name = self.reference.type if isinstance(self.reference, NewRecordRef) else self.reference.id
        self.title = safe_text(name)
        self.view.head.tell(name, "")
        try:
            await self._load()
        finally:
            self.busy = ""
        self.show_state()
        self.focus_again()
        self.work(self._find_names, "names")

    async def _load(self) -> None:
        org = self.explorer.org
        if isinstance(self.reference, NewRecordRef):
            state = await begin_record(org, self.reference)
        else:
            state = await load_record(org, self.reference)
        state.formatter_for = self.explorer.formatter_for
        await self.keeping.begin(state)
        self.state = state

    async def go_on(self, reference: RecordRef) -> None:
        """Show this record from now on: the one that was made here."""
        if self.state is not None:
            self.keeping.leave(self.state, {}, keep=False)
        self.reference, self.state = reference, None
        self.view.begin_anew()
        await self.start()

    async def _find_names(self) -> None:
        if self.state is not None and not self.state.is_new:
            names = await referenced_names(self.explorer.org, self.state.describe, self.state.record)
            self.state.names.update(names)
            self.view.fields.refresh()

    async def reload(self) -> None:
        """Read the record again; edits stay, also where somebody else changed the same field."""
        if self.state is None:
            await self.start()
            return
        if isinstance(self.reference, NewRecordRef):
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
        """Bring the screen up to date with the record, and the draft on disk."""
        if self.state is not None:
            self.view.show(self.state)
            self._count_unsaved()
            self.keep_draft()
            self.title = f"{safe_text(self.state.describe.label)} > {self.state.name}"
            self.refresh_bindings()

    def redraw(self) -> None:
        """Show values anew, as they look different now."""
        super().redraw()
        self.view.fields.refresh()

    # What its parts tell.

    def on_related_view_left(self, event: RelatedView.Left) -> None:
        """Go on in the fields."""
        event.stop()
        self.view.fields.focus()

    def on_related_view_chosen(self, event: RelatedView.Chosen) -> None:
        """Open a related list."""
        event.stop()
        self.relating.open_list(event.related)

    async def on_field_list_chosen(self, event: FieldList.Chosen) -> None:
        """A double click does as Enter."""
        event.stop()
        await self.changing.enter()

    async def on_edit_desk_edited(self, event: EditDesk.Edited) -> None:
        """A value that fits was typed."""
        event.stop()
        await self.changing.edited(event)

    def on_edit_desk_closed(self, event: EditDesk.Closed) -> None:
        """The editor was left."""
        event.stop()
        if self.state is not None:
            self.state.let_go()
            self.show_state()
        self.refresh_bindings()

    def on_lookup_editor_wanted(self, event: LookupEditor.Wanted) -> None:
        """Records are looked for by their name."""
        event.stop()
        self.changing.look_up(event)

    # What its keys do, beside what its parts do.

    def toggle_raw(self) -> None:
        """Show values as the org sends them, or as people read them."""
        if self.state is not None:
            self.state.raw = not self.state.raw
            self.view.show()

    def view_value(self) -> None:
        """Show all lines of the value under the cursor, also where it can't be edited."""
        from sfexplorer.api.ui.cell_viewer import CellViewer

        if self.state is not None and (field := self.view.here):
            self.app.push_screen(CellViewer(field.name, self.state.record.get(field.name)))

    def next_order(self) -> None:
        """Go to the next order of the fields; what the page's is has to be asked for once."""
        self.view.next_order()
        if self.view.selection.order == "layout" and not self.view.selection.layout:
            self.work(self._find_page_order, "layout")

    async def _find_page_order(self) -> None:
        if self.state is not None:
            self.busy = "Asking for the page layout"
            try:
                self.view.selection.layout = await page_order(self.explorer.org, self.state)
            finally:
                self.busy = ""
            self.view.show()

    def ask_more(self) -> None:
        """List all that can be done."""
        if self.state is not None:
            self.app.push_screen(Menu(self.state.name, more(self, self.state)), _take)

    def ask_copy(self) -> None:
        """Ask what to copy: the value, the Id, the whole record."""
        if self.state is not None and (field := self.view.here):
            found = copies(self.state, field, page_of(self.explorer.org, self.state.record))
            entries = [
                Entry(each.key, each.title, each.text, partial(self.explorer.copy, each.text, each.told))
                for each in found
            ]
            self.app.push_screen(Menu(f"Copy from {field.name}", entries), _take)

    def copy_id(self) -> None:
        """Copy the record's Id."""
        if self.state is not None and (id := self.state.record.id):
            self.explorer.copy(id, f"the Id {id}")


def _take(entry: Entry | None) -> None:
    if entry is not None:
        entry.run()
