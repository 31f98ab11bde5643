"""Which stretch of which line of a text is what kind of SOQL, cheaply enough to ask at every key."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from sfexplorer.soql import Highlight, highlight
from sfexplorer_query.findings import Finding

Stretch = tuple[int, int, str]
"""From where to where, and what it is."""

Lines = Mapping[int, Sequence[Stretch]]
"""The stretches of each line, by columns."""

LONGEST_COLOURED = 4_000
"""Beyond this many characters in one statement the colours would make typing slower than they are worth."""

# A blank line parts statements, so what stands before it never changes what comes behind.
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t\f\v]*(?:\r\n|\r|\n)")


def stretches(text: str) -> Iterator[Stretch]:
    """The coloured stretches of a text, by offsets; only what was changed since the last time costs time."""
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        yield from _moved(text[start : gap.start()], start)
        start = gap.end()
    yield from _moved(text[start:], start)


def marks(findings: Iterable[Finding], text: str) -> Iterator[Stretch]:
    """Where what is wrong is marked; what is missing at the end is marked at the last sign before it."""
    last = len(text.rstrip())
    for finding in findings:
        if finding.start is not None and last:
            start = max(min(finding.start, last - 1), 0)
            kind = "wrong" if finding.severity == "error" else "doubtful"
            yield start, max(min(finding.end, last), start + 1), kind


def by_line(
    found: Iterable[Stretch], lengths: Sequence[int], newline: int
) -> Mapping[int, Sequence[Stretch]]:
    """The stretches of each line, by columns; one that goes over several lines is parted.

    Args:
        found: The stretches by offsets.
        lengths: The length of each line.
        newline: The length of what parts the lines.
    """
    starts = [0, *accumulate(length + newline for length in lengths)][: len(lengths)]
    lines: defaultdict[int, list[Stretch]] = defaultdict(list)
    for start, end, kind in found:
        line = bisect_right(starts, start) - 1
        while line < len(starts) and starts[line] < end:
            first = max(start - starts[line], 0)
            lines[line].append((first, min(end - starts[line], lengths[line]), kind))
            line += 1
    return lines


def _moved(block: str, start: int) -> Iterator[Stretch]:
    if len(block) <= LONGEST_COLOURED:
        for piece in _highlighted(block):
            yield piece.start + start, piece.end + start, piece.kind


@lru_cache(maxsize=64)
def _highlighted(block: str) -> Sequence[Highlight]:
    return highlight(block)
