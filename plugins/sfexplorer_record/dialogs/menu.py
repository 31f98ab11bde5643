"""A list of things to do, each with a key that does it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sfexplorer.api.ui import dialog_css
from sfexplorer.api.ui.display import fit, safe_text

_TITLE_WIDTH, _ABOUT_WIDTH = 20, 44


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to do.

    Attributes:
        key: The key that does it at once; "" for none.
        title: What the list says.
        about: More of it, in grey.
        run: What it does.
    """

    key: str
    title: str
    about: str
    run: Callable[[], object]


class Menu(ModalScreen[Entry | None]):
    """Asks what to do; the answer is None for going back.

    Args:
        title: What it is about.
        entries: What there is to do.
    """

    DEFAULT_CSS = (
        dialog_css("Menu")
        + """
    Menu OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Down", show=False, id="record.menu_down", tooltip="To the next line"),
        Binding("k", "move(-1)", "Up", show=False, id="record.menu_up", tooltip="To the line above"),
        Binding("escape,backspace", "leave", "Back", id="record.menu_leave", tooltip="Do nothing of this"),
    ]

    def __init__(self, title: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._title, self._entries = title, entries

    def compose(self) -> ComposeResult:
        """The lines, and the keys below them."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(fit(safe_text(self._title), 60).rstrip())
            yield OptionList(*(Option(_line(entry)) for entry in self._entries))
            yield Static("Enter, or its key, takes a line     Esc goes back", classes="hint", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the line."""
        event.stop()
        self.dismiss(self._entries[event.option_index])

    def on_key(self, event: events.Key) -> None:
        """Take the line that has this key."""
        if found := next((entry for entry in self._entries if entry.key == event.character), None):
            event.stop()
            self.dismiss(found)

    def action_move(self, by: int) -> None:
        """Go to another line."""
        options = self.query_one(OptionList)
        options.highlighted = max(0, min((options.highlighted or 0) + by, options.option_count - 1))

    def action_leave(self) -> None:
        """Do nothing of this."""
        self.dismiss(None)


def _line(entry: Entry) -> Text:
    title, about = safe_text(entry.title), safe_text(entry.about[:200])
    line = Text(f" {entry.key or ' '}  ", "bold", no_wrap=True)
    if not about:
        return line.append(fit(title, _TITLE_WIDTH + _ABOUT_WIDTH).rstrip(), "not bold")
    return line.append(fit(title, _TITLE_WIDTH), "not bold").append(fit(about, _ABOUT_WIDTH), "dim not bold")
