"""A record and its describe, made by hand: what plain functions are tried on."""

from __future__ import annotations

import base64
from typing import Any

from sfexplorer.client import FieldDescribe, PicklistValue, SObject, SObjectDescribe
from sfexplorer_record.state import RecordState


def valid_for(*places: int) -> str:
    """The bits of a dependent value that goes with these places of the controlling field's list."""
    bits = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return base64.b64encode(bits).decode()


def field(name: str, type: str = "string", **facts: Any) -> FieldDescribe:
    """A field that can be written."""
    return FieldDescribe(
        name=name,
        type=type,
        **{"label": name, "createable": True, "updateable": True, "length": 80, **facts},
    )


COUNTRY = field(
    "Country__c",
    "picklist",
    picklist_values=tuple(PicklistValue(value=value) for value in ("Norway", "Chile", "Peru")),
)
CITY = field(
    "City__c",
    "picklist",
    controller_name="Country__c",
    dependent_picklist=True,
    picklist_values=(
        PicklistValue(value="Oslo", valid_for=valid_for(0)),
        PicklistValue(value="Santiago", valid_for=valid_for(1)),
        PicklistValue(value="Anywhere", valid_for=valid_for(0, 1, 2)),
    ),
)
PLACE = SObjectDescribe(
    name="Place__c",
    label="Place",
    fields=(
        field("Id", "id", createable=False, updateable=False, nillable=False),
        field("Name", name_field=True, nillable=False),
        COUNTRY,
        CITY,
        field("Code__c", external_id=True, unique=True),
        field("Spot__c", "location", createable=False, updateable=False),
        field("Spot__Latitude__s", "double", compound_field_name="Spot__c", precision=18, scale=15),
        field("Spot__Longitude__s", "double", compound_field_name="Spot__c", precision=18, scale=15),
        field("Total__c", "currency", createable=False, updateable=False),
        field("SystemModstamp", "datetime", createable=False, updateable=False),
    ),
)
ID = "a005g0000000001AAA"
STAMP = "2026-03-01T09:14:00.000+0000"


def place(**values: Any) -> RecordState:
    """A place as the org has just told of it."""
    told: dict[str, Any] = dict.fromkeys(one.name for one in PLACE.fields)
    told |= {"attributes": {"type": "Place__c"}, "Id": ID, "Name": "Here", "SystemModstamp": STAMP}
    return RecordState(SObject.from_json(told | values), PLACE)


def new_place(**values: Any) -> RecordState:
    """A place that the org doesn't have yet."""
    record = SObject("Place__c")
    record.take_over(dict.fromkeys(one.name for one in PLACE.fields))
    record.update(values)
    return RecordState(record, PLACE)
