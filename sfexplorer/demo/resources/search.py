"""Searches, by SOSL and by parameters, and what a page of their results would look like."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import refusal, unsupported_type
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.pages import Pager
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.search.asked import Asked, asked
from sfexplorer.demo.search.found import search as found
from sfexplorer.demo.search.index import searchable
from sfexplorer.demo.search.parameters import asked_by, from_json, from_query
from sfexplorer.demo.search.problems import malformed_search, no_term
from sfexplorer.demo.web.answers import encoded, json_answer
from sfexplorer.demo.web.bodies import json_object
from sfexplorer.demo.web.call import Call, data

# Before, the answer was the bare list of records.
_OBJECT_SINCE = 37.0
# What a page of results shows beside the name, where an sObject has it.
_SHOWN = ("Company", "Subject", "Phone", "Email", "Website", "Status", "StageName", "CloseDate", "OwnerId")
_MOST_SHOWN = 5
_LAYOUT_ROWS = 25


def routes() -> list[BaseRoute]:
    """The paths of searches."""
    return [
        data("/search", GET=search),
        data("/search/scopeOrder", GET=scope_order),
        data("/search/layout", GET=layouts),
        data("/searchlayout", GET=layouts),
        data("/parameterizedSearch", since=36, GET=by_query_string, POST=by_body),
    ]


async def search(call: Call) -> Response:
    """The records that a SOSL statement finds."""
    text = call.parameter("q")
    if not (text or "").strip():
        raise no_term()
    answer = await call.org.read(_answered, call, text or "", asked)
    if float(call.version) < _OBJECT_SINCE:
        return json_answer(answer["searchRecords"])
    return json_answer(encoded(answer))


async def by_query_string(call: Call) -> Response:
    """The records that the parameters of a query string find."""
    parameters = from_query(call.request.query_params.multi_items())
    return json_answer(
        await call.org.read(_answered, call, "", lambda context: asked_by(context, parameters))
    )


async def by_body(call: Call) -> Response:
    """The records that the members of a JSON object find."""
    parameters = from_json(json_object(await call.body()))
    return json_answer(
        await call.org.read(_answered, call, "", lambda context: asked_by(context, parameters))
    )


async def scope_order(call: Call) -> Response:
    """The sObjects that a search without RETURNING looks through."""
    return json_answer(
        [
            {"type": each.name, "url": f"{call.base}/sobjects/{each.name}/describe"}
            for each in searchable(call.org.schema)
        ]
    )


async def layouts(call: Call) -> Response:
    """How the results of some sObjects are shown."""
    names = [each.strip() for each in (call.parameter("q") or "").split(",") if each.strip()]
    return json_answer([_layout(_type(call, name)) for name in names])


def _answered(
    connection: sqlite3.Connection, call: Call, text: str, ask: Callable[[Context], Asked]
) -> dict[str, Any]:
    user_id = call.session.user_id
    context = replace(call.org.context(text), user_id=user_id)
    pager = Pager(connection, call.org.snapshots, call.base, user_id=user_id)
    try:
        return found(pager, context, ask(context), call.org.recents.of(user_id))
    except RecursionError:
        raise refusal(400, "QUERY_TOO_COMPLICATED", "Search is too complicated") from None
    except UnicodeEncodeError:
        raise malformed_search("Invalid search: it holds half of a surrogate pair") from None


def _type(call: Call, name: str) -> SObjectType:
    found = call.org.schema.get(name)
    if found is None:
        raise unsupported_type(name)
    return found


def _layout(type: SObjectType) -> dict[str, Any]:
    shown = (type.name_field, *map(type.field, _SHOWN))
    fields = {field.name: field for field in shown if field is not None}
    columns = [_column(type, field) for field in fields.values()]
    return {
        "errorMsg": None,
        "label": "Search Results",
        "limitRows": _LAYOUT_ROWS,
        "objectType": type.name,
        "searchColumns": columns[:_MOST_SHOWN],
    }


def _column(type: SObjectType, field: FieldType) -> dict[str, Any]:
    path = f"{type.name}.{field.name}"
    return {"field": path, "format": None, "label": field.label, "name": field.name}
