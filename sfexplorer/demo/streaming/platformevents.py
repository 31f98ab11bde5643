"""Platform events: records of `Low_Ink__e` and its like are said on a channel and kept nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.journal import Posted
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.storage import Store, Stored
from sfexplorer.demo.streaming.events import moment_text
from sfexplorer.demo.streaming.eventschemas import schema_id
from sfexplorer.demo.streaming.told import told_value

# Ids of events start anew with each org that runs; their UUIDs must not.
_RUN = uuid.uuid4()
_OWN = frozenset({"Id", "CreatedDate", "CreatedById", "ReplayId", "EventUuid"})


def is_platform_event(type: SObjectType) -> bool:
    """Whether the records of an sObject are events."""
    return type.name.endswith("__e")


def payload_fields(type: SObjectType) -> Iterator[FieldType]:
    """The fields that are an event's own."""
    return (field for field in type.fields if field.name not in _OWN)


def event_of_channel(schema: Schema, channel: str) -> SObjectType | None:
    """The platform event that a channel tells of; its name's case counts."""
    name = channel.removeprefix("/event/")
    found = schema.get(name)
    return found if found is not None and is_platform_event(found) and found.name == name else None


def event_uuid(record_id: str) -> str:
    """The EventUuid of an event that was published under an id."""
    return str(uuid.uuid5(_RUN, record_id))


def publish(store: Store, type: SObjectType, values: Mapping[str, Stored], user_id: str) -> str:
    """Say an event when the running transaction holds, and give its id."""
    record_id = store.new_id(type)
    row = store.with_defaults(type, values)
    payload: dict[str, Any] = {"CreatedDate": moment_text(datetime.now(UTC)), "CreatedById": user_id}
    payload |= {field.name: told_value(type, field, row) for field in payload_fields(type)}
    event = {"EventUuid": event_uuid(record_id), "replayId": 0}
    body = {"schema": schema_id(type.name), "payload": payload, "event": event}
    store.journal.post(Posted(f"/event/{type.name}", body))
    return record_id


def accepted(type: SObjectType, record_id: str) -> list[dict[str, Any]]:
    """The `errors` of a successful create: an event's tell that it is on its way (streaming.md section 4)."""
    if not is_platform_event(type):
        return []
    return [{"statusCode": "OPERATION_ENQUEUED", "message": event_uuid(record_id), "fields": []}]
