"""Texts over several lines, with nothing of them left out that isn't said to be."""

from __future__ import annotations

from itertools import accumulate

from sfexplorer.api.ui.display import cell_width


def wrapped(text: str, width: int, most: int) -> list[str]:
    """The lines of `text` at a width of so many columns; what comes after the `most` lines is counted."""
    lines: list[str] = []
    shown = 0
    for line in text.split("\n"):
        rest = line
        while True:
            if len(lines) == most:
                return [*lines, f"… {len(text) - shown:,} more characters"]
            piece = _first_piece(rest, width)
            lines.append(piece)
            shown += len(piece)
            rest = rest[len(piece) :]
            if not rest:
                break
        shown += 1
    return lines


def _first_piece(line: str, width: int) -> str:
    """The beginning that fits, up to a blank where there is one in its second half."""
    reached = accumulate(map(cell_width, line))
    end = next((place for place, used in enumerate(reached) if used > width), None)
    if end is None:
        return line
    blank = line.rfind(" ", end // 2, end)
    return line[: blank + 1] if blank >= 0 else line[: max(end, 1)]
