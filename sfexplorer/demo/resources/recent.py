"""The records that somebody has seen or changed last."""

from __future__ import annotations

import sqlite3
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.recents import MOST
from sfexplorer.demo.storage import quoted
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

_MOST_OF_A_TYPE = 10


def routes() -> list[BaseRoute]:
    """The path of recent records."""
    return [data("/recent", since=23, GET=recent)]


async def recent(call: Call) -> Response:
    """The user's recent records of all sObjects, the last one first; as many as `limit` says."""
    ids = call.org.recents.of(call.session.user_id)
    records = await call.org.read(_existing, call.org.schema, ids, call.base)
    return json_answer(records[: _limit(call)])


def _limit(call: Call) -> int:
    text = call.parameter("limit")
    if text is None:
        return MOST
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= MOST:
        raise refusal(400, "INVALID_QUERY_PARAMETER", f"limit must be a number from 1 to {MOST}: {text}")
    return int(text)


async def recent_of(call: Call, found: SObjectType) -> list[dict[str, Any]]:
    """The user's recent records of one sObject; where there are few, those that anybody changed last."""
    ids = call.org.recents.of(call.session.user_id, found.key_prefix or "-")
    return await call.org.read(_recent_of, call.org.schema, found, ids, call.base)


def _recent_of(
    connection: sqlite3.Connection, schema: Schema, found: SObjectType, ids: list[str], base: str
) -> list[dict[str, Any]]:
    changed = [each for each in _last_changed(connection, found) if each not in ids]
    return _existing(connection, schema, [*ids, *changed], base)[:_MOST_OF_A_TYPE]


def _last_changed(connection: sqlite3.Connection, found: SObjectType) -> list[str]:
    if found.field("LastModifiedDate") is None:
        return []
    live = 'WHERE "IsDeleted" = 0' if found.field("IsDeleted") else ""
    rows = connection.execute(
        f'SELECT "Id" FROM {quoted(found.name)} {live} '  # noqa: S608 - names of the schema
        f'ORDER BY "LastModifiedDate" DESC, "Id" LIMIT {_MOST_OF_A_TYPE}'
    )
    return [str(row[0]) for row in rows]


def _existing(
    connection: sqlite3.Connection, schema: Schema, ids: list[str], base: str
) -> list[dict[str, Any]]:
    """The records of some ids with their names, those left out that have none or are no more."""
    return [record for each in ids if (record := _named(connection, schema.of_id(each), each, base))]


def _named(
    connection: sqlite3.Connection, found: SObjectType | None, record_id: str, base: str
) -> dict[str, Any] | None:
    if found is None or found.name_field is None:
        return None
    name = found.name_field.name
    live = 'AND "IsDeleted" = 0' if found.field("IsDeleted") else ""
    row = connection.execute(
        f'SELECT {quoted(name)} FROM {quoted(found.name)} WHERE "Id" = ? {live}',  # noqa: S608 - see above
        (record_id,),
    ).fetchone()
    if row is None:
        return None
    attributes = {"type": found.name, "url": f"{base}/sobjects/{found.name}/{record_id}"}
    return {"attributes": attributes, "Id": record_id, name: row[0]}
