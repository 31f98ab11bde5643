"""The parts of the record pane on the screen: head line, fields with their editor, a line about one field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from sfexplorer.client import FieldDescribe
from sfexplorer_record.editing import EditDesk
from sfexplorer_record.fieldlist import FieldList
from sfexplorer_record.head import HeadLine
from sfexplorer_record.relatedview import RelatedView
from sfexplorer_record.selection import ORDERS, VIEWS, Selection, best_of
from sfexplorer_record.showing import describe_line
from sfexplorer_record.state import RecordState


class RecordView(Vertical):
    """Shows a record and which of its fields are asked for; the pane tells it when something changed."""

    DEFAULT_CSS = """
    RecordView { height: 1fr; }
    RecordView > #field-detail { height: 1; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.state: RecordState | None = None
        self.selection = Selection()
        self.head = HeadLine()
        self.desk = EditDesk()
        self.related = RelatedView()
        self._detail = Static("", id="field-detail", markup=False)

    def compose(self) -> ComposeResult:
        """The line above the fields, the fields with the editor over them, the lines below."""
        yield self.head
        yield self.desk
        yield self._detail
        yield self.related

    @property
    def fields(self) -> FieldList:
        """The list of fields."""
        return self.desk.list

    @property
    def here(self) -> FieldDescribe | None:
        """The field under the cursor."""
        return self.fields.field

    @property
    def is_free(self) -> bool:
        """Whether the keys of the fields work: a record is there, no editor is open, no list is gone into."""
        in_list = self.is_attached and self.screen.focused is self.related.grid
        return self.state is not None and self.desk.editor is None and not in_list

    @property
    def is_narrowed(self) -> bool:
        """Whether some fields are left out."""
        return self.selection.view != "all" or bool(self.head.filter or self.selection.parts)

    def show(self, state: RecordState | None = None) -> None:
        """Bring all that depends on the record up to date; with `state` for another one."""
        self.state = state or self.state
        if self.state is None:
            return
        visible = self.selection.visible(self.state, self.head.filter)
        self.fields.show(self.state, visible)
        self.related.display = not self.state.is_new
        changed = len(self.state.record.changes)
        parts = [] if self.selection.view == "all" else [f"{self.selection.view} only"]
        parts += [] if self.selection.order == "org" else [f"{self.selection.order} order"]
        parts += ["raw"] if self.state.raw else []
        if self.is_narrowed:
            parts.append(f"{len(visible)} of {len(self.state.describe.fields)}")
        if changed:
            parts.append(f"changed: {count_fields(changed)}")
        self.head.tell(self.state.record.id or "not saved yet", "   ".join(parts))
        self.refresh_bindings()

    def reveal(self, names: Iterable[str]) -> None:
        """Put the cursor on the first of these fields, and all on the screen if one was filtered out."""
        wanted = set(names)
        if self.state is None or not wanted:
            return
        if not wanted <= {field.name for field in self.fields.fields}:
            self.show_all()
        self.fields.move_to(next(field.name for field in self.state.describe.fields if field.name in wanted))

    def on_field_list_cursor_moved(self, event: FieldList.CursorMoved) -> None:
        """Tell about the field under the cursor."""
        event.stop()
        if self.state is not None and event.field is not None:
            self._detail.update(describe_line(self.state, event.field))
        else:
            self._detail.update("No field is like this.  Esc shows all.")

    def on_head_line_filter_changed(self, event: HeadLine.FilterChanged) -> None:
        """Show the fields that are asked for, the cursor on the one that is most likely meant."""
        event.stop()
        self.show()
        if best := best_of(self.fields.fields, self.head.filter):
            self.fields.move_to(best.name)

    def on_head_line_filter_left(self, event: HeadLine.FilterLeft) -> None:
        """Go on in the fields."""
        event.stop()
        self.fields.focus()

    def begin_anew(self) -> None:
        """Forget what belonged to the record that was shown."""
        self.state = None
        self.selection = Selection(order=self.selection.order, layout=self.selection.layout)
        self.head.clear()
        self.related.forget()

    def ask_filter(self) -> None:
        """Ask for the letters that fields must have."""
        self.head.ask()

    def next_view(self) -> None:
        """Go from all fields to the filled ones, to the changed ones, to those that must be filled."""
        chosen = self.selection
        chosen.view = VIEWS[(VIEWS.index(chosen.view) + 1) % len(VIEWS)]
        self.show()

    def next_order(self) -> None:
        """Go from the org's order to that of the page layout, to the alphabet's."""
        chosen = self.selection
        has_page = self.state is not None and self.state.describe.layoutable
        orders = [order for order in ORDERS if has_page or order != "layout"]
        chosen.order = orders[(orders.index(chosen.order) + 1) % len(orders)]
        self.show()

    def show_parts(self, parts: Sequence[FieldDescribe]) -> None:
        """Show only the parts of a compound field, each to be edited by itself."""
        self.show_all()
        self.selection.parts = [part.name for part in parts]
        self.show()
        self.fields.move_to(parts[0].name)

    def show_all(self) -> None:
        """Show all fields again; from the parts of a field the cursor goes back to where they are."""
        self.selection.view, self.selection.parts = "all", ()
        self.head.clear()
        self.show()


def count_fields(count: int) -> str:
    """`1 field`, `2 fields`."""
    return "1 field" if count == 1 else f"{count} fields"
