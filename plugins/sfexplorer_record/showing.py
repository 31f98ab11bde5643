"""How a field of a record reads in the list: its value, what stands beside it, what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

from sfexplorer.api.ui.display import NULL, cell_width, display_value, safe_text
from sfexplorer.api.ui.raw_values import raw_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.parts import COMPOUND_TYPES, composed
from sfexplorer_record.state import RecordState

CHOICE_TYPES = frozenset({"picklist", "multipicklist", "combobox"})

# A line never shows more; a text of 131,072 characters would be made safe at each repaint.
_SHOWN_CHARACTERS = 400


def notice(state: RecordState, one: FieldDescribe) -> str:
    """What is to be said of the field below it; "" for nothing."""
    if one.name in state.errors:
        return safe_text(state.errors[one.name])
    if one.name in state.theirs:
        now = shown(state, one, state.theirs[one.name], _SHOWN_CHARACTERS)
        return f"Someone else changed it too; in the org now: {now}"
    return ""


def value_text(state: RecordState, one: FieldDescribe, width: int) -> str:
    """The field's value in one safe line; a reference by its name, with the Id as far as it has room."""
    value = composed(state, one) if one.type in COMPOUND_TYPES else state.record.get(one.name)
    return raw(value) if state.raw else shown(state, one, value, width)


def raw(value: object) -> str:
    """The value as it travels, in one safe line; null and the empty text apart."""
    text = raw_text(value)
    return NULL if text is None else safe_text(text[:_SHOWN_CHARACTERS]) or '""'


def shown(state: RecordState, one: FieldDescribe, value: object, width: int) -> str:
    """`value` as the field shows it."""
    if isinstance(value, str):
        name = state.names.get(value) if one.type == "reference" else None
        if name:
            full = f"{safe_text(name)} ({safe_text(value)})"
            return full if cell_width(full) <= width else f"{safe_text(name)} ({safe_text(value[:5])}…)"
        if len(lines := value.split("\n", 1)) > 1 and one.type != "multipicklist":
            return f"{safe_text(lines[0][:_SHOWN_CHARACTERS].rstrip(chr(13)))} ⏎ …"
        if one.type in CHOICE_TYPES:
            return safe_text(choice_text(one, value))
        value = value[:_SHOWN_CHARACTERS]
    formatter = None if value is None or value == "" else state.formatter(one)
    return safe_text(formatter.text(value) if formatter else display_value(value, one.type))


def sign(state: RecordState, one: FieldDescribe, width: int) -> str:
    """What stands at the right end of the field's line: what was there, or what can be done."""
    value = state.record.get(one.name)
    if state.record.is_changed(one.name):
        return "" if state.is_new else f"was: {shown(state, one, state.record.original.get(one.name), width)}"
    reference = is_reference(one, value)
    if one.type in COMPOUND_TYPES:
        return "parts  Enter >"
    if not state.is_editable(one):
        return "read only  Enter >" if reference else "read only"
    if reference:
        return "Enter >"
    if state.is_new and state.is_required(one):
        return "required"
    if one.type in CHOICE_TYPES:
        count = sum(1 for choice in one.picklist_values if choice.active)
        return f"{count:,} values  v"
    if isinstance(value, str) and (breaks := value.count("\n")):
        return f"{breaks + 1:,} lines  >"
    return ""


def is_reference(one: FieldDescribe, value: object) -> bool:
    """Whether the field points to a record that can be opened."""
    return one.type == "reference" and isinstance(value, str) and bool(value)


def choice_text(one: FieldDescribe, value: str) -> str:
    """The labels of the picklist values in `value`; an unknown one stands for itself."""
    if not value:
        return '""'
    labels = {choice.value: choice.label or choice.value for choice in one.picklist_values}
    parts: Sequence[str] = value.split(";") if one.type == "multipicklist" else (value,)
    return "; ".join(labels.get(part, part) for part in parts)


def describe_line(state: RecordState, one: FieldDescribe) -> str:
    """The field in one line: label, type and limits, rules, help."""
    parts = [safe_text(one.label or one.name), _type_text(one)]
    if not one.nillable and state.is_editable(one) and one.type != "boolean":
        parts.append("required")
    if one.unique:
        parts.append("unique")
    if one.external_id:
        parts.append("external id")
    if one.calculated:
        parts.append("calculated")
    if one.controller_name:
        parts.append(f"depends on {safe_text(one.controller_name)}")
    if one.inline_help_text:
        parts.append(safe_text(one.inline_help_text))
    return "  ·  ".join(parts)


def _type_text(one: FieldDescribe) -> str:
    kind = safe_text(one.type)
    if one.type in ("double", "currency", "percent") and one.precision:
        return f"{kind} {one.precision},{one.scale}"
    if one.type == "reference":
        targets = ", ".join(one.reference_to[:3]) + (" …" if len(one.reference_to) > 3 else "")
        return f"{kind} to {safe_text(targets)}"
    if one.length and one.type not in ("id", "boolean"):
        return f"{kind} {one.length:,}"
    return kind
