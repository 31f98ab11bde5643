"""Copying out of a grid: which values, written in which form, step by step, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sfexplorer.api.ui.background import in_steps
from sfexplorer.api.ui.clipboard import MOST_BYTES, beginning, copy_text, encoded, size_text
from sfexplorer.api.ui.copy_forms import Form, Values
from sfexplorer.api.ui.grid_marking import marked_rows

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid
    from sfexplorer.api.ui.grid_source import Column
    from sfexplorer.api.ui.grid_view import View

Extent = Literal["cell", "row", "column", "marked", "shown"]

_STEP = 200
"""Rows that are written before others get their turn."""


@dataclass(frozen=True, slots=True)
class Written:
    """Rows as text, as many as a copy may have.

    Attributes:
        text: The text.
        rows: How many rows it has.
        is_whole: Whether that is all of them.
    """

    text: str
    rows: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be copied: the rows and columns of a source, and how they are written."""

    form: Form
    extent: Extent
    rows: Sequence[int]
    columns: Sequence[int]


def request(grid: Grid, extent: Extent, form: Form) -> Request:
    """What a person means by an extent, now."""
    view, column = grid.view, grid.cursor_column
    rows: Sequence[int] = [grid.cursor_row]
    match extent:
        case "marked":
            rows = marked_rows(grid)
        case "column" | "shown":
            rows = view.order if view.order is not None else range(view.row_count)
    columns = [column] if extent in ("cell", "column") else list(view.places)
    return Request(form, extent, rows, columns)


def written(view: View, wanted: Request) -> Iterator[int | Written]:
    """The text: on the way how many rows were written, at last what was written."""
    form, columns = wanted.form, [view.source.columns[place] for place in wanted.columns]
    if wanted.extent == "cell":
        text = form.value(view.offers.value(wanted.rows[0], wanted.columns[0]))
        yield Written(text, 1, is_whole=True)
        return
    is_bare = wanted.extent == "row" and form.alone is not None
    head, tail = ("", "") if is_bare else (form.head(columns), form.tail)
    parts, size = [head], len(encoded(head))
    for number, row in enumerate(wanted.rows):
        values = [view.offers.value(row, column) for column in wanted.columns]
        part = (form.between if number else "") + _row(wanted, columns, values)
        size += len(encoded(part))
        if size > MOST_BYTES:
            yield Written("".join([*parts, tail]), number, is_whole=False)
            return
        parts.append(part)
        if number % _STEP == _STEP - 1:
            yield number
    yield Written("".join([*parts, tail]), len(wanted.rows), is_whole=True)


def _row(wanted: Request, columns: Sequence[Column], values: Values) -> str:
    form = wanted.form
    if wanted.extent == "column" and form.item is not None:
        return form.item(values[0])
    if wanted.extent == "row" and form.alone is not None:
        return form.alone(columns, values)
    return form.row(columns, values)


async def copy(grid: Grid, wanted: Request) -> None:
    """Copy, and tell what and how much."""
    async for step in in_steps(written(grid.view, wanted)):
        if isinstance(step, Written):
            copy_text(grid, step.text, told(grid, wanted, step))


def told(grid: Grid, wanted: Request, done: Written) -> str:
    """What a person is told of a copy."""
    form, columns = wanted.form.title, wanted.columns
    as_form = "" if form == "text" else f" as {form}"
    size = size_text(len(encoded(done.text)))
    if wanted.extent == "cell":
        return f"{grid.source.columns[columns[0]].title}{as_form}: {beginning(done.text) or 'empty'}"
    what = "1 row" if done.rows == 1 else f"{done.rows:,} rows"
    if wanted.extent == "column":
        what = f"{grid.source.columns[columns[0]].title} of {what}"
    if done.is_whole:
        return f"{what}{as_form}, {size}"
    return (
        f"the first {done.rows:,} of {len(wanted.rows):,} rows{as_form}, {size}: "
        "a terminal takes no more; an export writes all"
    )
