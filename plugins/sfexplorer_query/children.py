"""The dialog with the records of a sub-select: in the grid they are a number."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api import RecordRef, SalesforceError
from sfexplorer.api.ui.background import run_beside
from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_text
from sfexplorer.api.ui.grid import Grid, RowChosen
from sfexplorer.api.ui.grid_box import GridBox
from sfexplorer_query.records import reference_of
from sfexplorer_query.run import Children

_KEYS = "Enter opens the record   v shows a value   y copies   / filters   Escape goes back"


class ChildrenDialog(ModalScreen[RecordRef | None]):
    """Lists the records of one cell; the answer is the one to open, or None for going back.

    Those that did not come with the row are fetched beside it.

    Args:
        children: The records.
    """

    DEFAULT_CSS = (
        dialog_css("ChildrenDialog")
        + """
    ChildrenDialog > .dialog { width: 96%; max-width: 140; }
    ChildrenDialog GridBox { height: auto; }
    ChildrenDialog Grid { max-height: 65vh; }
    ChildrenDialog .hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "load", "Try again", show=False, id="query.children_again", tooltip="Fetch the rest"),
        Binding("escape", "leave", "Back", id="query.children_leave", tooltip="Go back to the rows"),
    ]

    def __init__(self, children: Children) -> None:
        super().__init__()
        self._children = children
        self._rows = children.rows

    def compose(self) -> ComposeResult:
        """The records, and the keys below them."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._children.title))
            grid = Grid(self._rows)
            grid.styles.height = self._rows.row_count + 1
            yield GridBox(grid)
            yield Static(_KEYS, classes="hint", markup=False)

    def on_mount(self) -> None:
        """The keys are the grid's; what is missing is asked for at once."""
        self.set_focus(self.query_one(Grid))
        self._tell()
        self.action_load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to load only while something is missing."""
        return action != "load" or self._is_missing

    def action_load(self) -> None:
        """Fetch the records that did not come with the row."""
        if self._is_missing:
            self._tell("loading the rest…")
            run_beside(self, self._load, "children")

    async def _load(self) -> None:
        try:
            self._rows = await self._children.all_rows()
        except SalesforceError as error:
            self._tell(f"! {error.message} r tries again")
            return
        grid = self.query_one(Grid)
        row, column, top = grid.cursor_row, grid.cursor_column, grid.top_row
        grid.source = self._rows
        grid.styles.height = self._rows.row_count + 1
        grid.move_to(row, column, top=top)
        self._tell()

    @property
    def _is_missing(self) -> bool:
        return self._children.total > self._rows.row_count

    def _tell(self, note: str = "") -> None:
        count, total = self._rows.row_count, self._children.total
        number = f"{count:,} of {total:,}" if total > count else f"{count:,}"
        self.query_one(GridBox).tell(f"{number} record{'' if total == 1 else 's'}   {note}".rstrip())

    def on_row_chosen(self, event: RowChosen) -> None:
        """Give the record that was chosen, or the parent that the cursor is on."""
        event.stop()
        parent = self._rows.reference(event.row, event.column) if event.grid.marks_column else None
        if reference := parent or reference_of(self._rows.record(event.row)):
            self.dismiss(reference)
        else:
            self.query_one(GridBox).note("sums up records: nothing to open")

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
