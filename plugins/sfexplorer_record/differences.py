"""What is about to be saved, in words: for each field what was there and what will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sfexplorer.client import FieldDescribe
from sfexplorer_record.state import RecordState
from sfexplorer_record.typed import edit_text

_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which something is to be decided, with its values as they read."""

    field: str
    values: tuple[str, ...]


def unsaved(state: RecordState) -> list[Difference]:
    """Exactly the changed fields, in the org's order: old and new."""
    record = state.record
    return [
        difference(state, one, (record.original.get(one.name), record.get(one.name)))
        for one in state.describe.fields
        if record.is_changed(one.name)
    ]


def difference(state: RecordState, one: FieldDescribe, values: Iterable[object]) -> Difference:
    """`values` as the field shows them, told apart even where a line would show them alike."""
    values = tuple(values)
    shown = tuple(state.shown(one, value, _WIDTH) for value in values)
    distinct = {repr(value) for value in values}
    if len(set(shown)) < len(distinct):
        shown = tuple(_exact(state, one, value) for value in values)
    return Difference(one.name, shown)


def _exact(state: RecordState, one: FieldDescribe, value: object) -> str:
    text = state.shown(one, value, _WIDTH)
    if one.type == "datetime":
        return edit_text(one, value)
    return f"{len(value):,} characters: {text}" if isinstance(value, str) else text
