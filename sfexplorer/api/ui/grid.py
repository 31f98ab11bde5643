"""A grid over any number of rows: it asks for the rows in sight and draws each as one run of style.

Textual's own scrolling is not used: its virtual size would lay out the whole screen again whenever a page arrives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.api.ui.grid_layout import GUTTER, Line, Placed, Widths, draw_row, left_for, place
from sfexplorer.api.ui.grid_messages import RowChosen, RowHighlighted, RowsNeeded
from sfexplorer.api.ui.grid_source import Column, GridSource, Rows

__all__ = ["Column", "Grid", "GridSource", "RowChosen", "RowHighlighted", "Rows", "RowsNeeded"]

_HEADER = 1
_WHEEL = 3
_REMEMBERED = 256
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
        id: str | None = None,  # noqa: A002 - Textual's own name for it
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
        self._take(source)

    def _take(self, source: GridSource) -> None:
        self._source = source
        self._widths = Widths(source.columns)
        self._row = self._column = self._top = 0
        self._left = 1
        self._marks_column = False
        self._asked_at = 0
        self._known = 0
        self._arranged: list[int] = []
        self._placed: list[Placed] = []
        self._seen: dict[int, Sequence[str | None]] = {}
        self._lines: dict[int, Line] = {}

    @property
    def source(self) -> GridSource:
        """The rows and columns shown; setting it goes back to the first row and takes new widths."""
        return self._source

    @source.setter
    def source(self, source: GridSource) -> None:
        self._take(source)
        self.rows_changed()
        self.refresh()

    @property
    def empty_message(self) -> str:
        """What stands in a grid without rows: that there are none, that they are loading, why they failed."""
        return self._empty_message

    @empty_message.setter
    def empty_message(self, message: str) -> None:
        self._empty_message = message
        if not self._source.row_count:
            self.refresh()

    @property
    def cursor_row(self) -> int:
        """The row that the cursor is on; 0 in an empty grid."""
        return self._row

    @property
    def cursor_column(self) -> int:
        """The index of the column that the cursor is on."""
        return self._column

    @property
    def top_row(self) -> int:
        """The first row in sight."""
        return self._top

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
        before, top_before, left_before = (self._row, self._column), self._top, self._left
        self._row = max(min(row, self._source.row_count - 1), 0)
        if column is not None:
            self._column = max(min(column, len(self._source.columns) - 1), 0)
            columns = self._source.columns
            self._left = left_for(columns, self._arranged, self._column, self._left, self.size.width)
        if top is not None:
            self._top = top
        self._keep_cursor_in_sight()
        if abs(self._top - top_before) >= self.page_rows:
            self._widen_to_view()
        if self._left != left_before:
            self._place()
        if self._top != top_before or self._left != left_before or self._column != before[1]:
            self.refresh()
        elif self._row != before[0]:
            self._refresh_rows(before[0], self._row)
        if self._row != before[0]:
            self.post_message(RowHighlighted(self, self._row))
        self._ask_for_rows()

    def rows_changed(self) -> None:
        """Shows rows that arrived, went or changed. Cursor, scroll and widths stay; only lines that differ are drawn."""
        if self._widths.sample(self._source) or not self._arranged:
            self._arrange()
        count = self._source.row_count
        drawn, self._lines, self._seen = self._lines, {}, {}
        if bool(count) != bool(self._known):
            self.refresh()
            if count:
                self.post_message(RowHighlighted(self, min(self._row, count - 1)))
        known, self._known = self._known, count
        self.move_to(self._row)
        for row in range(self._top, min(self._top + self.page_rows, max(known, count))):
            if row >= count or drawn.get(row) != self._line(row):
                self._refresh_rows(row)

    def refit(self) -> None:
        """Takes new column widths from the rows in sight and those that follow."""
        self._widths = Widths(self._source.columns, first=self._top)
        self._widths.sample(self._source)
        self._arrange()

    def _arrange(self) -> None:
        self._arranged = self._widths.arranged(self.size.width)
        self._place()
        self.refresh()

    def _place(self) -> None:
        self._placed = place(self._source.columns, self._arranged, self._left, self.size.width)
        self._lines.clear()

    def _keep_cursor_in_sight(self) -> None:
        page = self.page_rows
        highest = max(self._source.row_count - page, 0)
        self._top = max(min(self._top, self._row, highest), self._row - page + 1, 0)

    def _refresh_rows(self, *rows: int) -> None:
        lines = [Region(0, row - self._top + _HEADER, self.size.width, 1) for row in rows]
        self.refresh(*lines)

    def _widen_to_view(self) -> None:
        """Fits the columns to a view of which nothing was seen before: there is no reading to disturb."""
        rows = range(self._top, min(self._top + self.page_rows, self._source.row_count))
        if any([self._widths.widen(self._cells(row), whole=True) for row in rows]):
            self._arrange()

    def _ask_for_rows(self) -> None:
        count = self._source.row_count
        page = self.page_rows
        if count and self.size.height and count != self._asked_at and self._top + 2 * page >= count:
            self._asked_at = count
            self.post_message(RowsNeeded(self, count))

    def on_resize(self) -> None:
        """Arranges the columns for the new size and keeps the cursor in sight."""
        self._arrange()
        self.move_to(self._row)

    def action_move(self, rows: int) -> None:
        """Moves the cursor by some rows."""
        self.move_to(self._row + rows)

    def action_page(self, pages: float) -> None:
        """Moves view and cursor by pages, the cursor staying at its line of the screen."""
        rows = int(self.page_rows * pages) or (1 if pages > 0 else -1)
        self.move_to(self._row + rows, top=self._top + rows)

    def action_first(self) -> None:
        """Goes to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Goes to the last row that there is now."""
        self.move_to(self._source.row_count - 1)

    def action_move_column(self, columns: int) -> None:
        """Moves the column cursor, which from now on is drawn."""
        self._marks_column = True
        self.move_to(self._row, self._column + columns)

    def action_choose(self) -> None:
        """Says that the cursor's row was chosen."""
        if self._source.row_count:
            self.post_message(RowChosen(self, self._row, self._column))

    def on_click(self, event: events.Click) -> None:
        """Selects the row and column under the mouse; a double click chooses it."""
        column = next((it.index for it in self._placed if it.start <= event.x < it.start + it.width), None)
        row = self._top + event.y - _HEADER
        if event.y < _HEADER:
            row = self._row
        elif row >= self._source.row_count:
            return
        self.move_to(row, column)
        if event.chain == 2 and event.y >= _HEADER:
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
        top = max(min(self._top + rows, self._source.row_count - page), 0)
        self.move_to(max(min(self._row, top + page - 1), top), top=top)

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width = self.size.width
        row = self._top + y - _HEADER
        if not self._source.row_count and y >= _HEADER:
            lines = self._empty_message.splitlines()
            text = safe_text(lines[y - _HEADER]) if y - _HEADER < len(lines) else ""
            return self._strip([(" " * GUTTER + fit(text, width - GUTTER), "grid--notice")])
        if y < _HEADER:
            return self._header()
        if row >= self._source.row_count:
            return self._strip([(" " * width, "grid--row")])
        line = self._line(row)
        if row == self._row:
            return self._cursor(line)
        return self._strip(_with_nulls(line) if line.nulls else [(line.text, "grid--row")])

    def _cells(self, row: int) -> Sequence[str | None]:
        if (cells := self._seen.get(row)) is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
                self._lines.clear()
            cells = self._seen[row] = self._source.cells(row)
        return cells

    def _line(self, row: int) -> Line:
        if (line := self._lines.get(row)) is None:
            cells = self._cells(row)
            if self._widths.widen(cells, whole=False):
                self._arrange()
            line = draw_row(cells, self._source.columns, self._placed, self.size.width)
            self._lines[row] = line
        return line

    def _header(self) -> Strip:
        columns = self._source.columns
        line = draw_row([column.title for column in columns], columns, self._placed, self.size.width)
        return self._strip(self._with_cell(line.text, line, "grid--header", "grid--header-cell"))

    def _cursor(self, line: Line) -> Strip:
        text = ">" + line.text[1:]
        return self._strip(self._with_cell(text, line, "grid--cursor", "grid--cell"))

    def _with_cell(self, text: str, line: Line, style: str, cell_style: str) -> list[tuple[str, str]]:
        if not self._marks_column or self._column not in line.cells:
            return [(text, style)]
        begin, end = line.cells[self._column]
        return [(text[:begin], style), (text[begin:end], cell_style), (text[end:], style)]

    def _strip(self, runs: list[tuple[str, str]]) -> Strip:
        segments = [Segment(text, self._style(name)) for text, name in runs if text]
        return Strip(segments, self.size.width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)


def _with_nulls(line: Line) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    end = 0
    for null in line.nulls:
        runs += [(line.text[end:null], "grid--row"), (line.text[null], "grid--null")]
        end = null + 1
    return [*runs, (line.text[end:], "grid--row")]
