"""The list of what may stand at the cursor, drawn over what is below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import RenderResult
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widget import Widget

from sfexplorer.api.ui.display import cell_width, fit, safe_text
from sfexplorer.soql import Completion

MOST_ROWS = 8
_MEASURED = 200
"""So many rows tell how wide the list is; an org has thousands of objects."""

_WIDEST_TEXT = 44
_WIDEST_DETAIL = 40
_FRAME = 5
"""Columns beside text and detail: the cursor's sign, the gap between the two, a gap and the sign of more."""


class CompletionList(Widget):
    """At most eight rows of what is offered. It never has the focus: keys come from who types."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "completion--row",
        "completion--detail",
        "completion--chosen",
    }
    DEFAULT_CSS = """
    CompletionList {
        display: none; overlay: screen; width: 20; height: 1; background: $panel;
        & .completion--row { color: $text; background: $panel; }
        & .completion--detail { color: $text-muted; background: $panel; }
        & .completion--chosen { color: $text; background: $primary 40%; text-style: bold; }
    }
    """

    @dataclass
    class Changed(Message):
        """It offers something, something else, or nothing any more."""

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        row: int

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Completion] = ()
        self.chosen: int | None = None
        self._top = 0
        self._widths = (0, 0)

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self.items)

    def open(self, items: Sequence[Completion], at: Offset, room: Size) -> None:
        """Show what is offered; a choice that was made stays where it is offered still.

        Args:
            items: What is offered, best first.
            at: Where on the screen the word begins that is to be completed.
            room: The size of the screen.
        """
        before = self.items[self.chosen].text if self.chosen is not None else None
        self.items = items
        self.chosen = next((row for row, item in enumerate(items) if item.text == before), None)
        self._widths = _widths(items, room.width - _FRAME)
        width, height = sum(self._widths) + _FRAME, min(len(items), MOST_ROWS)
        below = at.y + 1 + height < room.height
        # Never over the line that is typed, and never over an edge.
        top = at.y + 1 if below else max(at.y - height, 0)
        self.absolute_offset = Offset(max(min(at.x - 1, room.width - width), 0), top)
        self.styles.width, self.styles.height = width, height
        self._top = 0
        self._keep_in_sight()
        self.display = True
        self.refresh(layout=True)
        self.post_message(self.Changed())

    def close(self) -> None:
        """Take the list away."""
        if self.items:
            self.items, self.chosen = (), None
            self.display = False
            self.post_message(self.Changed())

    def move(self, step: int) -> None:
        """Choose the row so many rows further, around the end when it is one."""
        count = len(self.items)
        if self.chosen is None:
            self.chosen = 0 if step > 0 else count - 1
        elif abs(step) == 1:
            self.chosen = (self.chosen + step) % count
        else:
            self.chosen = min(max(self.chosen + step, 0), count - 1)
        self._keep_in_sight()
        self.refresh()

    def _keep_in_sight(self) -> None:
        if self.chosen is not None:
            self._top = min(max(self._top, self.chosen - MOST_ROWS + 1), self.chosen)

    def _scroll(self, step: int) -> None:
        self._top = min(max(self._top + step, 0), max(len(self.items) - MOST_ROWS, 0))
        self.refresh()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll the list, and not what is below it."""
        event.stop()
        self._scroll(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll the list, and not what is below it."""
        event.stop()
        self._scroll(-1)

    def on_click(self, event: Click) -> None:
        """Choose the row."""
        event.stop()
        row = self._top + event.y
        if row < len(self.items):
            self.post_message(self.Clicked(row))

    def render(self) -> RenderResult:
        """The rows in sight."""
        lines = Text("\n").join(self._line(row) for row in self._rows())
        lines.no_wrap = True
        return lines

    def _rows(self) -> range:
        return range(self._top, min(self._top + MOST_ROWS, len(self.items)))

    def _line(self, row: int) -> Text:
        item = self.items[row]
        is_chosen = row == self.chosen
        parts = ("chosen", "chosen") if is_chosen else ("row", "detail")
        style, detail_style = (self.get_component_rich_style(f"completion--{part}") for part in parts)
        text_width, detail_width = self._widths
        line = Text(">" if is_chosen else " ", style=style)
        line.append(fit(safe_text(item.text), text_width), style)
        line.append("  " + fit(_detail(item), detail_width), detail_style)
        return line.append(f" {self._sign_of_more(row)}", detail_style)

    def _sign_of_more(self, row: int) -> str:
        rows = self._rows()
        if row == rows[-1] and rows.stop < len(self.items):
            return "v"
        return "^" if row == rows[0] and row > 0 else " "


def _detail(item: Completion) -> str:
    return safe_text(item.detail or item.kind)


def _widths(items: Sequence[Completion], room: int) -> tuple[int, int]:
    """The columns for texts and for details, the former being more important."""
    measured = items[:_MEASURED]
    text = min(max(cell_width(safe_text(item.text)) for item in measured), _WIDEST_TEXT, room)
    detail = min(max(cell_width(_detail(item)) for item in measured), _WIDEST_DETAIL, room - text)
    return text, detail
