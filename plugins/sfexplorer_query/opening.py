"""Opening the records of many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api.ui.grid_marking import marked_rows

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane

MANY = 8
"""More panes than these are opened only when that is meant."""


async def open_marked(pane: QueryPane) -> None:
    """Open the record of each marked row."""
    if (run := pane.results.run) is None:
        return
    found = (run.rows.record_reference(row) for row in marked_rows(pane.results.grid))
    references = [reference for reference in found if reference is not None]
    question = f"Open {len(references):,} panes?"
    if len(references) > MANY and not await pane.explorer.confirm(question, "Open them"):
        return
    for reference in references:
        pane.explorer.open(reference)
