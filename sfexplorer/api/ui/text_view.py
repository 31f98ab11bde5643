"""A long text to be read: only the rows in sight are drawn, however long it is or its lines are."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from sfexplorer.api.ui.display import fit
from sfexplorer.api.ui.text_rows import TextRows, text_rows

_WHEEL = 3


class TextView(Widget, can_focus=True):
    """Shows a text, scrolls it and finds in it. Nothing in the text is obeyed.

    Args:
        text: The text.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-view--found"}
    DEFAULT_CSS = """
    TextView { height: auto; .text-view--found { text-style: reverse; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys, action, title, show=False, id=f"text.{name}", tooltip=tooltip)
        for name, keys, action, title, tooltip in (
            ("up", "up,k", "scroll(-1)", "Up", "A line up"),
            ("down", "down,j", "scroll(1)", "Down", "A line down"),
            ("page_up", "pageup", "page(-1.0)", "Page up", "A screen up"),
            ("page_down", "pagedown", "page(1.0)", "Page down", "A screen down"),
            ("half_page_up", "ctrl+u", "page(-0.5)", "Half page up", "Half a screen up"),
            ("half_page_down", "ctrl+d", "page(0.5)", "Half page down", "Half a screen down"),
            ("first", "home,g", "first", "First", "To the beginning"),
            ("last", "end,G", "last", "Last", "To the end"),
        )
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._rows: TextRows | None = None
        self._width = 0
        self.text = text
        self.top = 0
        self.found: tuple[int, int] | None = None

    def show(self, text: str) -> None:
        """Show another text from its beginning."""
        self.text, self._rows = text, None
        self.top, self.found = 0, None
        self.refresh(layout=True)

    @property
    def rows(self) -> TextRows:
        """The text as it is laid out for the size there is."""
        return self._laid_out(self._width or self.app.size.width)

    def _laid_out(self, width: int) -> TextRows:
        if self._rows is None or width != self._width:
            self._rows, self._width = text_rows(self.text, width), width
        return self._rows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text has rows."""
        return max(len(self._laid_out(width)), 1)

    def scroll_rows(self, top: int) -> None:
        """Bring a row to the top, or as near to it as the text's end lets."""
        top = max(min(top, len(self.rows) - self.size.height), 0)
        if top != self.top:
            self.top = top
            self.refresh()

    def find(self, wanted: str, step: int) -> tuple[int, int]:
        """Go to the next place that holds a text, round the end, or to the one before with -1.

        Returns:
            Which of the places it is, counted from 1, and how many there are; zeros where there is none.
        """
        places = self.rows.places_of(wanted)
        if not places:
            return 0, 0
        begin, end = self.found or (self.rows.spans[self.top][0],) * 2
        if step > 0:
            number = next((number for number, place in enumerate(places) if place[0] >= end), 0)
        else:
            before = [number for number, place in enumerate(places) if place[1] <= begin]
            number = before[-1] if before else len(places) - 1
        self.found = places[number]
        row = self.rows.row_at(self.found[0])
        if not self.top <= row < self.top + self.size.height:
            self.scroll_rows(row - self.size.height // 2)
        self.refresh()
        return number + 1, len(places)

    def action_scroll(self, rows: int) -> None:
        """Scroll by some rows."""
        self.scroll_rows(self.top + rows)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self.scroll_rows(self.top + (int(self.size.height * pages) or (1 if pages > 0 else -1)))

    def action_first(self) -> None:
        """Go to the beginning."""
        self.scroll_rows(0)

    def action_last(self) -> None:
        """Go to the end."""
        self.scroll_rows(len(self.rows))

    def on_resize(self) -> None:
        """Lay the text out anew; what was at the top stays in sight."""
        place = self.rows.spans[min(self.top, len(self.rows) - 1)][0]
        self._laid_out(self.size.width)
        self.top = -1
        self.scroll_rows(self.rows.row_at(place))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self.scroll_rows(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self.scroll_rows(self.top - _WHEEL)

    def render_line(self, y: int) -> Strip:
        """A row of the text, what was found told apart."""
        width, number, style = self.size.width, self.top + y, self.rich_style
        rows = self._laid_out(width)
        if not 0 <= number < len(rows):
            return Strip([Segment(" " * width, style)], width)
        text, (begin, end) = rows.row(number), rows.spans[number]
        start, until = (max(it, begin) for it in self.found or (end, end))
        if start >= min(until, end):
            return Strip([Segment(fit(text, width), style)], width)
        before, inside = text[: start - begin], text[start - begin : until - begin]
        found = self.get_component_rich_style("text-view--found")
        segments = [Segment(before, style), Segment(inside, found), Segment(text[until - begin :], style)]
        return Strip(segments).adjust_cell_length(width, style)
