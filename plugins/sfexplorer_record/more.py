"""What `o` offers: what can be done with the record, with the field under the cursor, what plugins add."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sfexplorer_record.dialogs.menu import Entry
from sfexplorer_record.keys import BY_NAME
from sfexplorer_record.making import upsert_keys
from sfexplorer_record.state import RecordState

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


def more(pane: RecordPane, state: RecordState) -> list[Entry]:
    """All that can be done now, what concerns the record first."""
    names = ["new"] if state.describe.createable else []
    found: list[Entry] = []
    if state.is_new:
        found += [
            Entry("u", "Save as an upsert", f"by {key.name}", partial(pane.saving.review, key))
            for key in upsert_keys(state)
        ]
    else:
        names = ["related", "history", "clone", *names, *(["delete"] if state.describe.deletable else [])]
    if (field := pane.view.here) and state.is_editable(field):
        names += ["set_null", "set_empty"] if field.nillable else ["set_empty"]
    found += [_by_key(pane, name) for name in names]
    if not state.is_new:
        hooks = pane.explorer.records
        found += [
            Entry(
                str(number) if number < 10 else "",
                action.title,
                action.help,
                partial(hooks.perform, action, state.record),
            )
            for number, action in enumerate(hooks.actions(state.record), 1)
        ]
    return found


def _by_key(pane: RecordPane, name: str) -> Entry:
    key = BY_NAME[name]
    return Entry(key.keys.split(",")[0], key.title, key.tooltip, partial(key.run, pane))
