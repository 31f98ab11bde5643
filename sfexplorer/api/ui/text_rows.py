"""A text laid out in rows of a width: arithmetic only, no screen; 100,000 characters take no time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from sfexplorer.api.ui.display import safe_lines


@dataclass(frozen=True, slots=True)
class TextRows:
    """A text and where its rows begin and end.

    Attributes:
        text: The text, safe to be shown.
        spans: Where each row begins and ends in the text.
        line_count: How many lines the text has of its own.
    """

    text: str
    spans: Sequence[tuple[int, int]]
    line_count: int

    def __len__(self) -> int:
        return len(self.spans)

    def row(self, number: int) -> str:
        """The text of a row."""
        begin, end = self.spans[number]
        return self.text[begin:end]

    def row_at(self, place: int) -> int:
        """The row that a place of the text is in."""
        return max(bisect_right(self.spans, (place, len(self.text))) - 1, 0)

    def places_of(self, wanted: str) -> list[tuple[int, int]]:
        """Where a text stands in this one, whatever the case of its letters."""
        pattern = re.compile(re.escape(wanted), re.IGNORECASE)
        return [found.span() for found in pattern.finditer(self.text)] if wanted else []


def text_rows(text: str, width: int) -> TextRows:
    """A text in rows that are at most so wide, broken at blanks where there are some."""
    safe = safe_lines(text)
    spans: list[tuple[int, int]] = []
    begin = 0
    lines = safe.split("\n")
    for line in lines:
        spans += _rows_of(line, begin, max(width, 2))
        begin += len(line) + 1
    return TextRows(safe, spans, len(lines))


def _rows_of(line: str, offset: int, width: int) -> Iterator[tuple[int, int]]:
    begin, size = 0, len(line)
    plain = line.isascii()
    while True:
        end = begin + width if plain else begin + _fitting(line[begin : begin + width], width)
        if end >= size:
            yield offset + begin, offset + size
            return
        blank = line.rfind(" ", begin, end + 1)
        cut = blank if blank > begin else end
        yield offset + begin, offset + cut
        begin = cut + (cut == blank)


def _fitting(text: str, width: int) -> int:
    """How many characters of a text fit; one always does."""
    if cell_len(text) <= width:
        return len(text)
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return max(index, 1)
    return len(text)
