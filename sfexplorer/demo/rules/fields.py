"""The rules of single fields: that they are there and may be written, and that their values fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sfexplorer.demo.errors import Fault, Refusal, malformed_id, refusal, unreadable_json
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import Stored, from_json

# What an address must have at least; Salesforce's own rule is longer and refuses little more.
_EMAIL = re.compile(r"[^\s@<>(),;:\\\"\[\]]+@[^\s@<>(),;:\\\"\[\]]+\.[A-Za-z0-9-]{2,}")
_READ_ONLY = (
    "Unable to create/update fields: {names}. Please check the security settings of this field and verify "
    "that it is read/write for your profile or permission set."
)
_CHOICES = frozenset({"picklist", "multipicklist"})
_NUMBERS = frozenset({"double", "currency", "percent"})

Place = Callable[[str], str]


def named_fields(type: SObjectType, body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a body by their names in describe case.

    Raises:
        Refusal: `INVALID_FIELD` when the sObject has no such field.
    """
    found: dict[str, Any] = {}
    for name, value in body.items():
        if name.lower() == "attributes":
            continue
        field = type.field(name)
        if field is None:
            raise refusal(400, "INVALID_FIELD", f"No such column '{name}' on sobject of type {type.name}")
        found[field.name] = value
    return found


def check_writable(type: SObjectType, names: Iterator[str], *, creating: bool) -> None:
    """Refuse fields that nobody may write.

    Raises:
        Refusal: `INVALID_FIELD_FOR_INSERT_UPDATE`, naming all of them.
    """
    locked = [name for name in names if not _is_writable(type.field(name), creating=creating)]
    if locked:
        message = _READ_ONLY.format(names=", ".join(locked))
        raise refusal(400, "INVALID_FIELD_FOR_INSERT_UPDATE", message, locked)


def _is_writable(field: FieldType | None, *, creating: bool) -> bool:
    return field is not None and (field.createable if creating else field.updateable)


def stored_values(type: SObjectType, fields: Mapping[str, Any], place: Place) -> dict[str, Stored]:
    """The values as they are stored.

    Args:
        type: the sObject.
        fields: values of a body by field name.
        place: tells where in the body a field's value stands.

    Raises:
        Refusal: When a value has the wrong type.
    """
    return {
        name: _stored(field, value, place) for name, value in fields.items() if (field := type.field(name))
    }


def _stored(field: FieldType, value: Any, place: Place) -> Stored:
    try:
        return from_json(field, value)
    except ValueError as error:
        if field.type in ("id", "reference"):
            raise malformed_id(f"{field.label}: {error}", [field.name]) from None
        raise unreadable_json(
            f"{error} or request may be missing a required field at {place(field.name)}"
        ) from None


def value_faults(type: SObjectType, values: Mapping[str, Stored]) -> Iterator[Fault]:
    """What is wrong with values of the right type: one error for each field."""
    for name, value in values.items():
        field = type.field(name)
        fault = _value_fault(field, value) if field is not None and value is not None else None
        if fault is not None:
            yield fault


def _value_fault(field: FieldType, value: Stored) -> Fault | None:
    if isinstance(value, str) and field.length and len(value) > field.length and field.type not in _CHOICES:
        # A long text comes back cut in the message, as Salesforce does.
        message = f"{field.label}: data value too large: {value[:255]} (max length={field.length})"
        return Fault("STRING_TOO_LONG", message, (field.name,))
    if field.restricted_picklist and field.type in _CHOICES:
        return _choice_fault(field, str(value))
    if field.type == "email" and not _EMAIL.fullmatch(str(value)):
        message = f"{field.label}: invalid email address: {value!s}"
        return Fault("INVALID_EMAIL_ADDRESS", message, (field.name,))
    if field.type in _NUMBERS and field.precision and isinstance(value, int | float):
        most = 10 ** (field.precision - field.scale)
        if abs(value) >= most:
            message = f"{field.label}: value outside of valid range on numeric field: {value}"
            return Fault("NUMBER_OUTSIDE_VALID_RANGE", message, (field.name,))
    return None


def _choice_fault(field: FieldType, value: str) -> Fault | None:
    chosen = value.split(";") if field.type == "multipicklist" else [value]
    known = {each.value.lower() for each in field.picklist_values}
    for choice in chosen:
        if choice.lower() not in known:
            message = f"{field.label}: bad value for restricted picklist field: {choice}"
            return Fault("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, (field.name,))
    return None


def required_faults(type: SObjectType, values: Mapping[str, Stored], *, creating: bool) -> list[Fault]:
    """The error about required fields that are missing in a new record, or emptied in one that exists."""
    missing = [
        field.name
        for field in type.fields
        if _is_required(field) and _is_missing(field, values, creating=creating)
    ]
    if not missing:
        return []
    return [
        Fault(
            "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{', '.join(missing)}]", tuple(missing)
        )
    ]


def _is_required(field: FieldType) -> bool:
    return not field.nillable and field.createable and field.type != "boolean" and not field.computed


def _is_missing(field: FieldType, values: Mapping[str, Stored], *, creating: bool) -> bool:
    if field.name in values:
        return values[field.name] is None
    return (
        creating
        and not field.defaulted_on_create
        and field.default_value is None
        and field.default_from is None
    )


def refused(faults: list[Fault]) -> Refusal:
    """The refusal of a record with these errors."""
    return Refusal(400, faults)
