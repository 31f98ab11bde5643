"""What of a record can be copied, and how each reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.api.ui.raw_values import plain, raw_text
from sfexplorer.client import FieldDescribe, Records, SObject
from sfexplorer_record.showing import shown
from sfexplorer_record.state import RecordState

_WIDE = 400


@dataclass(frozen=True, slots=True)
class Copy:
    """Something to copy: the key for it, what it is called, and the text."""

    key: str
    title: str
    text: str

    @property
    def told(self) -> str:
        """What was copied, in a few words: what it is, and how it begins."""
        return f"{self.title}: {fit(safe_text(self.text[:60]), 40).rstrip()}"


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
        found.append(Copy("y", "Value", raw))
        seen = state.names.get(str(value)) or shown(state, one, value, _WIDE)
        if seen != raw and "\n" not in raw:
            found.append(Copy("s", "Value as shown", seen))
    found += [Copy("n", "Name of the field", one.name), Copy("l", "Label of the field", one.label)]
    if state.record.id:
        found += [Copy("i", "Id", state.record.id), Copy("u", "Address of its page", address)]
    values = _values(state)
    as_json = json.dumps(values, ensure_ascii=False, indent=2, default=str)
    as_table = "\n".join(f"{name}\t{_in_cell(told)}" for name, told in values.items())
    return [*found, Copy("J", "Record as JSON", as_json), Copy("T", "Record as TSV", as_table)]


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
