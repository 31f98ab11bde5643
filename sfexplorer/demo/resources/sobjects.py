"""Which sObjects there are, and what each is like."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from functools import cache

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.objects import BUNDLED, describe, item
from sfexplorer.demo.resources.recent import recent_of
from sfexplorer.demo.resources.records import create, type_of
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.call import Call, data
from sfexplorer.demo.web.conditional import check_unmodified, http_date, is_unmodified


def routes() -> list[BaseRoute]:
    """The paths of sObjects."""
    return [
        data("/sobjects", GET=global_describe),
        data("/sobjects/{type}", GET=basic_information, POST=create),
        data("/sobjects/{type}/describe", GET=full_describe),
    ]


@cache
def _schema_modified() -> datetime:
    """When the schema was last changed: as recently as its newest file."""
    newest = max(path.stat().st_mtime for path in BUNDLED.glob("*.json"))
    return datetime.fromtimestamp(int(newest), UTC)


async def global_describe(call: Call) -> Response:
    """All sObjects in short."""
    check_unmodified(call.request, _schema_modified())
    if is_unmodified(call.request, _schema_modified()):
        return nothing(304)
    items = [item(each, call.version) for each in call.org.schema]
    body = {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": items}
    return json_answer(body, headers={"Last-Modified": http_date(_schema_modified())})


async def basic_information(call: Call) -> Response:
    """One sObject in short, and recent records of it."""
    found = type_of(call)
    recent = await recent_of(call, found)
    return json_answer({"objectDescribe": item(found, call.version), "recentItems": recent})


async def full_describe(call: Call) -> Response:
    """Everything about an sObject."""
    found = type_of(call)
    check_unmodified(call.request, _schema_modified())
    if is_unmodified(call.request, _schema_modified()):
        return nothing(304)
    types = await call.org.read(record_types, found)
    body = describe(found, call.version, types)
    return json_answer(body, headers={"Last-Modified": http_date(_schema_modified())})


def record_types(connection: sqlite3.Connection, found: SObjectType) -> list[tuple[str, str, str]]:
    """Id, developer name and label of an sObject's record types besides the master."""
    rows = connection.execute(
        'SELECT "Id", "DeveloperName", "Name" FROM "RecordType" '
        'WHERE "SobjectType" = ? AND "IsActive" = 1 ORDER BY "Id"',
        (found.name,),
    )
    return [(str(record_id), str(developer_name), str(name)) for record_id, developer_name, name in rows]
