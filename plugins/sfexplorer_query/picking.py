"""A list to look through while typing, and below it all of the item that the cursor is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_lines, safe_text
from sfexplorer.api.ui.grid import Column, Grid, RowChosen, RowHighlighted, Rows

_AROUND = 13
"""Lines of the screen beside the list: frame, field, heads, the whole of an item, the keys."""

_LEAST = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list.

    Attributes:
        cells: Its texts, one for each column.
        whole: What is shown below; it is looked through too.
    """

    cells: Sequence[str | None]
    whole: str = ""

    def has(self, words: Sequence[str]) -> bool:
        """Whether all of the words are in it."""
        text = "\n".join([*filter(None, self.cells), self.whole]).casefold()
        return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a dialog lists.

    Attributes:
        title: What the list is called.
        columns: Its columns.
        items: Its lines.
        keys: What the line at the bottom says.
        empty: What stands there without lines: what to do.
    """

    title: str
    columns: Sequence[Column]
    items: Sequence[Item]
    keys: str = "Enter takes it   Type to look for words   Escape goes back"
    empty: str = "Nothing here yet"


class PickDialog(ModalScreen[int | None]):
    """Lists items; the answer is the place of the one that was chosen, or None.

    Args:
        listing: What is listed.
    """

    DEFAULT_CSS = (
        dialog_css("PickDialog")
        + """
    PickDialog > .dialog { width: 96%; max-width: 140; }
    PickDialog .wanted { height: 1; }
    PickDialog .wanted > Input { width: 1fr; margin: 0; background: $surface; }
    PickDialog .wanted > Static { width: auto; color: $text-muted; }
    PickDialog Grid .grid--cursor { color: $accent; text-style: bold reverse; }
    PickDialog .whole { height: auto; max-height: 6; margin-top: 1; color: $text-muted; }
    PickDialog .hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="query.pick_leave", tooltip="Go back without a choice"),
        Binding("up", "move(-1)", "Up", id="query.pick_up", tooltip="To the line above"),
        Binding("down", "move(1)", "Down", id="query.pick_down", tooltip="To the line below"),
        Binding("pageup", "page(-1)", "Page up", id="query.pick_page_up", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", id="query.pick_page_down", tooltip="A page down"),
    ]

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self._listing = listing
        self._shown: Sequence[int] = range(len(listing.items))

    def compose(self) -> ComposeResult:
        """What to look for, the list, all of the item at the cursor, the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._listing.title))
            with Horizontal(classes="wanted"):
                yield Input(placeholder="type to look for words", compact=True)
                yield Static("", classes="count", markup=False)
            grid = Grid(self._rows(), empty_message=self._listing.empty)
            grid.can_focus = False
            yield grid
            yield Static("", classes="whole", markup=False)
            yield Static(self._listing.keys, classes="hint", markup=False)

    def on_resize(self) -> None:
        """Leave room for all that stands around the list."""
        room = max(self.size.height - _AROUND, _LEAST)
        self.query_one(Grid).styles.height = max(min(len(self._listing.items), room), _LEAST) + 1

    def on_mount(self) -> None:
        """Who types looks for something; the arrows move in the list meanwhile."""
        self.query_one(Input).focus()
        self._tell()

    @on(Input.Changed)
    def _look(self, event: Input.Changed) -> None:
        event.stop()
        words = event.value.casefold().split()
        items = self._listing.items
        self._shown = [place for place, item in enumerate(items) if item.has(words)]
        self.query_one(Grid).source = self._rows()
        self._tell()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    @on(RowHighlighted)
    def _follow(self, event: RowHighlighted) -> None:
        event.stop()
        self._tell()

    @on(RowChosen)
    def _take(self, event: RowChosen) -> None:
        event.stop()
        self._choose()

    def action_move(self, rows: int) -> None:
        """Move in the list."""
        grid = self.query_one(Grid)
        grid.move_to(grid.cursor_row + rows)

    def action_page(self, pages: int) -> None:
        """Move in the list by what is seen of it."""
        self.action_move(pages * self.query_one(Grid).page_rows)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def _choose(self) -> None:
        if self._shown:
            self.dismiss(self._shown[self.query_one(Grid).cursor_row])

    def _rows(self) -> Rows:
        return Rows(self._listing.columns, [self._listing.items[place].cells for place in self._shown])

    def _tell(self) -> None:
        items = self._listing.items
        self.query_one(".count", Static).update(f"{len(self._shown):,} of {len(items):,}")
        row = self.query_one(Grid).cursor_row
        whole = items[self._shown[row]].whole if self._shown else ""
        self.query_one(".whole", Static).update(safe_lines(whole))
