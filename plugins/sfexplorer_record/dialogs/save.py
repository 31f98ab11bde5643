"""The dialog before a save: exactly what will be sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui.display import cell_width, fit, safe_text
from sfexplorer_record.dialogs.frame import DIALOG_CSS, Rows
from sfexplorer_record.differences import Difference


class SaveDialog(ModalScreen[bool]):
    """Shows `field  old -> new` for each change; the answer is True for saving.

    Args:
        name: What the record is called.
        changes: The changed fields with their old and new value.
    """

    DEFAULT_CSS = DIALOG_CSS.format(name="SaveDialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "answer(True)", "Save", id="record.confirm", tooltip="Send these changes to the org"
        ),
        Binding(
            "escape", "answer(False)", "Back", id="record.go_back", tooltip="Go on editing; nothing is sent"
        ),
    ]

    def __init__(self, name: str, changes: Sequence[Difference]) -> None:
        super().__init__()
        self._record = name
        self._changes = changes

    def compose(self) -> ComposeResult:
        """The changes, and the two keys."""
        with Vertical(classes="dialog") as dialog:
            changes = "1 change" if len(self._changes) == 1 else f"{len(self._changes)} changes"
            dialog.border_title = Content(f"Save {changes} to {fit(self._record, 50).rstrip()}")
            with VerticalScroll(classes="rows"):
                yield Rows(self._draw, len(self._changes))
            yield Static("Enter saves     Escape goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """The arrows scroll where there are many changes."""
        self.query_one(VerticalScroll).focus()

    def action_answer(self, answer: bool) -> None:
        """Give the answer and close."""
        self.dismiss(answer)

    def _draw(self, width: int) -> list[Text]:
        names = max(cell_width(change.field) for change in self._changes)
        name = min(names, max(width // 3, 12))
        olds = max(cell_width(change.values[0]) for change in self._changes)
        old = min(olds, max((width - name - 6) // 2, 8))
        new = max(width - name - old - 6, 8)
        lines = []
        for change in self._changes:
            line = Text(f"{fit(safe_text(change.field), name)}  ", no_wrap=True)
            line.append(fit(change.values[0], old), "dim")
            line.append(f" -> {fit(change.values[1], new)}")
            lines.append(line)
        return lines
