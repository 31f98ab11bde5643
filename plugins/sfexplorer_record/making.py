"""New records, copies of records, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api import NewRecordRef
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.state import RecordState

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


class Making:
    """Makes records beside the one in a pane, and deletes that.

    Args:
        pane: Whose record it is.
    """

    def __init__(self, pane: RecordPane) -> None:
        self._pane = pane

    def new(self) -> None:
        """Begin a new record of the same sObject."""
        if (state := self._pane.state) is not None:
            self._pane.explorer.open(NewRecordRef(state.describe.name))

    def clone(self) -> None:
        """Begin a new record with the values of this one."""
        if (state := self._pane.state) is not None:
            self._pane.explorer.open(copy_of(state))

    def delete(self) -> None:
        """Delete the record, after asking."""
        self._pane.work(self._delete, "delete", stops=False)

    async def _delete(self) -> None:
        pane, state = self._pane, self._pane.state
        if state is None:
            return
        question = f"Delete {safe_text(state.describe.label)} {state.name}?"
        if not await pane.explorer.confirm(f"{question} It goes to the org's recycle bin.", "Delete it"):
            return
        pane.busy = "Deleting"
        try:
            await pane.explorer.org.delete(state.record)
        finally:
            pane.busy = ""
        pane.keeping.leave(state, {}, keep=False)
        pane.explorer.tell(f"Deleted {state.name}; it is in the org's recycle bin.")
        pane.post_message(pane.Finished(pane))


def copy_of(state: RecordState) -> NewRecordRef:
    """A new record with the values of this one, as far as the org takes them and they may be there twice."""
    fields = tuple(
        (one.name, value)
        for one in state.describe.fields
        if one.createable
        and not (one.unique or one.external_id or one.auto_number)
        and isinstance(value := state.record.get(one.name), str | int | float | bool)
        and value != ""
    )
    return NewRecordRef(state.describe.name, fields)


def upsert_keys(state: RecordState) -> list[FieldDescribe]:
    """The fields by whose value a new record may turn out to be one that the org has already."""
    return [
        one
        for one in state.describe.fields
        if (one.external_id or one.id_lookup)
        and one.type != "id"
        and state.record.is_changed(one.name)
        and state.record.get(one.name) not in (None, "")
    ]
