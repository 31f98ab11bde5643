"""What of a record can be copied, and how each reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sfexplorer.api.ui.display import display_value
from sfexplorer.api.ui.raw_values import plain, raw_text
from sfexplorer.client import FieldDescribe, Records, SObject
from sfexplorer_record.state import RecordState


@dataclass(frozen=True, slots=True)
class Copy:
    """Something to copy: what it is called, and the text."""

    title: str
    text: str


def copies(state: RecordState, one: FieldDescribe, address: str) -> list[Copy]:
    """What there is to copy with the cursor on a field, what is wanted most first.

    Args:
        state: The record.
        one: The field under the cursor.
        address: The record's page in the org.
    """
    value = state.record.get(one.name)
    raw = raw_text(value)
    found = []
    if raw is not None:
        found.append(Copy(one.name, raw))
        shown = state.names.get(str(value)) or display_value(value, one.type)
        if shown != raw:
            found.append(Copy(f"{one.name} as shown: {shown}", shown))
    found.append(Copy(f"the field's name: {one.name}", one.name))
    found.append(Copy(f"the field's label: {one.label}", one.label))
    if state.record.id:
        found += [Copy(f"the Id {state.record.id}", state.record.id), Copy(f"the address {address}", address)]
    values = _values(state)
    as_json = json.dumps(values, ensure_ascii=False, indent=2, default=str)
    as_table = "\n".join(f"{name}\t{_in_cell(told)}" for name, told in values.items())
    return [*found, Copy("the record as JSON", as_json), Copy("the record as TSV", as_table)]


def _values(state: RecordState) -> dict[str, object]:
    """The record's own fields, in the org's order."""
    return {
        one.name: plain(state.record[one.name])
        for one in state.describe.fields
        if one.name in state.record and not isinstance(state.record[one.name], SObject | Records)
    }


def _in_cell(value: object) -> str:
    """The value in one line without tabs, as a cell of a table has it."""
    return " ".join((raw_text(value) or "").split())
