"""Up to 200 records in one call, of any sObjects: created, changed, deleted, upserted and read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.composite.rows import (
    Row,
    Write,
    check_count,
    create,
    delete,
    keyed,
    type_in,
    update,
    upsert_by,
    written,
)
from sfexplorer.demo.composite.shapes import Rows, Wanted, shaped
from sfexplorer.demo.errors import Refusal, malformed_id, refusal
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.pages import Pager
from sfexplorer.demo.executor.snapshots import Snapshots
from sfexplorer.demo.externalid import key_field
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.resources.records import named_in, plan_of, type_of
from sfexplorer.demo.storage import quoted
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

# How many records one call may read.
_MOST_READ = 2000
_SINCE = 42


def routes() -> list[BaseRoute]:
    """The paths of collections."""
    return [
        data("/composite/sobjects", since=_SINCE, POST=create_all, PATCH=update_all, DELETE=delete_all),
        data("/composite/sobjects/{type}", since=_SINCE, GET=read_by_parameters, POST=read_by_body),
        data("/composite/sobjects/{type}/{field}", since=46, PATCH=upsert_all),
    ]


async def create_all(call: Call) -> Response:
    """Add records."""
    asked = shaped(await call.body(), Rows)
    rows = [Row(type, fields) for type, fields in _typed(call, asked)]
    return await _answer(call, rows, create, all_or_none=asked.all_or_none)


async def update_all(call: Call) -> Response:
    """Change records by their ids."""
    asked = shaped(await call.body(), Rows)
    return await _answer(call, keyed(_typed(call, asked), "Id"), update, all_or_none=asked.all_or_none)


async def upsert_all(call: Call) -> Response:
    """Change the records that have some values in a field, and add those that aren't there."""
    found = type_of(call)
    field = key_field(found, call.part("field"))
    asked = shaped(await call.body(), Rows)
    typed = _typed(call, asked)
    for type, _ in typed:
        if type is not found:
            message = f"The type of each record must be {found.name}, not {type.name}."
            raise refusal(400, "INVALID_INPUT", message)
    return await _answer(call, keyed(typed, field.name), upsert_by(field), all_or_none=asked.all_or_none)


async def delete_all(call: Call) -> Response:
    """Put records into the recycle bin."""
    ids = [each.strip() for each in (call.parameter("ids") or "").split(",") if each.strip()]
    if not ids:
        raise refusal(400, "MISSING_ARGUMENT", "The ids parameter is required.")
    rows = [_row_of_id(call, each) for each in ids]
    check_count([row.type for row in rows if isinstance(row, Row)])
    all_or_none = (call.parameter("allOrNone") or "").lower() == "true"
    return await _answer(call, rows, delete, all_or_none=all_or_none)


async def read_by_parameters(call: Call) -> Response:
    """Records whose ids and fields the query string tells."""
    return await _read(call, (call.parameter("ids") or "").split(","), named_in(call) or [])


async def read_by_body(call: Call) -> Response:
    """Records whose ids and fields the body tells, since there may be more than a URL holds."""
    asked = shaped(await call.body(), Wanted)
    return await _read(call, asked.ids, asked.fields)


def _typed(call: Call, asked: Rows) -> list[tuple[SObjectType, dict[str, Any]]]:
    typed = [(type_in(call.org.schema, fields), fields) for fields in asked.records]
    check_count([type for type, _ in typed])
    return typed


def _row_of_id(call: Call, text: str) -> Row | Refusal:
    found = call.org.schema.of_id(canonical(text) or "")
    return malformed_id(f"malformed id {text}") if found is None else Row(found, {}, text)


async def _answer(call: Call, rows: Sequence[Row | Refusal], write: Write, *, all_or_none: bool) -> Response:
    # What the whole call wants goes before what the collection says.
    together = all_or_none or call.all_or_none
    return json_answer(await written(call.org, rows, write, call.session.user_id, all_or_none=together))


async def _read(call: Call, ids: Sequence[str], names: list[str]) -> Response:
    found = type_of(call)
    if len(ids) > _MOST_READ:
        message = f"record limit reached. cannot submit more than {_MOST_READ} records into this call"
        raise refusal(400, "EXCEEDED_ID_LIMIT", message)
    if not names:
        raise refusal(400, "MISSING_ARGUMENT", "The fields parameter is required.")
    wanted = [canonical(each.strip()) for each in ids if each.strip()]
    context = call.org.context(deleted=True)
    return json_answer(await call.org.read(_records, context, found, wanted, names, call.base))


def _records(
    connection: sqlite3.Connection,
    context: Context,
    found: SObjectType,
    ids: Sequence[str | None],
    names: list[str],
    base: str,
) -> list[dict[str, Any] | None]:
    """The record of each id, None where there is none."""
    live = 'AND "IsDeleted" = 0' if found.field("IsDeleted") else ""
    numbers = dict(
        connection.execute(
            f'SELECT "Id", rowid FROM {quoted(found.name)} '  # noqa: S608 - names of the schema
            f'WHERE "Id" IN (SELECT value FROM json_each(?)) {live}',
            (json.dumps([each for each in ids if each]),),
        )
    )
    records = Pager(connection, Snapshots(), base).records(
        plan_of(context, found, names), [*numbers.values()]
    )
    by_id = dict(zip(numbers, records, strict=True))
    return [by_id.get(each) if each else None for each in ids]
