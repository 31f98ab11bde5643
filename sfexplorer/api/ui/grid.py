"""A grid over any number of rows: it asks for the rows in sight and draws each as one run of style.

Textual's own scrolling is not used: its virtual size would lay out the whole screen again whenever a page
arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from sfexplorer.api.ui import grid_keys
from sfexplorer.api.ui.grid_columns import ColumnChoice
from sfexplorer.api.ui.grid_drawing import GRID_CSS, HEADER, STYLES, Run, runs_at, width_changed
from sfexplorer.api.ui.grid_marks import Marks
from sfexplorer.api.ui.grid_messages import GridChanged, RowChosen, RowHighlighted, RowsNeeded
from sfexplorer.api.ui.grid_ordering import Ordering
from sfexplorer.api.ui.grid_source import Column, GridSource, Rows
from sfexplorer.api.ui.grid_view import View
from sfexplorer.api.ui.grid_window import Window

__all__ = ["Column", "Grid", "GridSource", "RowChosen", "RowHighlighted", "Rows", "RowsNeeded"]

_WHEEL = 3
_NOTHING = Rows(())


class Grid(Widget, can_focus=True):
    """Rows and columns with a cursor that is always in sight, a header, and a first column that stays.

    Rows and columns are told by their places in the source, whatever the person sorted, left out or moved.

    Attributes:
        can_ask_sorted: Whether the pane answers `SortWanted`.
        can_edit: Whether the pane answers `EditWanted`.
        copy_form: The place in `FORMS` of the form that was copied last.
        marks_column: Whether the column of the cursor is told apart.
        view: What is shown of the source.
        window: The part of that which is in sight.
        marks: The rows that are marked.
        ordering: Sorts and filters.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = STYLES
    DEFAULT_CSS = GRID_CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="grid.choose", tooltip="Go into the row"),
        *grid_keys.BINDINGS,
        *grid_keys.MOVES,
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
        self.can_ask_sorted: bool = False
        self.can_edit: bool = False
        self.copy_form = 0
        self._empty_message = empty_message
        self.view: View = View(source)
        self.window = Window(self.view)
        self.marks_column = False
        self.marks = Marks()
        self.ordering = Ordering(self)
        self._asked_at = self._known = 0
        self._drawn: dict[int, list[Run]] = {}

    @property
    def source(self) -> GridSource:
        """The rows and columns shown; setting it goes back to the first row and takes new widths.

        What the person chose (order, filter, columns, raw values) stays while the columns are the same, and
        marks where rows are known again.
        """
        return self.view.source

    @source.setter
    def source(self, source: GridSource) -> None:
        before = self.view
        alike = [column.key for column in before.source.columns] == [column.key for column in source.columns]
        choice = before.choice if alike else ColumnChoice()
        self.view = View(source, choice, raw=before.raw)
        self.window = Window(self.view, self.size.width, self.page_rows, given=self.view.given_widths)
        if alike:
            self.ordering.arrangement.forget()
        else:
            self.ordering.reset()
        rows = range(source.row_count) if self.view.offers.has_keys else ()
        self.marks = self.marks.found_again(rows, self.view.offers.row_key)
        self.marks_column = False
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
        if not self.view.row_count:
            self.refresh()

    @property
    def has_cursor(self) -> bool:
        """Whether there is a row that the cursor is on."""
        return self.view.row_count > 0

    @property
    def cursor_row(self) -> int:
        """The row that the cursor is on; 0 where there is none."""
        return self.view.origin(self.window.row)

    @property
    def cursor_column(self) -> int:
        """The column that the cursor is on."""
        return self.view.column_origin(self.window.column)

    @property
    def top_row(self) -> int:
        """How many rows are above those in sight."""
        return self.window.top

    @property
    def page_rows(self) -> int:
        """The number of rows that the screen shows at once."""
        return max(self.size.height - HEADER, 1)

    def move_to(self, row: int, column: int | None = None, *, top: int | None = None) -> None:
        """Brings the cursor to a row, or the one nearest to it that there is.

        Args:
            row: The row.
            column: The column; None stays in the column.
            top: How many rows are to be above the view, as `top_row` gave it; None scrolls little.
        """
        shown = None if column is None else self.view.column_of(column)
        self.move_shown(self.view.row_of(row), shown, top)

    def move_shown(self, row: int, column: int | None = None, top: int | None = None) -> None:
        """Brings the cursor to a row and column by their places on the screen, as sorted and filtered."""
        window = self.window
        before, column_before = window.row, window.column
        window.move(row, column, top)
        changed = {before, window.row} if window.row != before else set()
        if window.column != column_before:
            self.marks_column = True
            changed |= {window.top - HEADER, window.row}
        self._draw(changed)
        if window.row != before:
            self.post_message(RowHighlighted(self, self.cursor_row))
        self._ask_for_rows()

    def rows_changed(self) -> None:
        """Shows rows that arrived, went or changed.

        Cursor, scroll and widths stay, and only lines that differ are drawn: an arriving page costs nothing.
        """
        known, self._known = self._known, self.source.row_count
        if self._known < known:
            self._forget_rows()
        if self._known != known and not self.ordering.arrangement.is_plain:
            self.ordering.begin()
        self._reread(was_empty=not known)

    def _forget_rows(self) -> None:
        """Rows went: nothing may be asked of them, and what was found is no longer true."""
        self.ordering.arrangement.forget()
        self.view.order = None
        self.marks.rows = {key: row for key, row in self.marks.rows.items() if row < self._known}

    def _reread(self, *, was_empty: bool) -> None:
        before = self.window.row
        rows = self.window.reread()
        self._draw([*rows, before, self.window.row] if self.window.row != before else rows)
        if was_empty or not self.view.row_count:
            self.refresh()
            self.refresh_bindings()
        if self.view.row_count and (was_empty or self.window.row != before):
            self.post_message(RowHighlighted(self, self.cursor_row))
        self._ask_for_rows()

    def show_order(self, order: Sequence[int] | None, *, ascending: bool) -> None:
        """Shows the rows in another order, or only some of them; the cursor stays on its row where it can."""
        view, before, was_empty = self.view, self.cursor_row, not self.view.row_count
        if order is not view.order:
            view.order, view.ascending = order, ascending
            self.window.reorder(view.row_of(before))
            self._draw()
        if order is not None or was_empty:
            self._reread(was_empty=was_empty)
        if self.cursor_row != before:
            self.post_message(RowHighlighted(self, self.cursor_row))
        self.post_message(GridChanged(self))

    def choose_columns(self, choice: ColumnChoice) -> None:
        """Shows other columns, in another order or width."""
        column = self.cursor_column
        self.view.choose(choice)
        self.marks_column = True
        self.redraw(column)

    def redraw(self, column: int | None = None) -> None:
        """Shows the same rows with other texts: values are formatted anew, or raw (`view.raw`).

        Args:
            column: The column to go to; None stays.
        """
        shown = self.window.column if column is None else self.view.column_of(column)
        self.window.rearrange(shown, self.view.given_widths)
        self.window.move(self.window.row)
        self._draw()
        if not self.ordering.arrangement.is_plain:
            self.ordering.again()
        self.post_message(GridChanged(self))

    def refit(self) -> None:
        """Takes new column widths from the rows in sight and those that follow."""
        self.window.refit()
        self._draw()

    def draw_marks(self, rows: Iterable[int] | None = None) -> None:
        """Draws rows, by their places on the screen, whose marks changed; None draws all in sight."""
        self._draw(self.window.rows if rows is None else rows)
        self.post_message(GridChanged(self))

    def _draw(self, rows: Iterable[int] = ()) -> None:
        """Has drawn what changed: these rows (the header is that above the first), or all if they moved."""
        lines: Iterable[int] = (row - self.top_row + HEADER for row in rows)
        if self.window.stale:
            self.window.stale = False
            lines = range(self.size.height)
        width = self.size.width
        widths = [(y, width_changed(self._drawn.get(y), runs_at(self, y), width)) for y in lines]
        if regions := [Region(0, y, changed, 1) for y, changed in widths if changed]:
            self.refresh(*regions)

    def _ask_for_rows(self) -> None:
        count = self.source.row_count
        wanted = count and self.size and count != self._asked_at and self.ordering.arrangement.is_plain
        if wanted and self.window.nears_end:
            self._asked_at = count
            self.post_message(RowsNeeded(self, count))

    def on_mount(self) -> None:
        """Says where the cursor is, now that there is someone to hear it."""
        self.rows_changed()

    def on_resize(self) -> None:
        """Arranges the columns for the new size and keeps the cursor in sight."""
        self.window.resize(self.size.width, self.page_rows)
        self._draw()
        self._ask_for_rows()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are neither shown nor taken."""
        return action != "do" or grid_keys.BY_NAME[str(parameters[0])].offered(self)

    def action_do(self, name: str) -> None:
        """Do what a key of `grid_keys` does."""
        grid_keys.BY_NAME[name].run(self)

    def action_move(self, rows: int) -> None:
        """Moves the cursor by some rows."""
        self.move_shown(self.window.row + rows)

    def action_page(self, pages: float) -> None:
        """Moves view and cursor by pages, the cursor staying at its line of the screen."""
        rows = int(self.page_rows * pages) or (1 if pages > 0 else -1)
        self.move_shown(self.window.row + rows, top=self.top_row + rows)

    def action_first(self) -> None:
        """Goes to the first row."""
        self.move_shown(0)

    def action_last(self) -> None:
        """Goes to the last row that there is now."""
        self.move_shown(self.view.row_count - 1)

    def action_move_column(self, columns: int) -> None:
        """Moves the column cursor, which is drawn from the first time that it moves."""
        self.move_shown(self.window.row, self.window.column + columns)

    def action_choose(self) -> None:
        """Says that the cursor's row was chosen."""
        if self.has_cursor:
            self.post_message(RowChosen(self, self.cursor_row, self.cursor_column))

    def on_click(self, event: events.Click) -> None:
        """Selects the row and column under the mouse; a double click chooses it, or sorts by the column."""
        in_header = event.y < HEADER
        row = self.window.row if in_header else self.top_row + event.y - HEADER
        if row >= self.view.row_count:
            return
        self.move_shown(row, self.window.column_at(event.x))
        if event.chain == 2 and in_header:
            self.action_do("sort")
        elif event.chain == 2:
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
        top = max(min(self.top_row + rows, self.view.row_count - page), 0)
        self.move_shown(max(min(self.window.row, top + page - 1), top), top=top)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the screen, arranged for the size that they are drawn at."""
        if (self.window.width, self.window.height) != (self.size.width, max(self.page_rows, 1)):
            # Textual may draw before it tells of a new size.
            self.window.resize(self.size.width, self.page_rows)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        runs = self._drawn[y] = runs_at(self, y)
        segments = [Segment(text, self.get_component_rich_style(style)) for text, style in runs]
        return Strip(segments, self.size.width)
