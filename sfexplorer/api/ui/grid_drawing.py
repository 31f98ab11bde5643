"""The lines of a grid as runs of style: as few as can be, each costs bytes on its way to the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sfexplorer.api.ui.display import cell_width, fit, safe_text
from sfexplorer.api.ui.grid_layout import GUTTER, Line, header
from sfexplorer.api.ui.grid_offers import NO_NOTE, RowNote
from sfexplorer.api.ui.grid_sorting import Sorting
from sfexplorer.api.ui.grid_source import Column

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid

HEADER = 1
"""Lines above the rows."""

GRID_CSS = """
Grid {
    height: 1fr;
    .grid--header, .grid--notice { color: $text-muted; }
    .grid--header-cell { text-style: bold underline; }
    .grid--cursor, .grid--cell { text-style: bold; }
    .grid--changed { color: $text-warning; text-style: bold; }
    .grid--failed { color: $text-error; text-style: bold; }
    &:focus {
        .grid--header, .grid--header-cell { color: $accent; }
        .grid--cursor { color: $accent; text-style: reverse; }
        .grid--cell { color: $accent; text-style: bold underline; }
    }
}
"""

STYLES = {
    "grid--row",
    "grid--header",
    "grid--header-cell",
    "grid--cursor",
    "grid--cell",
    "grid--notice",
    "grid--changed",
    "grid--failed",
}
"""The names of the styles of a grid's lines."""

Run = tuple[str, str]
"""A text and the name of its style."""

Span = tuple[int, int, str]
"""Where a style of its own begins and ends in a line, and its name."""

_SIGNS = {False: ("", "x"), True: (">", "X")}
"""The sign of a row, by whether the cursor is on it and whether it is marked."""


def runs_at(grid: Grid, y: int) -> list[Run]:
    """A line of a grid."""
    window, view = grid.window, grid.view
    cell = window.column if grid.marks_column else -1
    if y < HEADER:
        line = window.header(titles(view.columns, view.places, grid.ordering.arrangement.sorting))
        spans = [(*line.cells[cell], "grid--header-cell")] if cell in line.cells else []
        return runs_of(line.text, "grid--header", spans)
    if not view.row_count:
        message = grid.ordering.none_found if grid.source.row_count else grid.empty_message
        return notice_runs(message, y - HEADER, grid.size.width)
    row = window.top + y - HEADER
    if row >= view.row_count:
        return [(" " * grid.size.width, "grid--row")]
    origin = view.origin(row)
    note = view.offers.note(origin) or NO_NOTE
    return row_runs(
        window.line(row),
        note=note,
        marked=bool(grid.marks) and view.offers.row_key(origin) in grid.marks,
        cursor=row == window.row,
        cell=cell,
        changed=[view.column_of(column) for column in note.changed if column in view.places],
    )


def runs_of(text: str, style: str, spans: Iterable[Span]) -> list[Run]:
    """A line cut into runs; where spans overlap the first has the place."""
    runs: list[Run] = []
    end = 0
    for begin, until, name in sorted(spans):
        if begin < end:
            continue
        runs += [(text[end:begin], style), (text[begin:until], name)]
        end = until
    return [run for run in [*runs, (text[end:], style)] if run[0]]


def width_changed(before: Sequence[Run] | None, now: Sequence[Run], width: int) -> int:
    """How many columns of a line have to be drawn where `before` stands: blanks on blanks never.

    Each costs a byte on its way to the terminal, and the line may be slow.
    """
    if before == now:
        return 0
    if before is None or len(before) > 1 or len(now) > 1 or before[0][1] != now[0][1]:
        return width
    return max(cell_width(run[0][0].rstrip()) for run in (before, now))


def titles(columns: Sequence[Column], places: Sequence[int], sorting: Sorting | None) -> list[str]:
    """The header's texts: the sign of the order stands first, so that it is never cut."""
    texts: list[str] = []
    for column, place in zip(columns, places, strict=True):
        title = header(column)
        if sorting is not None and sorting.column == place:
            title = f"{'↓' if sorting.descending else '↑'} {title}"
        texts.append(title)
    return texts


def row_runs(
    line: Line, *, note: RowNote, marked: bool, cursor: bool, cell: int, changed: Iterable[int]
) -> list[Run]:
    """A row with its sign in the gutter.

    Args:
        line: The row as text.
        note: What its source says of it.
        marked: Whether it is marked.
        cursor: Whether the cursor is on it.
        cell: The column of the cursor; -1 where it is not told apart.
        changed: The columns whose cells are not as the org has them.
    """
    sign = _SIGNS[cursor][marked] or note.sign[:1] or " "
    text = sign + (note.sign[:1] if (cursor or marked) and note.sign else " ") + line.text[GUTTER:]
    spans: list[Span] = []
    if cursor and cell in line.cells:
        spans.append((*line.cells[cell], "grid--cell"))
    if not cursor:
        spans += [(*line.cells[column], "grid--changed") for column in changed if column in line.cells]
    if not cursor and note.sign == "!":
        spans.append((0, GUTTER, "grid--failed"))
    return runs_of(text, "grid--cursor" if cursor else "grid--row", spans)


def notice_runs(message: str, line: int, width: int) -> list[Run]:
    """A line of what stands in a grid without rows."""
    lines = message.splitlines()
    text = safe_text(lines[line]) if line < len(lines) else ""
    return [(" " * GUTTER + fit(text, width - GUTTER), "grid--notice")]
