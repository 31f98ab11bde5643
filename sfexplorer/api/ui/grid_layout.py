"""Where the columns of a grid stand and how wide they are: arithmetic only, no screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sfexplorer.api.ui.display import NULL, cell_width, fit, safe_text
from sfexplorer.api.ui.grid_source import Column, GridSource

GUTTER = 2
"""Columns of the terminal before the first: the cursor's sign and a blank."""

GAP = 2
"""Blanks between two columns."""

SAMPLE = 200
"""Rows that the widths are made from; looking at more would cost a large result its speed."""

_WIDEST = 240
"""No screen shows more of a cell, and a hostile one must not be read to its end."""

_USEFUL = 8
"""A column that the screen's edge cuts is worth showing from this width on."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A column in sight: which, where it starts, and how wide it is drawn."""

    index: int
    start: int
    width: int


def header(column: Column) -> str:
    """The title of a column as it stands above it; `>` tells that its cells lead to something else."""
    title = safe_text(column.title)
    return f"{title} >" if column.link and title else title


@dataclass(slots=True)
class Widths:
    """The widths that the data asks for. They only grow, and only until the sample is full: nothing jumps.

    Those that are given, by the place of their columns, stay as they are.
    """

    columns: Sequence[Column]
    first: int = 0
    given: Mapping[int, int] = field(default_factory=dict)
    natural: list[int] = field(init=False)
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self.natural = [max(cell_width(header(column)), column.min_width) for column in self.columns]
        self._next = self.first

    def sample(self, source: GridSource) -> bool:
        """Takes rows into account that arrived since; whether a width changed."""
        last = min(source.row_count, self.first + SAMPLE)
        rows = range(self._next, last)
        self._next = max(self._next, last)
        return sum(self.widen(source.cells(row), whole=True) for row in rows) > 0

    def widen(self, cells: Sequence[str | None], *, whole: bool) -> bool:
        """Makes room for a row outside the sample; whether a width changed.

        Args:
            cells: The row.
            whole: Whether texts count too, or only what must never be cut: Ids and numbers.
        """
        return self._widen(
            cells,
            [i for i, column in enumerate(self.columns) if whole or column.fixed or column.align == "right"],
        )

    def _widen(self, cells: Sequence[str | None], indexes: Sequence[int]) -> bool:
        widened = False
        for index in indexes:
            if self.natural[index] >= _WIDEST:
                continue
            width = min(cell_width(shown(cells[index], _WIDEST)), _WIDEST)
            if width > self.natural[index]:
                self.natural[index] = width
                widened = True
        return widened

    def arranged(self, room: int) -> list[int]:
        """The widths to draw with, given the columns of the terminal: capped, but no room is left unused."""
        widths = [
            self.given.get(index, natural if column.fixed else min(natural, column.max_width))
            for index, (column, natural) in enumerate(zip(self.columns, self.natural, strict=True))
        ]
        spare = room - GUTTER - sum(widths) - GAP * (len(widths) - 1)
        if spare < 0:
            return self._narrowed(widths, -spare, room)
        for index, natural in enumerate(self.natural):
            more = 0 if index in self.given else min(natural - widths[index], spare)
            widths[index] += more
            spare -= more
        return widths

    def _narrowed(self, widths: list[int], excess: int, room: int) -> list[int]:
        """Narrower texts when that brings all columns into sight; else as they were, to scroll through."""
        narrowed = list(widths)
        floors = [
            width
            if column.fixed or column.align == "right" or index in self.given
            else min(width, max(12, cell_width(header(column))))
            for index, (column, width) in enumerate(zip(self.columns, widths, strict=True))
        ]
        if sum(widths) - sum(floors) < excess:
            return self._frozen_within(widths, room)
        while excess:
            widest = max(range(len(widths)), key=lambda index: narrowed[index] - floors[index])
            narrowed[widest] -= 1
            excess -= 1
        return narrowed

    def _frozen_within(self, widths: list[int], room: int) -> list[int]:
        """The first column, which stays in sight, leaves half of the room to the others."""
        if not self.columns[0].fixed and len(widths) > 1 and 0 not in self.given:
            widths[0] = min(widths[0], max(self.columns[0].min_width, room // 2 - GUTTER))
        return widths


def place(columns: Sequence[Column], widths: Sequence[int], left: int, room: int) -> list[Placed]:
    """The columns in sight: the first always, then those from `left` on while there is room.

    What the edge would cut is left out where half is worse than nothing: Ids and numbers.
    """
    placed: list[Placed] = []
    start = GUTTER
    for index in [0, *range(max(left, 1), len(columns))]:
        if index >= len(columns) or start >= room:
            break
        width = min(widths[index], room - start)
        whole = columns[index].fixed or columns[index].align == "right"
        alone = len(placed) < 2
        if width < widths[index] and not alone and (whole or width < _USEFUL):
            break
        placed.append(Placed(index, start, width))
        start += width + GAP
    return placed


def left_for(columns: Sequence[Column], widths: Sequence[int], index: int, left: int, room: int) -> int:
    """The first scrolled column that brings column `index` wholly into sight, moving no more than needed."""
    if index == 0:
        return left
    left = min(max(left, 1), index)
    while left < index:
        seen = {column.index: column.width for column in place(columns, widths, left, room)}
        if seen.get(index) == widths[index]:
            break
        left += 1
    return left


@dataclass(frozen=True, slots=True)
class Line:
    """A row as text, exactly as wide as the grid, its gutter blank.

    Attributes:
        text: The text.
        cells: Where in the text the cell of each column in sight begins and ends.
    """

    text: str
    cells: Mapping[int, tuple[int, int]]


def shown(text: str | None, room: int) -> str:
    """The safe text of a cell; no more of a long one is looked at than `room` columns can show."""
    if text is None:
        return NULL
    most = 2 * room + 16
    safe = safe_text(text[:most])
    return safe if len(text) <= most and len(safe) <= 4 * most else safe[: 4 * most] + "…"


def draw_row(
    cells: Sequence[str | None], columns: Sequence[Column], placed: Sequence[Placed], room: int
) -> Line:
    """A row of the source as a line."""
    text = " " * GUTTER
    end = GUTTER
    spans: dict[int, tuple[int, int]] = {}
    for column in placed:
        content = shown(cells[column.index], column.width)
        align = columns[column.index].align
        text += " " * (column.start - end)
        begin = len(text)
        text += fit(content, column.width, align)
        spans[column.index] = (begin, len(text))
        end = column.start + column.width
    return Line(text + " " * (room - end), spans)
