"""The names of the records whose Ids stand in a column, on demand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sfexplorer.client import is_id
from sfexplorer.soql import quote

if TYPE_CHECKING:
    from sfexplorer.client import Org
    from sfexplorer_query.pane import QueryPane
    from sfexplorer_query.rows import ResultRows

AROUND = 200
"""Rows above and below the cursor whose names are fetched: some screens."""

AT_ONCE = 200
"""Ids of a query: more make an address too long for some proxies."""

LONGEST = 24


async def show_names(pane: QueryPane) -> None:
    """Show the names of the column's Ids instead of these; the Ids again when all have been shown."""
    run, grid = pane.results.run, pane.results.grid
    if run is None:
        return
    rows = run.rows
    ids = ids_around(rows, grid.cursor_row, grid.cursor_column)
    if not ids:
        pane.results.tell("No Ids in this column: go to one that has some")
        return
    if missing := ids - rows.names.keys():

        async def fetch() -> None:
            found = await names_of(run.org, missing)
            # What has no name is known as such, and not asked for again.
            rows.names.update({record_id: _short(found.get(record_id, "")) for record_id in missing})
            grid.redraw()
            if not found:
                pane.results.tell("The org tells no names for these")

        pane.waiting.run("Looking up names", fetch, lambda: pane.editor.has_focus)
        return
    rows.names.clear()
    grid.redraw()


def _short(name: str) -> str:
    # Columns of Ids are never cut: a long name would push the others out of sight.
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def ids_around(rows: ResultRows, row: int, column: int) -> set[str]:
    """The Ids in a column, in the rows around one."""
    around = range(max(row - AROUND, 0), min(row + AROUND, rows.row_count))
    values = (rows.came(each, column) for each in around)
    return {value for value in values if isinstance(value, str) and len(value) == 18 and is_id(value)}


async def names_of(org: Org, ids: Iterable[str]) -> dict[str, str]:
    """The names of records of any objects; those that nothing is told of are left out."""
    by_object: dict[str, list[str]] = {}
    for record_id in sorted(ids):
        if (found := await org.object_of(record_id)) is not None and found.queryable:
            by_object.setdefault(found.name, []).append(record_id)
    names: dict[str, str] = {}
    for object_name, members in by_object.items():
        field = (await org.describe(object_name)).name_field
        if field is None:
            continue
        for start in range(0, len(members), AT_ONCE):
            listed = ", ".join(map(quote, members[start : start + AT_ONCE]))
            # Names come from the org's own describe, and Ids are quoted.
            soql = f"SELECT Id, {field.name} FROM {object_name} WHERE Id IN ({listed})"  # noqa: S608
            async for record in org.query(soql):
                names[str(record.id)] = str(record.get(field.name) or "")
    return names
