"""What is about to be saved, in words: for each field what was there and what will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sfexplorer.api.typed import edit_text
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.showing import CHOICE_TYPES, raw, shown
from sfexplorer_record.state import RecordState

_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which something is to be decided.

    Attributes:
        field: Its API name.
        values: Its values as they read in one line.
        texts: Its values in full, with their lines.
    """

    field: str
    values: tuple[str, ...]
    texts: tuple[str, ...] = ()


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
    lines = tuple(shown(state, one, value, _WIDTH) for value in values)
    distinct = {repr(value) for value in values}
    if len(set(lines)) < len(distinct):
        lines = tuple(_exact(state, one, value) for value in values)
    texts = (_full(one, value, line) for value, line in zip(values, lines, strict=True))
    return Difference(one.name, lines, tuple(texts))


def _full(one: FieldDescribe, value: object, line: str) -> str:
    """The value with all its lines, where one line doesn't hold them; the ends of lines are marked."""
    if not isinstance(value, str) or one.type in CHOICE_TYPES or not ("\n" in value or len(value) > _WIDTH):
        return line
    return "\n".join(safe_text(part) for part in value.splitlines(keepends=True))


def _exact(state: RecordState, one: FieldDescribe, value: object) -> str:
    if one.type == "datetime":
        return edit_text(one, value)
    if isinstance(value, str):
        return f"{len(value):,} characters: {shown(state, one, value, _WIDTH)}"
    return raw(value)
