"""The schemas of events, by the id that each event names or by the event's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.resources.records import type_of
from sfexplorer.demo.streaming.changeevents import told_fields
from sfexplorer.demo.streaming.eventschemas import change_event_name, schema_id
from sfexplorer.demo.streaming.platformevents import is_platform_event, payload_fields
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

_SINCE = 40
_NAMESPACE = "com.sforce.eventbus"
# In JSON, as streaming has it, moments are texts.
_PLAIN = {"boolean": "boolean", "int": "int", "double": "double", "currency": "double", "percent": "double"}
_DOCS = {
    "boolean": "Boolean",
    "int": "Integer",
    "double": "Double",
    "currency": "Currency",
    "datetime": "DateTime",
    "date": "DateOnly",
    "reference": "EntityId",
}
_HEADER = (
    ("entityName", "string"),
    ("recordIds", {"type": "array", "items": "string"}),
    ("changeType", "string"),
    ("changeOrigin", "string"),
    ("transactionKey", "string"),
    ("sequenceNumber", "int"),
    ("commitTimestamp", "long"),
    ("commitNumber", "long"),
    ("commitUser", "string"),
    ("changedFields", {"type": "array", "items": "string"}),
)


def routes() -> list[BaseRoute]:
    """The paths of schemas."""
    return [
        data("/event/eventSchema/{schema}", since=_SINCE, GET=by_id),
        data("/sobjects/{type}/eventSchema", since=_SINCE, GET=by_name),
    ]


async def by_id(call: Call) -> Response:
    """The schema of an id."""
    wanted = call.part("schema")
    found = next((each for name, each in _events(call.org.schema) if schema_id(name) == wanted), None)
    if found is None:
        raise not_found()
    return _answer(call, found)


async def by_name(call: Call) -> Response:
    """The schema of a platform event."""
    found = type_of(call)
    if not is_platform_event(found):
        raise not_found()
    return _answer(call, found)


def _events(schema: Schema) -> Iterator[tuple[str, SObjectType]]:
    for each in schema:
        if is_platform_event(each):
            yield each.name, each
        elif each.flags["triggerable"]:
            yield change_event_name(each), each


def _answer(call: Call, type: SObjectType) -> Response:
    form = (call.parameter("payloadFormat") or "EXPANDED").upper()
    if form not in ("EXPANDED", "COMPACT"):
        raise refusal(400, "INVALID_PARAMETER", f"payloadFormat must be EXPANDED or COMPACT, not {form}")
    name = type.name if is_platform_event(type) else change_event_name(type)
    fields = list(_payload(type))
    if form == "COMPACT":
        return json_answer(
            {
                "name": name,
                "namespace": _NAMESPACE,
                "type": "record",
                "fields": fields,
                "uuid": schema_id(name),
            }
        )
    payload = {"type": "record", "name": "Payload", "doc": "", "fields": fields}
    event = {"type": "record", "name": "Event", "fields": [{"name": "replayId", "type": "long"}]}
    inside = [
        {"name": "schema", "type": "string"},
        {"name": "payload", "type": payload},
        {"name": "event", "type": event},
    ]
    whole = [
        {"name": "data", "type": {"type": "record", "name": "Data", "namespace": "", "fields": inside}},
        {"name": "channel", "type": "string"},
    ]
    return json_answer(
        {
            "name": name,
            "namespace": _NAMESPACE,
            "type": "expanded-record",
            "fields": whole,
            "uuid": schema_id(name),
        }
    )


def _payload(type: SObjectType) -> Iterator[dict[str, Any]]:
    if is_platform_event(type):
        yield {"name": "CreatedDate", "type": "string", "doc": "CreatedDate:DateTime"}
        yield {"name": "CreatedById", "type": "string", "doc": "CreatedBy:EntityId"}
        fields: Iterable[FieldType] = payload_fields(type)
    else:
        header = [{"name": name, "type": kind} for name, kind in _HEADER]
        record = {"type": "record", "name": "ChangeEventHeader", "fields": header}
        yield {"name": "ChangeEventHeader", "type": record}
        fields = told_fields(type)
    for field in fields:
        kind = _DOCS.get(field.type, "Text")
        yield {
            "name": field.name,
            "type": ["null", _PLAIN.get(field.type, "string")],
            "doc": f"Data:{kind}",
            "default": None,
        }
