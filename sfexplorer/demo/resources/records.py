"""Records: created, read, changed and deleted by id."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.describes import fields_of
from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.pages import Pager
from sfexplorer.demo.executor.plan import Plan, read_plan
from sfexplorer.demo.executor.scope import type_scope
from sfexplorer.demo.executor.selection import Selection
from sfexplorer.demo.executor.snapshots import Snapshots
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.resources.query import context_of
from sfexplorer.demo.resources.uploads import change_in
from sfexplorer.demo.storage import Stored, quoted
from sfexplorer.demo.streaming.platformevents import accepted
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.call import Call, data
from sfexplorer.demo.web.conditional import check_unmodified, etag_of, http_date, is_unmodified
from sfexplorer.demo.writing import Change, create_record, delete_record, live_record, update_record
from sfexplorer.soql.tree import Path

# An upsert by the field Id without a value adds a record.
_CREATED_BY_ID_SINCE = 37


def routes() -> list[BaseRoute]:
    """The paths of records."""
    return [
        data("/sobjects/{type}/Id", since=_CREATED_BY_ID_SINCE, POST=create),
        data("/sobjects/{type}/{id}", GET=read, PATCH=update, DELETE=delete),
    ]


def type_of(call: Call) -> SObjectType:
    """The sObject that the path names.

    Raises:
        Refusal: 404 when the org has none such.
    """
    found = call.org.schema.get(call.part("type"))
    if found is None:
        raise not_found()
    return found


def moment_of(row: dict[str, Stored]) -> datetime:
    """When a record was last modified."""
    text = row.get("SystemModstamp") or row.get("LastModifiedDate") or row.get("CreatedDate")
    return datetime.fromisoformat(str(text or "1970-01-01T00:00:00.000")).replace(tzinfo=UTC)


async def create(call: Call) -> Response:
    """Add a record."""
    found = type_of(call)
    made = await call.org.write(create_record, found, await change_in(call))
    headers = {"Location": f"{call.base}/sobjects/{found.name}/{made}"}
    return json_answer({"id": made, "success": True, "errors": accepted(found, made)}, 201, headers)


async def read(call: Call) -> Response:
    """A record: all its fields, or those that `fields` names."""
    found = type_of(call)
    record_id = canonical(call.part("id"))
    if record_id is None:
        message = f"Provided external ID field does not exist or is not accessible: {call.part('id')}"
        raise not_found(message)
    return await answer_record(call, found, record_id)


async def answer_record(call: Call, found: SObjectType, record_id: str) -> Response:
    """The record of an id, unless the client has it already."""
    record, modified = await call.org.read(
        _record, context_of(call, "", deleted=True), found, record_id, named_in(call), call.base
    )
    etag = _etag(found, record_id, modified)
    check_unmodified(call.request, modified, etag)
    if found.flags["mruEnabled"]:
        call.org.recents.note(call.session.user_id, record_id)
    headers = {"Last-Modified": http_date(modified), **({"ETag": etag} if etag else {})}
    if is_unmodified(call.request, modified, etag):
        return nothing(304, headers)
    return json_answer(record, headers=headers)


def named_in(call: Call) -> list[str] | None:
    """The fields that the parameter `fields` names; None when it isn't there."""
    names = call.parameter("fields")
    return None if names is None else [name.strip() for name in names.split(",") if name.strip()]


def _etag(found: SObjectType, record_id: str, modified: datetime) -> str | None:
    """The entity tag of a record. Salesforce has them on accounts only."""
    return etag_of(record_id, modified) if found.name == "Account" else None


def _record(
    connection: sqlite3.Connection,
    context: Context,
    found: SObjectType,
    record_id: str,
    names: list[str] | None,
    base: str,
) -> tuple[dict[str, Any], datetime]:
    columns = [
        name
        for name in ("SystemModstamp", "LastModifiedDate", "CreatedDate", "IsDeleted")
        if found.field(name)
    ]
    row = connection.execute(
        f'SELECT {", ".join(("rowid", *columns))} FROM {quoted(found.name)} WHERE "Id" = ?',  # noqa: S608
        (record_id,),
    ).fetchone()
    if row is None:
        raise not_found()
    known = dict(zip(("rowid", *columns), row, strict=True))
    if known.get("IsDeleted"):
        raise refusal(404, "ENTITY_IS_DELETED", "entity is deleted", [])
    pager = Pager(connection, Snapshots(), base)
    return pager.records(plan_of(context, found, names), [int(known["rowid"])])[0], moment_of(known)


def plan_of(context: Context, found: SObjectType, names: list[str] | None) -> Plan:
    """How to read some fields of records, or all.

    Raises:
        Refusal: `INVALID_FIELD` when there is no such field.
    """
    scope = type_scope(context, found)
    selection = Selection(scope)
    for name in _names(found, names, context.version):
        if not all(name.split(".")):
            raise refusal(400, "INVALID_FIELD", f"No such column '{name}' on entity '{found.name}'.")
        selection.add_column(scope.column(Path(tuple(name.split(".")))))
    return read_plan(scope, selection)


def _names(found: SObjectType, names: list[str] | None, version: int) -> list[str]:
    """The fields to read, each once; the id is always among them."""
    if names is None:
        return [field.name for field in fields_of(found, str(version))]
    once = {name.lower(): name for name in names}
    return list(once.values()) if "id" in once else [*once.values(), "Id"]


async def update(call: Call) -> Response:
    """Change some fields of a record."""
    found = type_of(call)
    await call.org.write(update_unmodified, call, found, call.part("id"), await change_in(call))
    return nothing()


def update_unmodified(org: Org, call: Call, found: SObjectType, record_id: str, change: Change) -> None:
    """Change some fields of a record, if it is still what the client takes it for."""
    row = live_record(org, found, record_id)
    modified = moment_of(row)
    check_unmodified(call.request, modified, _etag(found, str(row["Id"]), modified))
    update_record(org, found, record_id, change)


async def delete(call: Call) -> Response:
    """Put a record into the recycle bin."""
    await call.org.write(delete_record, type_of(call), call.part("id"), call.session.user_id)
    return nothing()
