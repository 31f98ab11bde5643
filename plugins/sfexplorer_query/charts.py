"""Charts of plain blocks, which any terminal shows in any number of colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sfexplorer.api.ui.display import cell_width, fit, safe_text

_EIGHTHS_ACROSS = " ▏▎▍▌▋▊▉"
_EIGHTHS_UP = " ▁▂▃▄▅▆▇"
_FULL = "█"
_BELOW = "▒"
_LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a chart, and what it is of."""

    label: str
    value: float

    @property
    def number(self) -> str:
        """The value as text."""
        return f"{self.value:,.2f}".removesuffix(".00")


def bars(points: Sequence[Point], width: int) -> list[str]:
    """A bar for each value, from its label to its number; bars of negative values are grey.

    Args:
        points: The values.
        width: Columns of the terminal.
    """
    if not points:
        return []
    labels = [safe_text(point.label) for point in points]
    label_width = min(max(map(cell_width, labels)), _LONGEST_LABEL, width // 3)
    number_width = max(len(point.number) for point in points)
    room = max(width - label_width - number_width - 2, 1)
    most = max(abs(point.value) for point in points) or 1
    return [
        f"{fit(label, label_width)} {fit(_bar(point.value / most, room), room)} "
        f"{point.number.rjust(number_width)}"
        for label, point in zip(labels, points, strict=True)
    ]


def _bar(share: float, room: int) -> str:
    if share < 0:
        return _BELOW * max(round(-share * room), 1)
    eighths = round(share * room * 8)
    if share and not eighths:
        eighths = 1
    return (_FULL * (eighths // 8) + _EIGHTHS_ACROSS[eighths % 8]).rstrip()


def course(points: Sequence[Point], width: int, height: int) -> list[str]:
    """The values one beside the other, as they follow in time, above the first and the last label.

    Where there are more than columns, each column shows the mean of some.

    Args:
        points: The values, in their order.
        width: Columns of the terminal.
        height: Lines of the chart, without that of the labels.
    """
    if not points:
        return []
    values = [point.value for point in points]
    top, bottom = max(*values, 0.0), min(*values, 0.0)
    marks = [Point("", top).number, Point("", bottom).number]
    axis = max(map(len, marks))
    room = max(width - axis - 2, 1)
    shown = _means(values, room) if len(values) > room else values
    each = max(room // len(shown), 1)
    levels = [(value - bottom) / ((top - bottom) or 1) * height for value in shown]
    lines = []
    for line in range(height, 0, -1):
        mark = marks[0] if line == height else marks[1] if line == 1 else ""
        lines.append(f"{mark.rjust(axis)} ┤" + "".join(_block(level, line) * each for level in levels))
    first, last = safe_text(points[0].label), safe_text(points[-1].label)
    gap = max(each * len(shown) - cell_width(first) - cell_width(last), 1)
    lines.append(" " * (axis + 2) + (first if len(points) == 1 else f"{first}{' ' * gap}{last}"))
    return lines


def _block(level: float, line: int) -> str:
    """What a column of this height shows in a line, counted from the bottom."""
    part = level - (line - 1)
    if part >= 1:
        return _FULL
    return _EIGHTHS_UP[max(int(part * 8), 0)] if part > 0 else " "


def _means(values: Sequence[float], count: int) -> list[float]:
    ends = [len(values) * place // count for place in range(count + 1)]
    return [sum(values[start:end]) / (end - start) for start, end in pairwise(ends)]
