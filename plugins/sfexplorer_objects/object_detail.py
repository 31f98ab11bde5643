"""What an object is made of: its fields, child relationships, record types and addresses, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from sfexplorer.api.ui import Grid, GridBox, GridSource, chosen_rows, clear_marks, mark, marked_rows
from sfexplorer.client import FieldDescribe, SObjectDescribe
from sfexplorer_objects.field_rows import FieldRows
from sfexplorer_objects.other_rows import KeyedRows, address_rows, child_rows, record_type_rows
from sfexplorer_objects.usage import Filled

Part = Literal["fields", "children", "types", "addresses"]

PARTS: Mapping[Part, str] = {
    "fields": "Show the fields of the object",
    "children": "Show what points to the object",
    "types": "Show the record types of the object",
    "addresses": "Show where the object is in browser and API",
}
"""The parts in the order of their keys, with what the keys do."""

_EMPTY: Mapping[Part, str] = {
    "fields": "No fields that this user may see.",
    "children": "Nothing points to this object.",
    "types": "This object has no record types.",
    "addresses": "",
}


class ObjectDetail(Vertical):
    """One part of an object at a time, with filter, sorting, marks and copying.

    Attributes:
        part: The part that is shown.
        describe: The object that is shown.
        origin: The org's own address, as soon as it is known.
    """

    DEFAULT_CSS = """
    ObjectDetail { height: 3fr; }
    ObjectDetail > .parts { height: 1; color: $text-muted; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.part: Part = "fields"
        self.describe: SObjectDescribe | None = None
        self.origin = ""
        self._filled: dict[str, Filled] = {}
        self._left: dict[Part, tuple[int, list[int]]] = {}

    def compose(self) -> ComposeResult:
        """The part that is shown."""
        yield Static(classes="parts", markup=False)
        yield GridBox(Grid(FieldRows(), empty_message="", id="fields"), heading="Fields")

    @property
    def grid(self) -> Grid:
        """The part that is shown."""
        return self.query_one("#fields", Grid)

    @property
    def box(self) -> GridBox:
        """The part with its filter."""
        return self.query_one(GridBox)

    @property
    def field(self) -> FieldDescribe | None:
        """The field under the cursor."""
        rows = self.grid.source
        if not isinstance(rows, FieldRows) or not self.grid.has_cursor:
            return None
        return rows.fields[self.grid.cursor_row]

    @property
    def chosen_fields(self) -> list[FieldDescribe]:
        """The marked fields, else the one under the cursor."""
        rows = self.grid.source
        return [rows.fields[row] for row in chosen_rows(self.grid)] if isinstance(rows, FieldRows) else []

    @property
    def marked_fields(self) -> list[FieldDescribe]:
        """The marked fields."""
        rows = self.grid.source
        return [rows.fields[row] for row in marked_rows(self.grid)] if isinstance(rows, FieldRows) else []

    @property
    def row(self) -> Sequence[str | None]:
        """The texts of the row under the cursor; empty where there is none."""
        rows = self.grid.source
        return rows.cells(self.grid.cursor_row) if self.grid.has_cursor else ()

    def show(self, describe: SObjectDescribe | None) -> None:
        """Show this object, in the part that is shown already."""
        if describe is None or self.describe is None or describe.name != self.describe.name:
            self._filled, self._left = {}, {}
            clear_marks(self.grid)
            self.box.line.clear()
        self.describe = describe
        self._fill()

    def show_part(self, part: Part) -> None:
        """Show another part of the same object."""
        if part == self.part:
            return
        self._left[self.part] = (self.grid.cursor_row, marked_rows(self.grid))
        self.part = part
        self._fill()
        row, marked = self._left.get(part, (0, []))
        mark(self.grid, *marked)
        self.grid.move_to(row)

    def tell_filled(self, filled: Mapping[str, Filled]) -> None:
        """Show how filled some fields are."""
        self._filled.update(filled)
        row = self.grid.cursor_row
        self._fill()
        self.grid.move_to(row)

    def _fill(self) -> None:
        self.grid.empty_message = _EMPTY[self.part] if self.describe else ""
        self.grid.source = self._rows()
        self.box.tell(self.describe.name if self.describe else "Fields")
        self.query_one(".parts", Static).update(self._parts())

    def _rows(self) -> GridSource:
        if self.describe is None:
            return KeyedRows(())
        match self.part:
            case "fields":
                return FieldRows(self.describe.fields, self._filled)
            case "children":
                return child_rows(self.describe)
            case "types":
                return record_type_rows(self.describe)
        return address_rows(self.describe, self.origin)

    def _parts(self) -> Text:
        """`─ 1 Fields 68 ── 2 Children 25 ── …`: each part with the key that shows it."""
        line = Text("─")
        if self.describe is not None:
            counts = {
                "fields": len(self.describe.fields),
                "children": len(self.describe.child_relationships),
                "types": len(self.describe.record_type_infos),
            }
            for key, part in enumerate(PARTS, 1):
                count = f" {counts[part]}" if part in counts else ""
                line.append(f" {key} {part.capitalize()}{count} ", "bold" if part == self.part else "")
                line.append("─")
        # The rest of the rule is cut at the edge.
        line.append("─" * 240)
        return line
