"""Which rows of a source are shown, in which order: sorted first, then filtered, in steps.

The steps are read in a thread, and taken by the screen one after the other: what a job that was given up
still finds is never taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sfexplorer.api.ui.grid_matching import Pattern, matching_rows
from sfexplorer.api.ui.grid_sorting import Sorting, number_in, sorted_rows
from sfexplorer.api.ui.grid_view import View


@dataclass(frozen=True, slots=True)
class Reading:
    """So many rows were read for sorting."""

    count: int


@dataclass(frozen=True, slots=True)
class Sorted:
    """All rows in their order."""

    base: Sequence[int]


@dataclass(frozen=True, slots=True)
class Filtering:
    """A filter begins anew."""


@dataclass(frozen=True, slots=True)
class Found:
    """So many rows were looked at, and these more fit."""

    looked_at: int
    rows: Sequence[int]


Step = Reading | Sorted | Filtering | Found


@dataclass(slots=True)
class Arrangement:
    """What a person wants to see of the rows, and how far that is done.

    Attributes:
        sorting: What they are sorted by.
        text: What they are filtered by, as it was typed.
        found: The rows that fit the filter so far.
        looked_at: How many rows the filter has seen.
        read: How many rows were read for sorting; 0 when none are being read.
    """

    sorting: Sorting | None = None
    text: str = ""
    found: list[int] = field(default_factory=list)
    looked_at: int = 0
    read: int = 0
    _base: Sequence[int] | None = None
    _sorted_for: tuple[Sorting | None, int] = (None, 0)
    _found_for: tuple[Pattern, Sorting | None] = (Pattern(), None)

    @property
    def pattern(self) -> Pattern:
        """What rows must hold to be shown."""
        return Pattern.of(self.text)

    @property
    def is_plain(self) -> bool:
        """Whether all rows are shown as they come."""
        return self.sorting is None and not self.pattern

    @property
    def order(self) -> Sequence[int] | None:
        """The rows to show now; None for all as they come."""
        if self.pattern:
            return self.found
        return self._base if self.sorting else None

    def forget(self) -> None:
        """Texts or values have changed: sort and filter them anew."""
        self._sorted_for = (None, 0)
        self._found_for = (Pattern(), None)

    def steps(self, view: View) -> Iterator[Step]:
        """What is to be done for the rows that there are now; reads, and changes nothing."""
        count = view.source.row_count
        base: Sequence[int] = range(count)
        if self.sorting is not None:
            if self._sorted_for == (self.sorting, count) and self._base is not None:
                base = self._base
            else:
                value = _values(view, self.sorting.column)
                for part in sorted_rows(value, count, descending=self.sorting.descending):
                    if isinstance(part, int):
                        yield Reading(part)
                    else:
                        base = part
                yield Sorted(base)
        if pattern := self.pattern:
            yield from self._filter_steps(view, base, pattern)

    def _filter_steps(self, view: View, base: Sequence[int], pattern: Pattern) -> Iterator[Step]:
        before, sorting = self._found_for
        same_order = sorting == self.sorting
        rows, seen = base, 0
        if pattern == before and same_order and (sorting is None or self.looked_at == len(base)):
            seen = self.looked_at
            rows = base[seen:]
        else:
            if before and pattern.narrows(before) and same_order and self.looked_at == len(base):
                rows = list(self.found)
            yield Filtering()
        for looked_at, found in matching_rows(view.shown_texts, rows, pattern):
            yield Found(seen + looked_at, found)
        yield Found(len(base), ())

    def take(self, step: Step) -> None:
        """Make a step one's own."""
        match step:
            case Reading(count):
                self.read = count
            case Sorted(base):
                self._base, self.read = base, 0
                self._sorted_for = (self.sorting, len(base))
                self._found_for = (Pattern(), None)
            case Filtering():
                self.found, self.looked_at = [], 0
                self._found_for = (self.pattern, self.sorting)
            case Found(looked_at, rows):
                self.found += rows
                self.looked_at = looked_at


def _values(view: View, column: int) -> Callable[[int], object]:
    if view.offers.has_values:
        return lambda row: view.offers.value(row, column)
    cells = view.source.cells
    if view.source.columns[column].align == "right":
        return lambda row: number_in(cells(row)[column])
    return lambda row: cells(row)[column]
