"""Sorting and filtering of a grid: at once where the rows are few, else beside the screen, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.worker import Worker

from sfexplorer.api.ui.background import in_steps, run_beside
from sfexplorer.api.ui.grid_arranging import Arrangement, Step
from sfexplorer.api.ui.grid_sorting import Sorting

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid

_AT_ONCE = 4_000
"""Cells that are sorted and filtered within the answer to a key: some milliseconds."""

_SECONDS = 0.1
"""How often the screen shows what was found meanwhile."""


class Ordering:
    """Keeps the rows of a grid in the order that the person wants, also while more of them come.

    Args:
        grid: The grid.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._worker: Worker[None] | None = None
        self.arrangement = Arrangement()

    @property
    def is_busy(self) -> bool:
        """Whether rows are still being sorted or looked through."""
        return self._worker is not None and not self._worker.is_finished

    @property
    def told(self) -> str:
        """What is shown of the rows and how far that is, in words; empty while all are shown as they come."""
        arrangement, columns = self.arrangement, self._grid.source.columns
        parts: list[str] = []
        if arrangement.read and self.is_busy:
            parts.append(f"sorting {arrangement.read:,} of {self._grid.source.row_count:,}")
        elif (sorting := arrangement.sorting) is not None:
            parts.append(f"{'↓' if sorting.descending else '↑'} {columns[sorting.column].title}")
        if arrangement.pattern:
            more = "…" if self.is_busy else ""
            parts.append(f"{len(arrangement.found):,} of {arrangement.looked_at:,}{more}")
        return "   ".join(parts)

    @property
    def none_found(self) -> str:
        """What stands in the grid while the filter has found no row."""
        if self.is_busy:
            return f"Looking for {self.arrangement.text!r}…"
        return (
            f"No row here has {self.arrangement.text!r}: {self._grid.source.row_count:,} looked at.\n"
            "Escape shows all again."
        )

    def sort(self, sorting: Sorting | None) -> None:
        """Sort by a column; None shows the rows as they come."""
        self.arrangement.sorting = sorting
        self.begin()

    def filter(self, text: str) -> None:
        """Show only the rows that hold the words of `text`."""
        self.arrangement.text = text
        self.begin()

    def reset(self) -> None:
        """Give up what is under way, and show all rows as they come."""
        self.cancel()
        self.arrangement = Arrangement()

    def again(self) -> None:
        """Sort and filter anew: texts or values are others."""
        self.arrangement.forget()
        self.begin()

    def stop(self) -> None:
        """Give up what takes long: rows found so far stay, rows half sorted are shown as they came."""
        if self.arrangement.read:
            self.arrangement.sorting = None
        self.cancel()
        self._show()

    def cancel(self) -> None:
        """End the job that is under way."""
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
        self.arrangement.read = 0

    def begin(self) -> None:
        """Do what is to be done for the rows that there are now."""
        self.cancel()
        grid, arrangement = self._grid, self.arrangement
        if arrangement.is_plain:
            self._show()
            return
        steps = arrangement.steps(grid.view)
        if grid.source.row_count * len(grid.source.columns) <= _AT_ONCE:
            for step in steps:
                arrangement.take(step)
            self._show()
        elif grid.is_attached:
            self._worker = run_beside(grid, partial(self._beside, arrangement, steps), "grid.order")

    async def _beside(self, arrangement: Arrangement, steps: Iterator[Step]) -> None:
        shown = monotonic()
        async for step in in_steps(steps):
            arrangement.take(step)
            if monotonic() - shown > _SECONDS:
                self._show()
                shown = monotonic()
        self._worker = None
        self._show()

    def _show(self) -> None:
        self._grid.show_order(self.arrangement.order, ascending=self.arrangement.sorting is None)
