"""The screen with the whole value of a cell: in the grid it is cut."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sfexplorer.api.ui.cell_text import CellText, cell_text
from sfexplorer.api.ui.clipboard import beginning, copy_text, encoded, size_text
from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_text
from sfexplorer.api.ui.text_view import TextView


class CellViewer(ModalScreen[None]):
    """Shows a value with all its lines; it can be searched and copied.

    Args:
        title: What the value is called.
        value: The value as the org sent it.
    """

    DEFAULT_CSS = (
        dialog_css("CellViewer")
        + """
    CellViewer > .dialog { width: 96%; max-width: 120; height: auto; max-height: 90%; }
    CellViewer TextView { max-height: 70vh; }
    CellViewer Input { display: none; height: 1; margin: 0; border: none; padding: 0; background: $panel; }
    CellViewer .hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", id="value.leave", tooltip="Go back to the rows"),
        Binding("slash", "find", "Find", id="value.find", tooltip="Find words in the value"),
        Binding("n", "next(1)", "Next", id="value.next", tooltip="To the next place"),
        Binding("N", "next(-1)", "Previous", show=False, id="value.previous", tooltip="To the place before"),
        Binding("y", "copy", "Copy", id="value.copy", tooltip="Copy the whole value as the org has it"),
        Binding("t", "source", "Source", id="value.source", tooltip="Show JSON or HTML as it came"),
    ]

    def __init__(self, title: str, value: object) -> None:
        super().__init__()
        self._title = title
        self._cell: CellText = cell_text(value)
        self._as_source = False
        self._wanted = ""

    def compose(self) -> ComposeResult:
        """The value, the field for what is looked for, the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._title))
            yield TextView()
            yield Input(placeholder="Find…", compact=True)
            yield Static(classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show the value."""
        self._show()
        self._view.focus()

    @property
    def _view(self) -> TextView:
        return self.query_one(TextView)

    def _show(self) -> None:
        text = self._cell.source if self._as_source else self._cell.text
        self._view.show(text)
        lines = text.count("\n") + 1
        size = f"{lines:,} {'line' if lines == 1 else 'lines'}, {len(self._cell.source):,} characters"
        self._tell(size)

    def _tell(self, fact: str) -> None:
        other = "" if self._cell.kind == "text" else f"   t {'as text' if self._as_source else 'source'}"
        kind = "" if self._cell.kind == "text" else f"{self._cell.kind}, "
        self.query_one(".hint", Static).update(f"{kind}{fact}   y Copy   / Find{other}   Esc Back")

    def action_source(self) -> None:
        """Show the value as it came, or laid out again."""
        self._as_source = not self._as_source
        self._show()

    def action_copy(self) -> None:
        """Copy the whole value."""
        source = self._cell.source
        copy_text(self, source, f"{self._title}, {size_text(len(encoded(source)))}: {beginning(source)}")

    def action_find(self) -> None:
        """Ask what to look for."""
        field = self.query_one(Input)
        field.display = True
        field.focus()

    @on(Input.Submitted)
    def _begin(self, event: Input.Submitted) -> None:
        event.stop()
        self._wanted = event.value
        self._close_field()
        self.action_next(1)

    def _close_field(self) -> None:
        self.query_one(Input).display = False
        self._view.focus()

    def action_next(self, step: int) -> None:
        """Go to the next place that holds what is looked for, round the end."""
        if self._wanted:
            number, count = self._view.find(self._wanted, step)
            which = f"{number:,} of {count:,}" if count else "no"
            self._tell(f"{which} {beginning(self._wanted, 20)!r}")

    def action_leave(self) -> None:
        """Leave the field, else the value."""
        if self.query_one(Input).has_focus:
            self._close_field()
        else:
            self.dismiss(None)
