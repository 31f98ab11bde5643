"""The values that follow from others: defaults that go with a value, and copies from related records."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.demo.fieldtypes import Copy, FieldType, SObjectType
from sfexplorer.demo.storage import Store, Stored, quoted
from sfexplorer.demo.tables import as_column


def following_values(
    store: Store, type: SObjectType, values: Mapping[str, Stored], before: Mapping[str, Stored] | None
) -> dict[str, Stored]:
    """What a client's values bring along.

    Args:
        store: the records.
        type: the sObject.
        values: what the client has given.
        before: the record as it was; None for a new one.
    """
    found = {} if before is None else _defaults(type, values)
    row = {**(before or {}), **values}
    for field in type.fields:
        if field.copies and _is_due(field, values, creating=before is None):
            found[field.name] = _copied(store, type, field, row)
    return found


def _defaults(type: SObjectType, values: Mapping[str, Stored]) -> dict[str, Stored]:
    """A new StageName brings its Probability, unless that is given; the store does it for new records."""
    found: dict[str, Stored] = {}
    for field in type.fields:
        source = field.default_from
        if source is not None and field.name not in values and values.get(source.field) in source.values:
            found[field.name] = as_column(source.values[str(values[source.field])])
    return found


def _is_due(field: FieldType, values: Mapping[str, Stored], *, creating: bool) -> bool:
    """A field that a client can write takes the value when it is left out; others always follow."""
    if field.createable or creating:
        return creating and values.get(field.name) is None
    return any(each.reference in values for each in field.copies)


def _copied(store: Store, type: SObjectType, field: FieldType, row: Mapping[str, Stored]) -> Stored:
    for each in field.copies:
        value = _value_at(store, type, each, row)
        if value is not None and _fits(store, field, value):
            return value
    return None


def _fits(store: Store, field: FieldType, value: Stored) -> bool:
    """An activity's WhatId is its AccountId only where it leads to an account."""
    if field.type != "reference":
        return True
    target = store.schema.of_id(str(value))
    return target is not None and target.name in field.reference_to


def _value_at(store: Store, type: SObjectType, copy: Copy, row: Mapping[str, Stored]) -> Stored:
    record_id = row.get(copy.reference)
    target = store.schema.of_id(str(record_id)) if record_id is not None else None
    reference = type.field(copy.reference)
    if target is None or reference is None or target.name not in reference.reference_to:
        return None
    field = target.field(copy.field)
    if field is None:
        return None
    query = f'SELECT {quoted(field.name)} FROM {quoted(target.name)} WHERE "Id" = ?'  # noqa: S608 - names of the schema
    rows = store.select(query, (record_id,))
    return rows[0][0] if rows else None
