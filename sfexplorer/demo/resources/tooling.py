"""The Tooling API: queries and records of what code is made of, and running some (streaming.md section 6)."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.apex.completions import completions
from sfexplorer.demo.apex.program import execute
from sfexplorer.demo.errors import malformed_query, not_found, refusal, unsupported_type
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.pages import Pager
from sfexplorer.demo.objects import item
from sfexplorer.demo.resources import query as queries
from sfexplorer.demo.resources import records
from sfexplorer.demo.resources.records import type_of
from sfexplorer.demo.resources.sobjects import basic_information, full_describe
from sfexplorer.demo.web.answers import encoded, json_answer
from sfexplorer.demo.web.call import Call, Handler, data
from sfexplorer.soql import SoqlError, parse

BELOW = "/tooling"
_SINCE = 27
# Which of the org's sObjects the Tooling API has as well.
TYPES = frozenset(
    {
        "ApexClass",
        "ApexTrigger",
        "EmailTemplate",
        "Group",
        "Organization",
        "PermissionSet",
        "PermissionSetAssignment",
        "Profile",
        "RecordType",
        "User",
        "UserRole",
    }
)
_LISTED = ("query", "search", "sobjects", "executeAnonymous", "completions")


def routes() -> list[BaseRoute]:
    """The paths of the Tooling API."""
    sobjects = f"{BELOW}/sobjects"
    return [
        _data(BELOW, GET=resources),
        _data(f"{BELOW}/query", GET=query),
        _data(f"{BELOW}/query/{{locator}}", GET=page),
        _data(f"{BELOW}/executeAnonymous", GET=execute_anonymous),
        _data(f"{BELOW}/completions", GET=complete),
        _data(sobjects, GET=global_describe),
        _data(f"{sobjects}/{{type}}", GET=_known(basic_information), POST=_known(records.create)),
        _data(f"{sobjects}/{{type}}/describe", GET=_known(full_describe)),
        _data(
            f"{sobjects}/{{type}}/{{id}}",
            GET=_known(records.read),
            PATCH=_known(records.update),
            DELETE=_known(records.delete),
        ),
    ]


def _data(path: str, **handlers: Handler) -> BaseRoute:
    """A path whose handlers know that they answer for the Tooling API."""

    def within(handler: Handler) -> Handler:
        async def inside(call: Call) -> Response:
            return await handler(replace(call, below=BELOW))

        return inside

    return data(path, since=_SINCE, **{method: within(handler) for method, handler in handlers.items()})


def _known(handler: Handler) -> Handler:
    """A handler of the REST API, for the sObjects that the Tooling API has."""

    async def checked(call: Call) -> Response:
        if type_of(call).name not in TYPES:
            raise not_found()
        return await handler(call)

    return checked


async def resources(call: Call) -> Response:
    """What the Tooling API has."""
    return json_answer({name: f"{call.base}/{name}" for name in _LISTED})


async def global_describe(call: Call) -> Response:
    """The sObjects of the Tooling API in short."""
    items = [item(each, call.version) for each in call.org.schema if each.name in TYPES]
    return json_answer({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": items})


async def query(call: Call) -> Response:
    """The first page of a query."""
    text = call.parameter("q")
    if text is None:
        raise malformed_query("A query string has to be specified")
    return json_answer(await call.org.read(_first_page, call, queries.context_of(call, text)))


def _first_page(connection: sqlite3.Connection, call: Call, context: Context) -> bytes:
    name = _type_in(context)
    if name is not None and name not in TYPES:
        raise unsupported_type(name)
    return queries.answered(
        connection, lambda reader, asked: _page_of(_pager(reader, call).query(asked), name), context
    )


def _type_in(context: Context) -> str | None:
    """The sObject of a query in describe case; None where the query will be refused anyway."""
    try:
        named = parse(context.text).source.path.text
    except (SoqlError, RecursionError):
        return None
    found = context.schema.get(named)
    return found.name if found is not None else None


def _pager(connection: sqlite3.Connection, call: Call) -> Pager:
    return Pager(connection, call.org.snapshots, call.base, queries.batch_of(call), call.session.user_id)


async def page(call: Call) -> Response:
    """The page that a locator stands for."""
    return json_answer(await call.org.read(_next_page, call))


def _next_page(connection: sqlite3.Connection, call: Call) -> bytes:
    found = _pager(connection, call).page(call.part("locator"))
    first: dict[str, Any] = next(iter(found["records"]), {})
    return encoded(_page_of(found, first.get("attributes", {}).get("type")))


def _page_of(found: dict[str, Any], name: str | None) -> dict[str, Any]:
    """A page with what the Tooling API tells besides."""
    return {
        "size": len(found["records"]),
        "totalSize": found["totalSize"],
        "done": found["done"],
        "queryLocator": found.get("nextRecordsUrl", "").rpartition("/")[2] or None,
        "entityTypeName": name,
        **{key: value for key, value in found.items() if key not in ("totalSize", "done")},
    }


async def execute_anonymous(call: Call) -> Response:
    """Run some Apex: a small part of the language."""
    code = call.parameter("anonymousBody")
    if code is None:
        raise refusal(400, "MISSING_ARGUMENT", "The anonymousBody parameter is required")
    return json_answer(execute(code).as_dict())


async def complete(call: Call) -> Response:
    """What an editor may offer."""
    kind = call.parameter("type") or ""
    found = completions(kind)
    if found is None:
        raise refusal(400, "INVALID_QUERY_PARAMETER", f"type must be apex or visualforce: {kind}")
    return json_answer(found)
