"""Records by an external id, read and upserted (WIRE rest.md, section 2).

GET   V/sobjects/X/FIELD/VALUE -> the record, 300 several have it
PATCH V/sobjects/X/FIELD/VALUE -> 201 created, 200 (before version 46: 204) changed, 300 several have it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from sfexplorer.client.addresses import path_part
from sfexplorer.client.blobs.upload import body_of, note_saved
from sfexplorer.client.errors import RequestRefused
from sfexplorer.client.exchange import Call
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject


@dataclass(frozen=True, slots=True)
class Upserted:
    """What an upsert did: whether the record is new, and its id where the org told it."""

    created: bool
    id: str | None


class _Told(msgspec.Struct, frozen=True):
    id: str | None = None
    created: bool = False


async def upsert(session: Session, record: SObject) -> Upserted:
    """Change the record that has the external id, or make it.

    Raises:
        ValueError: the record has no external id.
        RequestRefused: several records have it (status 300).
        SaveRejected: the org refused the values.
    """
    if record.external_id is None:
        raise ValueError(f"a record needs an external id for this: {record!r}")
    field, value = record.external_id
    changes = without_key(record)
    headers, content = await body_of(record.type, changes)
    path = await _path(session, record.type, field, value)
    call = Call("PATCH", path, headers=headers, content=content, purpose="save")
    reply = await session.send(call, accept=(300,))
    if reply.status == 300:
        raise _ambiguous(field, value)
    told = reply.decode(_Told) if reply.body else _Told()
    if told.id is not None:
        record.id = told.id
        changes = {**changes, "Id": told.id}
    record.mark_saved(changes)
    record.take_over(key_of(record))
    if record.id is not None:
        note_saved(record, await _path(session, record.type, record.id), changes)
    return Upserted(told.created or reply.status == 201, told.id)


def without_key(record: SObject) -> dict[str, Any]:
    """The record's changes but for the field that names it: the org takes that from the path alone."""
    named = record.external_id[0].lower() if record.external_id is not None else ""
    return {name: value for name, value in record.changes.items() if name.lower() != named}


def key_of(record: SObject) -> dict[str, Any]:
    """The external id as the value of its field, in the record's own form where that says the same."""
    if record.external_id is None:
        return {}
    field, value = record.external_id
    own = record.get(field)
    return {field: own if str(own) == value else value}


async def read_by(session: Session, type: str, field: str, value: str, fields: Sequence[str]) -> SObject:
    """The record that has a value in an external id field.

    Raises:
        NotFound: no record has it.
        RequestRefused: several have it (status 300).
    """
    params = {"fields": ",".join(fields)} if fields else {}
    path = await _path(session, type, field, value)
    reply = await session.send(Call("GET", path, params=params), accept=(300,))
    if reply.status == 300:
        raise _ambiguous(field, value)
    record = SObject.from_json(reply.decode(dict[str, Any]))
    record.external_id = (field, value)
    return record


async def _path(session: Session, *parts: str) -> str:
    return await session.path("sobjects/" + "/".join(path_part(part) for part in parts))


def _ambiguous(field: str, value: str) -> RequestRefused:
    return RequestRefused(
        f"several records have {value!r} as {field}",
        code="MULTIPLE_CHOICES",
        status=300,
        fields=[field],
        hint="Name the one that is meant by its id.",
    )
