"""Compound fields and their parts: an address has a street and a city, a place its latitude and longitude.

The org takes the parts alone, each a field of its own; the compound is read only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sfexplorer.client import FieldDescribe, SObjectDescribe
from sfexplorer_record.state import RecordState

COMPOUND_TYPES = frozenset({"address", "location"})

# The ends of the parts' names, and what each is called within the compound's value.
_PARTS = {
    "street": "street",
    "city": "city",
    "statecode": "stateCode",
    "state": "state",
    "postalcode": "postalCode",
    "countrycode": "countryCode",
    "country": "country",
    "latitude": "latitude",
    "longitude": "longitude",
    "geocodeaccuracy": "geocodeAccuracy",
}


def parts_of(describe: SObjectDescribe, one: FieldDescribe) -> list[FieldDescribe]:
    """The fields that `one` is composed of, in the org's order; none for a field that is no compound."""
    return [
        part
        for part in describe.fields
        if part.compound_field_name == one.name and part.name != one.name and part.type not in COMPOUND_TYPES
    ]


def composed(state: RecordState, one: FieldDescribe) -> object:
    """The compound's value with the parts that were changed since the org composed it."""
    told = state.record.get(one.name)
    value: dict[str, Any] = dict(told) if isinstance(told, Mapping) else {}
    for part in parts_of(state.describe, one):
        if state.record.is_changed(part.name) and (key := part_key(part)):
            value[key] = state.record.get(part.name)
    return value if any(each is not None for each in value.values()) else None


def part_key(part: FieldDescribe) -> str:
    """What the part is called within the compound's value: `postalCode` of `MailingPostalCode`."""
    name = part.name.lower().removesuffix("__s")
    return next((key for end, key in _PARTS.items() if name.endswith(end)), "")
