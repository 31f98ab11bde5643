"""Where a person was in a grid and how they had arranged it: for going back, and for the next start."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfexplorer.api.ui.grid_columns import ColumnChoice
from sfexplorer.api.ui.grid_sorting import Sorting

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid


@dataclass(frozen=True, slots=True)
class GridState:
    """What `restore` needs to show a grid as it was.

    Attributes:
        row: The row of the cursor.
        column: The column of the cursor.
        top: How many rows were above the view.
        sorting: What the rows were sorted by.
        text: What they were filtered by.
        choice: The columns.
        raw: Whether values were shown raw.
        marks: The keys of the marked rows.
    """

    row: int = 0
    column: int = 0
    top: int = 0
    sorting: Sorting | None = None
    text: str = ""
    choice: ColumnChoice = field(default_factory=ColumnChoice)
    raw: bool = False
    marks: frozenset[Hashable] = frozenset()


def state_of(grid: Grid) -> GridState:
    """How a grid is arranged now."""
    arrangement = grid.ordering.arrangement
    return GridState(
        row=grid.cursor_row,
        column=grid.cursor_column,
        top=grid.top_row,
        sorting=arrangement.sorting,
        text=arrangement.text,
        choice=grid.view.choice,
        raw=grid.view.raw,
        marks=frozenset(grid.marks.rows),
    )


def restore(grid: Grid, state: GridState) -> None:
    """Arrange a grid as it was; what its rows no longer have is left away.

    In a `GridBox` its own `restore` shows the text of the filter, too.
    """
    count = len(grid.source.columns)
    key_of = grid.view.offers.row_key
    grid.view.raw = state.raw
    known = (*state.choice.hidden, *(state.choice.order or ()), *state.choice.widths)
    fits = all(place < count for place in known) and len(state.choice.order or range(count)) == count
    grid.choose_columns(state.choice if fits else ColumnChoice())
    if state.sorting is not None and state.sorting.column >= count:
        grid.ordering.sort(None)
    else:
        grid.ordering.sort(state.sorting)
    grid.ordering.filter(state.text)
    grid.move_to(state.row, state.column, top=state.top)
    grid.marks.add((row for row in range(grid.source.row_count) if key_of(row) in state.marks), key_of)
    grid.draw_marks()
