"""Change data capture: each change of a record as an event (streaming.md section 4)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.journal import ORIGIN
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.streaming.changes import RecordChange
from sfexplorer.demo.streaming.events import Draft
from sfexplorer.demo.streaming.eventschemas import change_event_name, schema_id
from sfexplorer.demo.streaming.told import told_value

_ORIGIN = "com/salesforce/api/rest/60.0"
Told = dict[str, tuple[FieldType, ...]]
_NEVER_TOLD = frozenset({"Id", "IsDeleted", "SystemModstamp", "LastViewedDate", "LastReferencedDate"})


def change_channel(type: SObjectType) -> str:
    """The channel of an sObject's changes: `/data/AccountChangeEvent`, `/data/Thing__ChangeEvent`."""
    return f"/data/{change_event_name(type)}"


def captured_type(schema: Schema, channel: str) -> SObjectType | None:
    """The sObject whose changes a channel tells of."""
    name = channel.removeprefix("/data/").removesuffix("ChangeEvent")
    found = schema.get(f"{name}c" if name.endswith("__") else name)
    if found is None or not found.flags["triggerable"] or change_channel(found) != channel:
        return None
    return found


def told_fields(type: SObjectType) -> tuple[FieldType, ...]:
    """The fields that change events tell: those that are stored, and are no blobs."""
    return tuple(
        field
        for field in type.stored_fields
        if not field.computed and field.type != "base64" and field.name not in _NEVER_TOLD
    )


def change_drafts(changes: Iterable[RecordChange], moment: datetime, told: Told) -> list[Draft]:
    """The change events of a transaction; records that it changed alike share one.

    Args:
        changes: what it did.
        moment: when.
        told: remembers the fields of each sObject that are told.
    """
    drafts: list[Draft] = []
    alike: dict[tuple[object, ...], list[str]] = {}
    key = str(uuid.uuid4())
    for change in changes:
        if change.type.name not in told:
            told[change.type.name] = told_fields(change.type)
        payload = _payload(change, told[change.type.name])
        if change.kind == "UPDATE" and not payload:
            continue
        same = (change.type.name, change.kind, change.user_id, tuple(payload.items()))
        if same in alike:
            alike[same].append(change.id)
            continue
        ids = alike[same] = [change.id]
        header = _header(change, ids, key, len(drafts) + 1, moment)
        if change.kind == "UPDATE":
            header["changedFields"] = list(payload)
        body = {
            "schema": schema_id(change_event_name(change.type)),
            "payload": {"ChangeEventHeader": header, **payload},
            "event": {"replayId": 0},
        }
        drafts.append(Draft(change_channel(change.type), body))
    return drafts


def _payload(change: RecordChange, fields: tuple[FieldType, ...]) -> dict[str, Any]:
    """An update's changed fields, or all that a record has which is there anew."""
    if change.kind == "DELETE":
        return {}
    type, row, changed = change.type, change.row, change.changed
    if change.kind == "UPDATE":
        return {each.name: told_value(type, each, row) for each in fields if each.name in changed}
    return {each.name: told_value(type, each, row) for each in fields if row[each.name] is not None}


def _header(change: RecordChange, ids: list[str], key: str, number: int, moment: datetime) -> dict[str, Any]:
    milliseconds = int(moment.timestamp() * 1000)
    return {
        "entityName": change.type.name,
        "recordIds": ids,
        "changeType": change.kind,
        "changeOrigin": ORIGIN.get() or _ORIGIN,
        "transactionKey": key,
        "sequenceNumber": number,
        "commitTimestamp": milliseconds,
        # Opaque and rising; Salesforce's have about as many digits.
        "commitNumber": milliseconds * 8,
        "commitUser": change.user_id,
        "changedFields": [],
    }
