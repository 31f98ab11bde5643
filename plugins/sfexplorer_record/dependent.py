"""Picklists whose values depend on another field.

Each value says by its bits (`validFor`, in base64, the highest first) with which of the controlling field's
values it goes: by their places in its list, or 0 and 1 for a checkbox (WIRE rest.md, describe).
"""

from __future__ import annotations

import binascii
from collections.abc import Mapping

import msgspec

from sfexplorer.api import Change
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe, PicklistValue, SObject, SObjectDescribe


def offered(
    describe: SObjectDescribe, one: FieldDescribe, record: Mapping[str, object]
) -> frozenset[str] | None:
    """The values that go with what the controlling field holds; None where any value goes."""
    controller = describe.field(one.controller_name) if one.controller_name else None
    if controller is None:
        return None
    at = _place(controller, record.get(controller.name))
    return frozenset(each.value for each in one.picklist_values if at is not None and _goes_with(each, at))


def narrowed(describe: SObjectDescribe, one: FieldDescribe, record: Mapping[str, object]) -> FieldDescribe:
    """The field with those values active alone that go with what its controlling field holds."""
    allowed = offered(describe, one, record)
    if allowed is None:
        return one
    values = [
        msgspec.structs.replace(each, active=each.active and each.value in allowed)
        for each in one.picklist_values
    ]
    return msgspec.structs.replace(one, picklist_values=tuple(values))


def contradiction(describe: SObjectDescribe, record: SObject, changes: Mapping[str, Change]) -> str | None:
    """What a save would bring together that doesn't belong together; the org itself lets it pass."""
    for one in describe.fields:
        value = record.get(one.name)
        if not (isinstance(value, str) and value and one.controller_name):
            continue
        if not {one.name, one.controller_name} & changes.keys():
            continue
        allowed = offered(describe, one, record)
        known = {each.value for each in one.picklist_values}
        strange = [
            part for part in value.split(";") if allowed is not None and part in known and part not in allowed
        ]
        if strange:
            master = safe_text(str(record.get(one.controller_name) or "null"))
            return f"{one.name}: {safe_text(strange[0])} doesn't go with {one.controller_name} {master}."
    return None


def _place(controller: FieldDescribe, value: object) -> int | None:
    """The controlling value's place among all there are, active or not."""
    if isinstance(value, bool) or controller.type == "boolean":
        return int(bool(value))
    values = [each.value for each in controller.picklist_values]
    return values.index(value) if isinstance(value, str) and value in values else None


def _goes_with(choice: PicklistValue, at: int) -> bool:
    if choice.valid_for is None:
        return False
    try:
        bits = binascii.a2b_base64(choice.valid_for)
    except binascii.Error:
        return False
    return at // 8 < len(bits) and bool(bits[at // 8] & (0x80 >> at % 8))
