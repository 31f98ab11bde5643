"""The dialog with what this tool changed in a record; a save is taken back from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sfexplorer.api.ui import dialog_css
from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer_record.differences import Difference

_LINES = 8


class HistoryDialog(ModalScreen[int | None]):
    """Lists the saves, the newest first, and what the one under the cursor changed; the answer is its place.

    Args:
        name: What the record is called.
        titles: A line for each save.
        changes: What each save changed: what was there, and what it put there.
    """

    DEFAULT_CSS = (
        dialog_css("HistoryDialog")
        + """
    HistoryDialog OptionList, HistoryDialog OptionList:focus { max-height: 8; }
    HistoryDialog OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    HistoryDialog > .dialog > #changes { height: 8; margin-top: 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Down", show=False, id="record.history_down", tooltip="The save before"),
        Binding("k", "move(-1)", "Up", show=False, id="record.history_up", tooltip="The save after"),
        Binding("escape,backspace", "leave", "Back", id="record.history_leave", tooltip="Go back"),
    ]

    def __init__(self, name: str, titles: Sequence[str], changes: Sequence[Sequence[Difference]]) -> None:
        super().__init__()
        self._record, self._titles, self._changes = name, titles, changes

    def compose(self) -> ComposeResult:
        """The saves, the changes of one of them, the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"What was changed from here in {fit(self._record, 40).rstrip()}")
            yield OptionList(*(Option(Text(safe_text(title), no_wrap=True)) for title in self._titles))
            yield Static("", id="changes", markup=False)
            yield Static(
                "Enter takes this save back     Esc goes back",
                classes="hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin at the newest."""
        self.query_one(OptionList).highlighted = 0

    def on_resize(self) -> None:
        """Show the changes at the new width."""
        self.call_after_refresh(self._show_changes)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what this save changed."""
        event.stop()
        self._show_changes()

    def _show_changes(self) -> None:
        at = self.query_one(OptionList).highlighted
        box = self.query_one("#changes", Static)
        if at is None:
            return
        each = max((box.size.width - 26) // 2, 8)
        lines = [
            f"{fit(safe_text(one.field), 20)}  {fit(one.values[0], each)} -> {fit(one.values[1], each)}"
            for one in self._changes[at]
        ]
        if len(lines) > _LINES:
            lines[_LINES - 1 :] = [f"… and {len(lines) - _LINES + 1} more"]
        box.update(Text("\n".join(lines), no_wrap=True))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take this save back."""
        event.stop()
        self.dismiss(event.option_index)

    def action_move(self, by: int) -> None:
        """Go to another save."""
        options = self.query_one(OptionList)
        options.highlighted = max(0, min((options.highlighted or 0) + by, options.option_count - 1))

    def action_leave(self) -> None:
        """Take nothing back."""
        self.dismiss(None)
