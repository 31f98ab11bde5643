"""The record pane: one record, its edits, and their way into the org."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from sfexplorer.api import Explorer, NewRecordRef, RecordRef, Reference
from sfexplorer.api.ui import PaneWidget
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client.ids import known_id
from sfexplorer_record.addresses import page_of
from sfexplorer_record.bindings import BINDINGS, OWN_ACTIONS
from sfexplorer_record.changing import Changing
from sfexplorer_record.copying import copies
from sfexplorer_record.editing import EditDesk
from sfexplorer_record.editors.lookup import LookupEditor
from sfexplorer_record.fieldlist import FieldList
from sfexplorer_record.history import History
from sfexplorer_record.keeping import Keeping
from sfexplorer_record.loading import begin_record, load_record, page_order
from sfexplorer_record.making import copy_of
from sfexplorer_record.more import offers
from sfexplorer_record.parents import referenced_names
from sfexplorer_record.related import counted, query_of, related_lists
from sfexplorer_record.relatedview import RelatedView
from sfexplorer_record.saving import Saving
from sfexplorer_record.state import RecordState
from sfexplorer_record.view import RecordView


class RecordPane(PaneWidget):
    """Shows and edits the record that a reference names, or makes one."""

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    keeps_drafts = True

    def __init__(self, explorer: Explorer, reference: RecordRef | NewRecordRef) -> None:
        super().__init__(explorer)
        self.reference = reference
        self.state: RecordState | None = None
        self.view = RecordView()
        self.saving = Saving(self)
        self._changing = Changing(self)
        self._keeping = Keeping(self)
        self._history = History(self, self.saving.review)

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
        if not (isinstance(reference, RecordRef) and isinstance(self.reference, RecordRef)):
            return False
        ids = [known_id(id) or id for id in (reference.id, self.reference.id)]
        return ids[0] == ids[1]

    def leave(self, *, keep: bool) -> None:
        """Keep the edits as a draft, with what an open editor holds, or let them go."""
        if self.state is not None:
            if keep and (typed := self.view.desk.typed()):
                self.state.put(typed.field.name, typed.value)
            self._keeping.leave(self.state, keep=keep)

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
        """The keys of the fields wait while an editor is open; Escape is the shell's when all are shown."""
        if action == "all":
            return self.view.is_free and self.view.is_narrowed
        if action == "save_changes":
            return self.view.is_free and self.unsaved > 0
        if action == "reload":
            return self.view.desk.editor is None
        if action in ("related", "history", "clone", "delete", "copy_id"):
            return self.view.is_free and self.state is not None and not self.state.is_new
        return self.view.is_free if action in OWN_ACTIONS else True

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
        await self._keeping.begin(state)
        self.state = state

    async def go_on(self, reference: RecordRef) -> None:
        """Show this record from now on: the one that was made here."""
        if self.state is not None:
            self._keeping.leave(self.state, keep=False)
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
            self._keeping.follow(self.state)
            self.title = f"{safe_text(self.state.describe.label)} > {self.state.name}"
            self.refresh_bindings()

    # What is to be seen.

    def action_reload(self) -> None:
        """Ask the org for what others did; edits stay."""
        self.work(self.reload)

    def action_filter(self) -> None:
        """Ask for the letters that fields must have."""
        self.view.ask_filter()

    def action_view(self) -> None:
        """Go from all fields to the filled, the changed, the required ones."""
        self.view.next_view()

    def action_all(self) -> None:
        """Show all fields again."""
        self.view.show_all()

    def action_raw(self) -> None:
        """Show values as the org sends them, or as people read them."""
        if self.state is not None:
            self.state.raw = not self.state.raw
            self.view.show()

    def action_order(self) -> None:
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

    def action_related(self) -> None:
        """Open the related lists, and count them."""
        self.view.related.open()
        self.work(self._count_related, "related")

    async def _count_related(self) -> None:
        if self.state is not None and self.state.record.id:
            org = self.explorer.org
            lists = await related_lists(org, self.state.describe)
            self.view.related.show(await counted(org, lists, self.state.record.id))

    def on_related_view_left(self, event: RelatedView.Left) -> None:
        """Go on in the fields."""
        event.stop()
        self.view.fields.focus()

    def on_related_view_chosen(self, event: RelatedView.Chosen) -> None:
        """Open a list as a query."""
        event.stop()
        self.work(lambda: self._open_related(event), "related")

    async def _open_related(self, event: RelatedView.Chosen) -> None:
        if self.state is not None and self.state.record.id:
            query = await query_of(self.explorer.org, event.related, self.state.record.id)
            self.explorer.open(query)

    # What changes the record.

    async def on_field_list_chosen(self, event: FieldList.Chosen) -> None:
        """A double click does as Enter."""
        event.stop()
        await self._changing.enter()

    async def on_edit_desk_edited(self, event: EditDesk.Edited) -> None:
        """A value that fits was typed."""
        event.stop()
        await self._changing.edited(event)

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
        self._changing.look_up(event)

    async def action_enter(self) -> None:
        """Open the record that the field points to, or edit the field."""
        await self._changing.enter()

    async def action_edit(self) -> None:
        """Edit the field under the cursor."""
        await self._changing.edit()

    def action_set_null(self) -> None:
        """Empty the field under the cursor."""
        self._changing.set_null()

    def action_set_empty(self) -> None:
        """Put the empty text into the field under the cursor."""
        self._changing.set_empty()

    def action_revert(self) -> None:
        """Take back the change of the field under the cursor."""
        self._changing.revert()

    def action_revert_all(self) -> None:
        """Take back all changes."""
        self._changing.revert_all()

    def action_save_changes(self) -> None:
        """As `action_save`; its key is told first while something is changed."""
        self.action_save()

    def action_save(self) -> None:
        """Show exactly what changed, and save it when that is agreed to."""
        self.saving.review()

    def action_history(self) -> None:
        """Show what was changed from here, and take a save back."""
        self.work(self._history.show, "history")

    # Other records, and the clipboard.

    def action_more(self) -> None:
        """List all that can be done."""
        self.work(self._more, "ask", stops=False)

    async def _more(self) -> None:
        if self.state is not None:
            offered = offers(self, self.state)
            at = await self.explorer.choose(self.state.name, [offer.line for offer in offered])
            if at is not None:
                offered[at].run()

    def action_new(self) -> None:
        """Begin a new record of the same sObject."""
        if self.state is not None:
            self.explorer.open(NewRecordRef(self.state.describe.name))

    def action_clone(self) -> None:
        """Begin a new record with the values of this one."""
        if self.state is not None:
            self.explorer.open(copy_of(self.state))

    def action_delete(self) -> None:
        """Delete the record, after asking."""
        self.work(self._delete, "delete", stops=False)

    async def _delete(self) -> None:
        state = self.state
        if state is None or not await self.explorer.confirm(
            f"Delete {safe_text(state.describe.label)} {state.name}? It goes to the org's recycle bin.",
            "Delete it",
        ):
            return
        self.busy = "Deleting"
        try:
            await self.explorer.org.delete(state.record)
        finally:
            self.busy = ""
        self._keeping.leave(state, keep=False)
        self.explorer.tell(f"Deleted {state.name}; it is in the org's recycle bin.")
        self.post_message(self.Finished(self))

    def action_copy(self) -> None:
        """Ask what to copy: the value, the Id, the whole record."""
        self.work(self._copy, "ask", stops=False)

    async def _copy(self) -> None:
        if self.state is not None and (field := self.view.here):
            found = copies(self.state, field, page_of(self.explorer.org, self.state.record))
            at = await self.explorer.choose("Copy", [copy.title for copy in found])
            if at is not None:
                self.explorer.copy(found[at].text, found[at].title)

    def action_copy_id(self) -> None:
        """Copy the record's Id."""
        if self.state is not None and (id := self.state.record.id):
            self.explorer.copy(id, f"the Id {id}")
