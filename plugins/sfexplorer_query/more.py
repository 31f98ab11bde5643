"""The list of what else can be done: with the rows first where the cursor is in them, else with the text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sfexplorer.client import SObject
from sfexplorer_query.actions import ROW_ACTIONS, TEXT_ACTIONS, Action

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane


async def choose_action(pane: QueryPane) -> None:
    """List what can be done now, also with the record of the cursor's row, and do what is chosen."""
    of_text = [
        (_told(each), partial(pane.action_do, each.name)) for each in TEXT_ACTIONS if each.applies(pane)
    ]
    of_rows = [
        (_told(each), partial(pane.action_do, each.name)) for each in ROW_ACTIONS if each.applies(pane)
    ]
    records = pane.explorer.records
    if (record := _record(pane)) is not None:
        of_rows += [
            (action.title, partial(records.perform, action, record)) for action in records.actions(record)
        ]
    offered = of_text + of_rows if pane.editor.has_focus else of_rows + of_text
    place = await pane.explorer.choose("More", [title for title, _ in offered])
    if place is not None:
        offered[place][1]()


def _record(pane: QueryPane) -> SObject | None:
    """The record that the cursor is on, by its type and Id."""
    run, grid = pane.results.run, pane.results.grid
    reference = run.rows.record_reference(grid.cursor_row) if run and grid.has_cursor else None
    return SObject(reference.type, Id=reference.id) if reference and reference.type else None


def _told(action: Action) -> str:
    key = "+".join(part.capitalize() for part in action.key.split("+"))
    return f"{action.title}   {key if len(action.key) > 1 else action.key}".rstrip()
