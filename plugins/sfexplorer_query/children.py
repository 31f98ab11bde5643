"""The dialog with the records of a sub-select: in the grid they are a number."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api import RecordRef
from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_text
from sfexplorer.api.ui.grid import Grid, RowChosen
from sfexplorer_query.records import reference_of
from sfexplorer_query.rows import ResultRows
from sfexplorer_query.values import ValueDialog

_KEYS = "Enter opens the record   Space shows a value   y copies it   Escape goes back"


class ChildrenDialog(ModalScreen[RecordRef | None]):
    """Lists the records of one cell; the answer is the one to open, or None for going back.

    Args:
        title: The column's title.
        rows: The records that came with the row.
        total: How many there are in the org.
    """

    DEFAULT_CSS = (
        dialog_css("ChildrenDialog")
        + """
    ChildrenDialog > .dialog { width: 96%; max-width: 140; }
    ChildrenDialog Grid { max-height: 70vh; }
    ChildrenDialog .hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "show_value", "Value", id="query.child_value", tooltip="Show the whole value of the cell"
        ),
        Binding("y", "copy", "Copy", id="query.child_copy", tooltip="Copy the value under the cursor"),
        Binding("escape", "leave", "Back", id="query.children_leave", tooltip="Go back to the rows"),
    ]

    def __init__(self, title: str, rows: ResultRows, total: int) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._total = total

    def compose(self) -> ComposeResult:
        """The records, and the keys below them."""
        count = self._rows.row_count
        number = f"{count:,} of {self._total:,}" if self._total > count else f"{count:,}"
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"{safe_text(self._title)}: {number} records")
            grid = Grid(self._rows)
            grid.styles.height = count + 1
            yield grid
            yield Static(_KEYS, classes="hint", markup=False)

    def on_mount(self) -> None:
        """The keys are the grid's."""
        self.set_focus(self.query_one(Grid))

    def on_row_chosen(self, event: RowChosen) -> None:
        """Give the record that was chosen."""
        event.stop()
        if reference := reference_of(self._rows.record(event.row)):
            self.dismiss(reference)
        else:
            self.query_one(".hint", Static).update("Sums up records: nothing to open")

    async def action_show_value(self) -> None:
        """Show the whole value under the cursor."""
        grid = self.query_one(Grid)
        await self.app.push_screen(ValueDialog(self._rows.cell(grid.cursor_row, grid.cursor_column)))

    def action_copy(self) -> None:
        """Copy the value under the cursor."""
        grid = self.query_one(Grid)
        note = self._rows.cell(grid.cursor_row, grid.cursor_column).copy(self.app)
        self.query_one(".hint", Static).update(note)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
