"""The paths of records by external id."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.externalid import key_field, matches, upsert_record
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.resources import relations
from sfexplorer.demo.resources.blobs import blob
from sfexplorer.demo.resources.records import answer_record, type_of
from sfexplorer.demo.resources.uploads import change_in
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.call import Call, data
from sfexplorer.demo.writing import delete_record

# From this version on an upsert that changes a record says so in a body.
_VERSION_WITH_BODY = 46.0


def routes() -> list[BaseRoute]:
    """The paths of records by external id; blobs and relationships, `.../ID/NAME`, have the same form."""
    return [data("/sobjects/{type}/{field}/{value}", GET=read, PATCH=upsert, DELETE=delete)]


def _several(call: Call, found: SObjectType, ids: list[str]) -> Response:
    return json_answer([f"{call.base}/sobjects/{found.name}/{each}" for each in ids], 300)


async def read(call: Call) -> Response:
    """The record that has a value in a field, the bytes of a record's blob, or what belongs to a record."""
    found = type_of(call)
    if canonical(call.part("field")) is not None and found.field(call.part("value")) is not None:
        return await blob(call, found)
    if relations.is_relation(call, found):
        return await relations.read(call)
    field = key_field(found, call.part("field"))
    ids = await call.org.write(matches, found, field, call.part("value"))
    if len(ids) > 1:
        return _several(call, found, ids)
    if not ids:
        raise not_found()
    return await answer_record(call, found, ids[0])


async def upsert(call: Call) -> Response:
    """Change the record that has a value in a field, or add one with it."""
    found = type_of(call)
    if relations.is_relation(call, found):
        return await relations.update(call)
    field = key_field(found, call.part("field"))
    change = await change_in(call)
    if any(name.lower() == field.name.lower() for name in change.fields):
        message = f"The {field.name} field should not be specified in the sobject data."
        raise refusal(400, "INVALID_FIELD", message, [field.name])
    only = (call.parameter("updateOnly") or "").lower() == "true"
    ids, created = await call.org.write(
        upsert_record, found, field, call.part("value"), change, only_update=only
    )
    if len(ids) > 1:
        return _several(call, found, ids)
    if not created and float(call.version) < _VERSION_WITH_BODY:
        return nothing()
    body = {"id": ids[0], "success": True, "errors": [], "created": created}
    return json_answer(body, 201 if created else 200)


async def delete(call: Call) -> Response:
    """Delete the record that has a value in a field."""
    found = type_of(call)
    if relations.is_relation(call, found):
        return await relations.delete(call)
    field = key_field(found, call.part("field"))
    several = await call.org.write(_delete, found, field, call.part("value"), call.session.user_id)
    return _several(call, found, several) if several else nothing()


def _delete(org: Org, found: SObjectType, field: FieldType, value: str, user_id: str) -> list[str]:
    ids = matches(org, found, field, value)
    if len(ids) > 1:
        return ids
    if not ids:
        raise not_found()
    delete_record(org, found, ids[0], user_id)
    return []
