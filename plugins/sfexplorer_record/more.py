"""What `o` offers: what can be done with the record, with the field under the cursor, what plugins add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sfexplorer_record.keys import BY_NAME
from sfexplorer_record.making import upsert_keys
from sfexplorer_record.state import RecordState

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do: its line in the list, and what it does."""

    line: str
    run: Callable[[], object]


def offers(pane: RecordPane, state: RecordState) -> list[Offer]:
    """All that can be done now, what concerns the record first."""
    found: list[Offer] = []
    if state.is_new:
        found += [
            Offer(f"Save as an upsert by {key.name}", partial(pane.saving.review, key))
            for key in upsert_keys(state)
        ]
    else:
        hooks = pane.explorer.records
        found += [_by_key(pane, "related"), _by_key(pane, "history")]
        found += [
            Offer(action.title, partial(hooks.perform, action, state.record))
            for action in hooks.actions(state.record)
        ]
        found.append(_by_key(pane, "clone"))
        found += [_by_key(pane, "delete")] if state.describe.deletable else []
    found += [_by_key(pane, "new")] if state.describe.createable else []
    if (field := pane.view.here) and state.is_editable(field):
        found += [_by_key(pane, "set_null")] if field.nillable else []
        found.append(_by_key(pane, "set_empty"))
    return found


def _by_key(pane: RecordPane, name: str) -> Offer:
    key = BY_NAME[name]
    return Offer(f"{key.title}: {key.tooltip}  ({key.keys})", partial(key.run, pane))
