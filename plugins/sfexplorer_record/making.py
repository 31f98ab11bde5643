"""New records: what a copy of one begins with, and what can name one for an upsert."""

from __future__ import annotations

from sfexplorer.api import NewRecordRef
from sfexplorer.client import FieldDescribe
from sfexplorer_record.state import RecordState


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
