"""Which rows hold what a person typed, and where the next of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

STEP_SECONDS = 0.05
"""How long rows are looked at before others get their turn: to change costs as much as hundreds of rows."""

_AT_A_TIME = 20
"""Rows between two looks at the clock; hostile ones may have millions of characters each."""

Texts = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that must all be in a row, whatever their case, and such (`!word`) that must not."""

    words: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Pattern:
        """The pattern that a person typed."""
        words = text.casefold().split()
        return cls(
            tuple(word for word in words if not word.startswith("!")),
            tuple(word[1:] for word in words if word.startswith("!") and len(word) > 1),
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.unwanted)

    def narrows(self, other: Pattern) -> bool:
        """Whether all that this one fits is among what the other fits."""
        return all(any(word in longer for longer in self.words) for word in other.words) and all(
            any(shorter in word for shorter in self.unwanted) for word in other.unwanted
        )

    def fits(self, texts: Texts) -> bool:
        """Whether a row holds all words and none of the unwanted."""
        # A sign that no cell has keeps words from being found across two cells. Plain loops: a million rows.
        row = "\0".join(filter(None, texts)).casefold()
        for word in self.words:
            if word not in row:
                return False
        for word in self.unwanted:  # noqa: SIM110
            if word in row:
                return False
        return True

    def fits_cell(self, text: str | None) -> bool:
        """Whether a cell holds one of the words."""
        return text is not None and any(word in text.casefold() for word in self.words)


def matching_rows(
    texts: Callable[[int], Texts], rows: Sequence[int], pattern: Pattern
) -> Iterator[tuple[int, list[int]]]:
    """The rows that fit, in steps: how many were looked at so far, and those found since the step before.

    Args:
        texts: The texts of a row that can be seen.
        rows: The rows to look at, in the order in which they are found.
        pattern: What they must hold.
    """
    found: list[int] = []
    begun = monotonic()
    for begin in range(0, len(rows), _AT_A_TIME):
        part = rows[begin : begin + _AT_A_TIME]
        found += [row for row in part if pattern.fits(texts(row))]
        if monotonic() - begun > STEP_SECONDS:
            yield begin + len(part), found
            found, begun = [], monotonic()
    yield len(rows), found


def next_match(
    cells: Callable[[int], Texts], count: int, pattern: Pattern, start: tuple[int, int], step: int
) -> Iterator[tuple[int, int] | None]:
    """The next cell that holds one of the words: on the way None, at last its row and column.

    Args:
        cells: The texts of a row, as it is shown.
        count: The number of rows.
        pattern: The words.
        start: Row and column of the cursor; it is looked at last.
        step: 1 goes on, -1 goes back; both go round at the end.
    """
    row, column = start
    begun = monotonic()
    for distance in range(count + 1 if count else 0):
        place = (row + step * distance) % count
        hits = [index for index, text in enumerate(cells(place)) if pattern.fits_cell(text)]
        if distance == 0:
            hits = [index for index in hits if (index - column) * step > 0]
        if hits:
            yield place, hits[0 if step > 0 else -1]
            return
        if distance % _AT_A_TIME == 0 and monotonic() - begun > STEP_SECONDS:
            yield None
            begun = monotonic()
