"""The rows of a query as a file: all of them, or those that are marked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sfexplorer.api.exporting import choose_destination, export_in_sight
from sfexplorer.api.ui.grid_marking import marked_rows
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane


async def export_rows(pane: QueryPane) -> None:
    """Ask where to, then write all rows, also those that have not come yet."""
    run = pane.results.run
    if run is None:
        return
    total = run.rows.row_count if run.done else run.total
    count = "all rows" if total is None else counted(total, "row")
    await _export(pane, None, count, total)


async def export_marked(pane: QueryPane) -> None:
    """Ask where to, then write the rows that are marked, in their order."""
    rows = marked_rows(pane.results.grid)
    await _export(pane, rows, counted(len(rows), "marked row"), len(rows))


async def _export(pane: QueryPane, rows: list[int] | None, what: str, total: int | None) -> None:
    run = pane.results.run
    if run is None:
        return
    name = f"{run.statement.source or 'found'}-{date.today():%Y-%m-%d}"
    destination = await choose_destination(pane.explorer, what, name)
    if destination is None:
        return
    to = destination

    async def write() -> None:
        await export_in_sight(pane.explorer, await run.table(rows), to, total)

    # A job of its own: `r` writes to the same file again, without asking once more.
    pane.work(write, "export")
