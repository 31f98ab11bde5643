"""The query panes that are open: they show what others save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane

PANES: WeakSet[QueryPane] = WeakSet()


def shown_pane() -> QueryPane | None:
    """The query pane that the person sees."""
    return next((pane for pane in list(PANES) if pane.is_mounted and pane.display), None)


def show_saved(record_id: str, values: Mapping[str, object]) -> None:
    """Show in all results what the org has taken for a record.

    Args:
        record_id: The record.
        values: Its new values, by field.
    """
    for pane in list(PANES):
        run = pane.results.run if pane.is_mounted else None
        if run is not None and run.rows.take_saved(record_id, values):
            pane.edited()
