"""How edits look in the grid: a sign before the row, the changed cells, a sentence beside it."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.api.ui.grid_offers import RowNote
from sfexplorer_query.changing.edits import Edits


def note_of(edits: Edits, record_id: str | None, places: Mapping[str, int]) -> RowNote | None:
    """What there is to say of a record.

    Args:
        edits: What was changed.
        record_id: The record.
        places: The column of each field.
    """
    if record_id is None:
        return None
    if record_id in edits.deleted:
        return RowNote("-", text="Deleted; F5 runs the query again")
    changed = frozenset(places[name] for name in edits.changed.get(record_id, ()) if name in places)
    if (failure := edits.failures.get(record_id)) is not None:
        return RowNote("!", changed, failure)
    if changed:
        return RowNote("*", changed, f"{len(changed)} not saved")
    return None
