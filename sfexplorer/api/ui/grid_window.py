"""The part of a source that is in sight: cursor, scroll, and the lines as text. No screen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sfexplorer.api.ui.grid_layout import Line, Placed, Widths, draw_row, left_for, place
from sfexplorer.api.ui.grid_source import GridSource

_REMEMBERED = 256
"""Rows whose cells are kept: some screens, so that neither moving by a line nor turning back asks again."""


@dataclass(slots=True)
class Window:
    """Rows and columns in sight of a source, `width` columns of the terminal wide and `height` rows high.

    Attributes:
        source: What is looked at.
        width: Columns of the terminal.
        height: Rows of the source, the header not counted.
        row: The cursor's row; always in sight.
        column: The cursor's column.
        top: The first row in sight.
        left: The first column beside the frozen one.
        stale: Everything has to be drawn anew.
        given: The widths that were set by hand, by column.
    """

    source: GridSource
    width: int = 0
    height: int = 1
    row: int = 0
    column: int = 0
    top: int = 0
    left: int = 1
    stale: bool = True
    given: Mapping[int, int] = field(default_factory=dict)
    _widths: Widths = field(init=False)
    _arranged: list[int] = field(default_factory=list)
    _cells: dict[int, Sequence[str | None]] = field(default_factory=dict)
    _lines: dict[int, Line] = field(default_factory=dict)
    placed: Sequence[Placed] = ()

    def __post_init__(self) -> None:
        self._widths = Widths(self.source.columns, given=self.given)
        self._widths.sample(self.source)
        self._arrange()

    @property
    def rows(self) -> range:
        """The rows in sight."""
        return range(self.top, min(self.top + self.height, self.source.row_count))

    @property
    def nears_end(self) -> bool:
        """Whether less than a page is left below what is in sight."""
        return self.top + 2 * self.height >= self.source.row_count

    def resize(self, width: int, height: int) -> None:
        """Arranges the columns for another size."""
        self.width, self.height = width, max(height, 1)
        self._arrange()
        self.move(self.row)

    def move(self, row: int, column: int | None = None, top: int | None = None) -> None:
        """Brings the cursor to a cell, or the nearest there is, and the window to the cursor."""
        before = self.top
        count = self.source.row_count
        self.row = max(min(row, count - 1), 0)
        if column is not None:
            self.column = max(min(column, len(self.source.columns) - 1), 0)
        if top is not None:
            self.top = top
        highest = max(count - self.height, 0)
        self.top = max(min(self.top, self.row, highest), self.row - self.height + 1, 0)
        self._settle(jumped=abs(self.top - before) >= self.height)
        left = left_for(self.source.columns, self._arranged, self.column, self.left, self.width)
        if left != self.left:
            self.left = left
            self._place()
        if self.top != before:
            self.stale = True

    def reorder(self, row: int) -> None:
        """Shows other rows or in another order; the cursor is on this row, at its line of the screen."""
        line = self.row - self.top
        self._cells.clear()
        self._lines.clear()
        self.stale = True
        self.move(row, top=row - line)
        # Nothing of the view was seen before, so there is no reading to disturb.
        self._settle(jumped=True)

    def rearrange(self, column: int, given: Mapping[int, int]) -> None:
        """Shows other columns, or other texts in them; the cursor is on this column.

        Args:
            column: The column.
            given: The widths that were set by hand.
        """
        self._cells.clear()
        self.given = given
        self.column = max(min(column, len(self.source.columns) - 1), 0)
        self.left = 1
        self.refit()

    def width_of(self, column: int) -> int:
        """How wide a column would be drawn with room enough."""
        return self._arranged[column]

    def reread(self) -> list[int]:
        """Asks for the rows in sight again and gives those whose line differs; cursor and scroll stay."""
        drawn, self._lines, self._cells = self._lines, {}, {}
        if self._widths.sample(self.source):
            self._arrange()
        seen = range(self.top, self.top + self.height)
        self.move(self.row)
        return [row for row in seen if row not in self.rows or drawn.get(row) != self.line(row)]

    def refit(self) -> None:
        """Takes the widths from the rows in sight and those that follow."""
        self._widths = Widths(self.source.columns, first=self.top, given=self.given)
        self._widths.sample(self.source)
        self._arrange()

    def line(self, row: int) -> Line:
        """A row as text."""
        if (line := self._lines.get(row)) is None:
            line = draw_row(self._row(row), self.source.columns, self.placed, self.width)
            self._lines[row] = line
        return line

    def header(self, titles: Sequence[str]) -> Line:
        """The titles of the columns as text."""
        return draw_row(titles, self.source.columns, self.placed, self.width)

    def column_at(self, x: int) -> int | None:
        """The column at a place of the line."""
        return next((it.index for it in self.placed if it.start <= x < it.start + it.width), None)

    def _row(self, row: int) -> Sequence[str | None]:
        if (cells := self._cells.get(row)) is None:
            if len(self._cells) >= max(_REMEMBERED, 4 * self.height):
                self._cells.clear()
                self._lines.clear()
            cells = self._cells[row] = self.source.cells(row)
        return cells

    def _settle(self, *, jumped: bool) -> None:
        """Widens columns for rows that came into sight: Ids and numbers always, and texts after a jump.

        After a jump nothing of the view was seen before, so there is no reading to disturb.
        """
        fresh = [row for row in self.rows if row not in self._cells]
        if sum(self._widths.widen(self._row(row), whole=jumped) for row in fresh):
            self._arrange()

    def _arrange(self) -> None:
        self._arranged = self._widths.arranged(self.width)
        self.left = left_for(self.source.columns, self._arranged, self.column, self.left, self.width)
        self._place()

    def _place(self) -> None:
        self.placed = place(self.source.columns, self._arranged, self.left, self.width)
        self._lines.clear()
        self.stale = True
