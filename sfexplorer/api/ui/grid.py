"""A grid over any number of rows: it asks for the rows in sight and draws each as one run of style.

Textual's own scrolling is not used: its virtual size would lay out the whole screen again whenever a page
arrives.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.api.ui.grid_layout import GUTTER, Line
from sfexplorer.api.ui.grid_messages import RowChosen, RowHighlighted, RowsNeeded
from sfexplorer.api.ui.grid_source import Column, GridSource, Rows
from sfexplorer.api.ui.grid_window import Window

__all__ = ["Column", "Grid", "GridSource", "RowChosen", "RowHighlighted", "Rows", "RowsNeeded"]

_HEADER = 1
_WHEEL = 3
_NOTHING = Rows(())


class Grid(Widget, can_focus=True):
    """Rows and columns with a cursor that is always in sight, a header, and a first column that stays."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--row",
        "grid--header",
        "grid--header-cell",
        "grid--cursor",
        "grid--cell",
        "grid--null",
        "grid--notice",
    }
    DEFAULT_CSS = """
    Grid {
        height: 1fr;
        .grid--header, .grid--notice { color: $text-muted; }
        .grid--header-cell { text-style: bold underline; }
        .grid--cursor, .grid--cell { text-style: bold; }
        .grid--null { text-style: dim; }
        &:focus {
            .grid--header, .grid--header-cell { color: $accent; }
            .grid--cursor { color: $accent; text-style: bold reverse; }
            .grid--cell { color: $accent; text-style: bold underline; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="grid.choose", tooltip="Go into the row"),
        *(
            Binding(keys, action, title, show=False, id=f"grid.{name}", tooltip=tooltip)
            for name, keys, action, title, tooltip in (
                ("up", "up,k", "move(-1)", "Up", "To the row above"),
                ("down", "down,j", "move(1)", "Down", "To the row below"),
                ("left", "left,h", "move_column(-1)", "Left", "To the column before"),
                ("right", "right,l", "move_column(1)", "Right", "To the next column"),
                ("page_up", "pageup", "page(-1.0)", "Page up", "A screen up"),
                ("page_down", "pagedown", "page(1.0)", "Page down", "A screen down"),
                ("half_page_up", "ctrl+u", "page(-0.5)", "Half page up", "Half a screen up"),
                ("half_page_down", "ctrl+d", "page(0.5)", "Half page down", "Half a screen down"),
                ("first", "home,g", "first", "First", "To the first row"),
                ("last", "end,G", "last", "Last", "To the last row there is"),
            )
        ),
    ]

    def __init__(
        self,
        source: GridSource = _NOTHING,
        *,
        empty_message: str = "Nothing here",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """A grid that shows `source`.

        Args:
            source: The rows; may be set later.
            empty_message: What stands in a grid without rows; see `empty_message`.
            id: The widget's id.
            classes: The widget's CSS classes.
        """
        super().__init__(id=id, classes=classes)
        self._empty_message = empty_message
        self._window = Window(source)
        self._marks_column = False
        self._asked_at = self._known = 0

    @property
    def source(self) -> GridSource:
        """The rows and columns shown; setting it goes back to the first row and takes new widths."""
        return self._window.source

    @source.setter
    def source(self, source: GridSource) -> None:
        self._window = Window(source, self.size.width, self.page_rows)
        self._marks_column = False
        self._asked_at = self._known = 0
        self.refresh()
        self.rows_changed()

    @property
    def empty_message(self) -> str:
        """What stands in a grid without rows: that there are none, that they are loading, why they failed."""
        return self._empty_message

    @empty_message.setter
    def empty_message(self, message: str) -> None:
        self._empty_message = message
        if not self.source.row_count:
            self.refresh()

    @property
    def cursor_row(self) -> int:
        """The row that the cursor is on; 0 in an empty grid."""
        return self._window.row

    @property
    def cursor_column(self) -> int:
        """The index of the column that the cursor is on."""
        return self._window.column

    @property
    def top_row(self) -> int:
        """The first row in sight."""
        return self._window.top

    @property
    def page_rows(self) -> int:
        """The number of rows that the screen shows at once."""
        return max(self.size.height - _HEADER, 1)

    def move_to(self, row: int, column: int | None = None, *, top: int | None = None) -> None:
        """Brings the cursor to a row, or the one nearest to it that there is.

        Args:
            row: The row.
            column: The column; None stays in the column.
            top: The first row in sight, as `top_row` gave it; None scrolls no more than needed.
        """
        window = self._window
        before, column_before = window.row, window.column
        window.move(row, column, top)
        changed = {before, window.row} if window.row != before else set()
        if window.column != column_before:
            self._marks_column = True
            changed |= {window.top - _HEADER, window.row}
        self._draw(changed)
        if window.row != before:
            self.post_message(RowHighlighted(self, window.row))
        self._ask_for_rows()

    def rows_changed(self) -> None:
        """Shows rows that arrived, went or changed.

        Cursor, scroll and widths stay, and only lines that differ are drawn: an arriving page costs nothing.
        """
        before, known = self._window.row, self._known
        self._known = self.source.row_count
        rows = self._window.reread()
        self._draw([*rows, before, self._window.row] if self._window.row != before else rows)
        if not known or not self._known:
            self.refresh()
        if self._known and (not known or self._window.row != before):
            self.post_message(RowHighlighted(self, self._window.row))
        self._ask_for_rows()

    def refit(self) -> None:
        """Takes new column widths from the rows in sight and those that follow."""
        self._window.refit()
        self._draw()

    def _draw(self, rows: Iterable[int] = ()) -> None:
        """Has drawn what changed: these rows (the header is that above the first), or all if they moved."""
        if self._window.stale:
            self._window.stale = False
            self.refresh()
        elif lines := [Region(0, row - self.top_row + _HEADER, self.size.width, 1) for row in rows]:
            self.refresh(*lines)

    def _ask_for_rows(self) -> None:
        count = self.source.row_count
        if count and self.size and count != self._asked_at and self._window.nears_end:
            self._asked_at = count
            self.post_message(RowsNeeded(self, count))

    def on_mount(self) -> None:
        """Says where the cursor is, now that there is someone to hear it."""
        self.rows_changed()

    def on_resize(self) -> None:
        """Arranges the columns for the new size and keeps the cursor in sight."""
        self._window.resize(self.size.width, self.page_rows)
        self._draw()
        self._ask_for_rows()

    def action_move(self, rows: int) -> None:
        """Moves the cursor by some rows."""
        self.move_to(self.cursor_row + rows)

    def action_page(self, pages: float) -> None:
        """Moves view and cursor by pages, the cursor staying at its line of the screen."""
        rows = int(self.page_rows * pages) or (1 if pages > 0 else -1)
        self.move_to(self.cursor_row + rows, top=self.top_row + rows)

    def action_first(self) -> None:
        """Goes to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Goes to the last row that there is now."""
        self.move_to(self.source.row_count - 1)

    def action_move_column(self, columns: int) -> None:
        """Moves the column cursor, which is drawn from the first time that it moves."""
        self.move_to(self.cursor_row, self.cursor_column + columns)

    def action_choose(self) -> None:
        """Says that the cursor's row was chosen."""
        if self.source.row_count:
            self.post_message(RowChosen(self, self.cursor_row, self.cursor_column))

    def on_click(self, event: events.Click) -> None:
        """Selects the row and column under the mouse; a double click chooses it."""
        in_header = event.y < _HEADER
        row = self.cursor_row if in_header else self.top_row + event.y - _HEADER
        if row >= self.source.row_count:
            return
        self.move_to(row, self._window.column_at(event.x))
        if event.chain == 2 and not in_header:
            self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scrolls, the cursor staying in sight."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scrolls, the cursor staying in sight."""
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        page = self.page_rows
        top = max(min(self.top_row + rows, self.source.row_count - page), 0)
        self.move_to(max(min(self.cursor_row, top + page - 1), top), top=top)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the screen, arranged for the size that they are drawn at."""
        if (self._window.width, self._window.height) != (self.size.width, max(self.page_rows, 1)):
            # Textual may draw before it tells of a new size.
            self._window.resize(self.size.width, self.page_rows)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        segments = [
            Segment(text, self.get_component_rich_style(style)) for text, style in self._runs(y) if text
        ]
        return Strip(segments, self.size.width)

    def _runs(self, y: int) -> list[tuple[str, str]]:
        """The texts of a line of the screen, each with the name of its style."""
        row = self.top_row + y - _HEADER
        if not self.source.row_count and y >= _HEADER:
            lines = self._empty_message.splitlines()[y - _HEADER : y - _HEADER + 1]
            return [(" " * GUTTER + fit(safe_text("".join(lines)), self.size.width - GUTTER), "grid--notice")]
        if y < _HEADER:
            line = self._window.header()
            return self._with_cell(line.text, line, "grid--header", "grid--header-cell")
        if row >= self.source.row_count:
            return [(" " * self.size.width, "grid--row")]
        line = self._window.line(row)
        if row == self.cursor_row:
            return self._with_cell(">" + line.text[1:], line, "grid--cursor", "grid--cell")
        return _with_nulls(line) if line.nulls else [(line.text, "grid--row")]

    def _with_cell(self, text: str, line: Line, style: str, cell_style: str) -> list[tuple[str, str]]:
        if not self._marks_column or self.cursor_column not in line.cells:
            return [(text, style)]
        begin, end = line.cells[self.cursor_column]
        return [(text[:begin], style), (text[begin:end], cell_style), (text[end:], style)]


def _with_nulls(line: Line) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    end = 0
    for null in line.nulls:
        runs += [(line.text[end:null], "grid--row"), (line.text[null], "grid--null")]
        end = null + 1
    return [*runs, (line.text[end:], "grid--row")]
