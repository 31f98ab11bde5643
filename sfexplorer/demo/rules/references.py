"""The rules between records: references lead to records that exist, unique values stay unique."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sfexplorer.demo.errors import Fault, refusal
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import Store, Stored, quoted


def reference_faults(store: Store, type: SObjectType, values: Mapping[str, Stored]) -> Iterator[Fault]:
    """What is wrong with where the references of a record lead."""
    for name, value in values.items():
        field = type.field(name)
        if field is None or field.type != "reference" or not isinstance(value, str):
            continue
        target = store.schema.of_id(value)
        if target is None or target.name not in field.reference_to:
            yield Fault("MALFORMED_ID", f"{field.label}: id value of incorrect type: {value}", (field.name,))
        elif name != "RecordTypeId" and not _is_live(store, target, value):
            message = f"insufficient access rights on cross-reference id: {value}"
            yield Fault("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", message, (field.name,))


def _is_live(store: Store, target: SObjectType, record_id: str) -> bool:
    live = 'AND "IsDeleted" = 0' if target.field("IsDeleted") else ""
    return bool(store.select(f'SELECT 1 FROM {quoted(target.name)} WHERE "Id" = ? {live}', (record_id,)))  # noqa: S608


def duplicate_faults(
    store: Store,
    type: SObjectType,
    values: Mapping[str, Stored],
    record_id: str | None,
) -> Iterator[Fault]:
    """The values that another record has already, where no two that aren't deleted may have the same."""
    live = 'AND "IsDeleted" = 0' if type.field("IsDeleted") else ""
    for name, value in values.items():
        field = type.field(name)
        if field is None or not field.unique or value is None or field.type == "id":
            continue
        rows = store.select(
            f'SELECT "Id" FROM {quoted(type.name)} WHERE {quoted(name)} = ? AND "Id" IS NOT ? {live}',  # noqa: S608
            (value, record_id),
        )
        if rows:
            message = (
                f"duplicate value found: {name} duplicates value on record with id: {str(rows[0][0])[:15]}"
            )
            yield Fault("DUPLICATE_VALUE", message, (name,))


def with_parents_found(store: Store, type: SObjectType, body: Mapping[str, Any]) -> dict[str, Any]:
    """A body in which parents given by an external id (`"Account": {"Ext__c": "X1"}`) have become references.

    Raises:
        Refusal: When a parent isn't there, or isn't named by a field that tells records apart.
    """
    found: dict[str, Any] = {}
    for name, value in body.items():
        field = type.reference(name) if isinstance(value, dict) and type.field(name) is None else None
        if field is None or not isinstance(value, dict):
            found[name] = value
        else:
            found[field.name] = _parent(store, field, value)
    return found


def _parent(store: Store, field: FieldType, key: dict[str, Any]) -> str:
    keys = [(name, value) for name, value in key.items() if name.lower() != "attributes"]
    target = store.schema.get(field.reference_to[0])
    named = target.field(keys[0][0]) if target is not None and len(keys) == 1 else None
    if target is None or named is None or not (named.external_id or named.id_lookup):
        message = (
            f"The external foreign key reference does not reference a valid entity: {field.relationship_name}"
        )
        raise refusal(400, "INVALID_FIELD", message, [])
    rows = store.select(
        f'SELECT "Id" FROM {quoted(target.name)} WHERE {quoted(named.name)} = ?',  # noqa: S608
        (str(keys[0][1]),),
    )
    if len(rows) != 1:
        message = (
            f"Foreign key external ID: {keys[0][1]} not found for field {named.name} in entity {target.name}"
        )
        raise refusal(400, "INVALID_FIELD", message, [])
    return str(rows[0][0])
