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
from sfexplorer_record.dialogs.frame import Rows, rows_css
from sfexplorer_record.dialogs.wrapping import wrapped
from sfexplorer_record.differences import Difference

_KEYS = "Enter saves     Escape goes back"

_INDENT = 7

# The old value is there to recognise; the new one is what is sent.
_MOST_OLD, _MOST_NEW = 12, 600


class SaveDialog(ModalScreen[bool]):
    """Shows `field  old -> new` for each change, in as many lines as it takes; True is for saving.

    Args:
        title: What is to be done: `Save 2 changes to Ada`.
        changes: The changed fields with their old and new value; of a new record only the new one counts.
        is_new: Whether there are no old values.
    """

    DEFAULT_CSS = rows_css("SaveDialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "answer(True)", "Save", id="record.confirm", tooltip="Send these changes to the org"
        ),
        Binding(
            "escape", "answer(False)", "Back", id="record.go_back", tooltip="Go on editing; nothing is sent"
        ),
    ]

    def __init__(self, title: str, changes: Sequence[Difference], *, is_new: bool = False) -> None:
        super().__init__()
        self._title, self._changes, self._is_new = title, changes, is_new

    def compose(self) -> ComposeResult:
        """The changes, and the two keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(fit(self._title, 70).rstrip())
            with VerticalScroll(classes="rows"):
                yield Rows(self._draw)
            yield Static(_KEYS, classes="hint", markup=False)

    def on_mount(self) -> None:
        """The arrows scroll where there is more than fits; then that is told."""
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._tell_keys)

    def on_resize(self) -> None:
        """More or less may fit now."""
        self.call_after_refresh(self._tell_keys)

    def _tell_keys(self) -> None:
        more = self.query_one(VerticalScroll).max_scroll_y > 0
        self.query_one(".hint", Static).update(f"{_KEYS}     Up/Down scroll" if more else _KEYS)

    def action_answer(self, answer: bool) -> None:
        """Give the answer and close."""
        self.dismiss(answer)

    def _draw(self, width: int) -> list[Text]:
        name = min(max(cell_width(change.field) for change in self._changes), max(width // 3, 12))
        room = max(width - name - 6, 16)
        olds = [cell_width(old) for old, _ in map(self._sides, self._changes) if "\n" not in old]
        old_width = 0 if self._is_new else min(max(olds, default=8), room // 2)
        lines: list[Text] = []
        for change in self._changes:
            old, new = self._sides(change)
            if _is_line(old, old_width) and _is_line(new, room - old_width):
                line = Text(f"{fit(safe_text(change.field), name)}  ", no_wrap=True)
                if not self._is_new:
                    line.append(fit(old, old_width), "dim").append(" -> ")
                lines.append(line.append(fit(new, room - old_width)))
            else:
                lines.append(Text(safe_text(change.field), no_wrap=True))
                if not self._is_new:
                    lines += _block("was", old, width, _MOST_OLD, "dim")
                lines += _block("now", new, width, _MOST_NEW, "")
        return lines

    def _sides(self, change: Difference) -> tuple[str, str]:
        return ("" if self._is_new else change.texts[0]), change.texts[1]


def _is_line(text: str, width: int) -> bool:
    return "\n" not in text and cell_width(text) <= width


def _block(label: str, text: str, width: int, most: int, style: str) -> list[Text]:
    lines = wrapped(text, max(width - _INDENT, 8), most)
    labels = [label, *[""] * (len(lines) - 1)]
    return [
        Text(f"  {label:<3}  ", "dim", no_wrap=True).append(line, style or "not dim")
        for label, line in zip(labels, lines, strict=True)
    ]
