"""Records by a field that tells them apart: an external id, or one that Salesforce looks up by."""

from __future__ import annotations

from dataclasses import replace

from sfexplorer.demo.errors import not_found
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.org import Org
from sfexplorer.demo.storage import Stored, from_json, quoted
from sfexplorer.demo.writing import Change, create_record, update_record


def key_field(type: SObjectType, name: str) -> FieldType:
    """The field of a name, which must be one that records can be found by.

    Raises:
        Refusal: 404 when it is none.
    """
    field = type.field(name)
    if field is None or not (field.external_id or field.id_lookup or field.type == "id"):
        raise not_found(f"Provided external ID field does not exist or is not accessible: {name}")
    return field


def matches(org: Org, type: SObjectType, field: FieldType, text: str) -> list[str]:
    """The ids of all records that have a value in a field."""
    try:
        value: Stored = from_json(field, text)
    except ValueError:
        return []
    live = 'AND "IsDeleted" = 0' if type.field("IsDeleted") else ""
    rows = org.store.select(
        f'SELECT "Id" FROM {quoted(type.name)} WHERE {quoted(field.name)} = ? {live} ORDER BY "Id"',  # noqa: S608
        (value,),
    )
    return [str(row[0]) for row in rows]


def upsert_record(
    org: Org, type: SObjectType, field: FieldType, value: str, change: Change, *, only_update: bool = False
) -> tuple[list[str], bool]:
    """Change the record that has a value in a field, or add one with it.

    Returns:
        The ids that match, more than one of which leaves all of them as they are; and whether one was added.

    Raises:
        Refusal: When there is none and none may be added, or the record is not valid.
    """
    ids = matches(org, type, field, value)
    if len(ids) == 1:
        update_record(org, type, ids[0], change)
    if ids:
        return ids, False
    if only_update or field.type == "id":
        raise not_found()
    fields = {**change.fields, field.name: value}
    return [create_record(org, type, replace(change, fields=fields))], True
