"""The record pane: all fields of a record, edited in place, saving only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sfexplorer.api import Explorer, Pane, RecordRef, Reference, hookimpl

if TYPE_CHECKING:
    from sfexplorer.api.ui import PaneWidget


@hookimpl
def panes() -> Sequence[Pane]:
    """The pane that shows and edits one record."""
    return [
        Pane(id="record.record", title="Record", build=_build, order=30, opens=(RecordRef,), starts=False)
    ]


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_record.pane import RecordPane

    if not isinstance(reference, RecordRef):
        raise TypeError(f"the record pane shows records, not {reference!r}")
    return RecordPane(explorer, reference)
