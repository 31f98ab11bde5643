"""Marking rows of a grid, and which rows an action is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid

MOST_MARKS = 10_000
"""So many rows can be marked by one key: each has to be read for what it is known by."""


def toggle_mark(grid: Grid) -> None:
    """Mark the row of the cursor, or take its mark away, and go on to the next."""
    row = grid.cursor_row
    grid.marks.toggle(grid.view.offers.row_key(row), row)
    grid.draw_marks([grid.view.row_of(row)])
    grid.action_move(1)


def toggle_all_marks(grid: Grid) -> None:
    """Mark all rows that are shown; where there are marks already, take all away."""
    if grid.marks:
        clear_marks(grid)
        return
    view = grid.view
    mark(grid, *(view.origin(row) for row in range(min(view.row_count, MOST_MARKS))))
    if view.row_count > MOST_MARKS:
        grid.notify(f"Marked the first {MOST_MARKS:,} of {view.row_count:,} rows.", markup=False)


def mark(grid: Grid, *rows: int) -> None:
    """Mark rows of the source."""
    grid.marks.add(rows, grid.view.offers.row_key)
    grid.draw_marks()


def clear_marks(grid: Grid) -> None:
    """Take all marks away."""
    grid.marks.rows.clear()
    grid.draw_marks()


def marked_rows(grid: Grid) -> list[int]:
    """The rows of the source that are marked, in the order in which they came."""
    return sorted(grid.marks.rows.values())


def chosen_rows(grid: Grid) -> list[int]:
    """The rows of the source that an action is meant for: those marked, else the one of the cursor."""
    return marked_rows(grid) or ([grid.cursor_row] if grid.has_cursor else [])
