"""What `o` offers: what can be done with the record, with the field under the cursor, what plugins add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sfexplorer_record.making import upsert_keys
from sfexplorer_record.state import RecordState

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do: what the list says, the key that does it too, and what it does."""

    title: str
    key: str
    run: Callable[[], object]

    @property
    def line(self) -> str:
        """Its line in the list."""
        return f"{self.title}  ({self.key})" if self.key else self.title


def offers(pane: RecordPane, state: RecordState) -> list[Offer]:
    """All that can be done now, what concerns the record first."""
    keys = upsert_keys(state) if state.is_new else []
    found = [Offer(f"Save as an upsert by {key.name}", "", partial(pane.saving.review, key)) for key in keys]
    if not state.is_new:
        hooks = pane.explorer.records
        found += [
            Offer("Related lists", "t", pane.action_related),
            Offer("History of what was changed from here, to take back", "h", pane.action_history),
            *(
                Offer(action.title, "", partial(hooks.perform, action, state.record))
                for action in hooks.actions(state.record)
            ),
            Offer("Clone into a new record", "c", pane.action_clone),
        ]
        if state.describe.deletable:
            found.append(Offer("Delete this record …", "D", pane.action_delete))
    if state.describe.createable:
        found.append(Offer(f"New {state.describe.label}", "n", pane.action_new))
    if (field := pane.view.here) and state.is_editable(field):
        if field.nillable:
            found.append(Offer(f"Set {field.name} to null", "N", pane.action_set_null))
        found.append(Offer(f"Set {field.name} to the empty text", "E", pane.action_set_empty))
    return found
