"""The dialog with the whole value of a cell: in the grid it is cut."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_text
from sfexplorer_query.cell import Cell


class ValueDialog(ModalScreen[None]):
    """Shows a value with all its lines.

    Args:
        cell: The value.
    """

    DEFAULT_CSS = (
        dialog_css("ValueDialog")
        + """
    ValueDialog VerticalScroll { height: auto; max-height: 70vh; }
    ValueDialog VerticalScroll > Static { height: auto; }
    ValueDialog .hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space", "leave", "Back", id="query.value_leave", tooltip="Go back to the rows"),
        Binding("y", "copy", "Copy", id="query.value_copy", tooltip="Copy the whole value"),
    ]

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self._cell = cell

    def compose(self) -> ComposeResult:
        """The value, and the keys below it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._cell.title))
            with VerticalScroll():
                yield Static(self._cell.whole, markup=False)
            yield Static("y copies it   Arrows scroll   Escape goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.set_focus(self.query_one(VerticalScroll))

    def action_copy(self) -> None:
        """Copy the whole value."""
        self.query_one(".hint", Static).update(self._cell.copy(self.app))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
