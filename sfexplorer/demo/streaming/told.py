"""A record's values as events tell them: as JSON has them, but moments end with Z."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import Stored, compound_json, to_json


def told_value(type: SObjectType, field: FieldType, row: Mapping[str, Stored]) -> object:
    """The value of a field in a row; blobs are not told."""
    if field.type == "base64":
        return None
    if not field.stored:
        return compound_json(type, field, row)
    value = row.get(field.name)
    return f"{value!s}Z" if field.type == "datetime" and value is not None else to_json(field, value)
