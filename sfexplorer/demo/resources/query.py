"""Queries and their pages."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.columns import columns_of
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.explaining import explained
from sfexplorer.demo.executor.pages import LARGEST_BATCH, SMALLEST_BATCH, Pager
from sfexplorer.demo.executor.snapshots import Snapshots
from sfexplorer.demo.org import Org
from sfexplorer.demo.storage import stamp
from sfexplorer.demo.web.answers import encoded, json_answer
from sfexplorer.demo.web.call import Call, data
from sfexplorer.soql.parser import parse

_BATCH_SIZE = re.compile(r"batchSize\s*=\s*(\d{1,9})", re.IGNORECASE)

_FOR_VIEW = re.compile(r"\bFOR\s+(VIEW|REFERENCE)\b", re.IGNORECASE)
# Which moments of a record FOR VIEW and FOR REFERENCE set.
_MOMENTS = {"VIEW": ("LastViewedDate", "LastReferencedDate"), "REFERENCE": ("LastReferencedDate",)}


def routes() -> list[BaseRoute]:
    """The paths of queries; a locator is good below either."""
    return [
        data("/query", GET=query),
        data("/queryAll", GET=query_all),
        data("/query/{locator}", GET=page),
        data("/queryAll/{locator}", GET=page),
    ]


async def query(call: Call) -> Response:
    """The first page of a query, or what is asked about it."""
    return await _answer(call, deleted=False)


async def query_all(call: Call) -> Response:
    """The same for a query that also sees deleted rows."""
    return await _answer(call, deleted=True)


async def page(call: Call) -> Response:
    """The page that a locator stands for."""
    return json_answer(await call.org.read(_page, call, call.part("locator")))


async def _answer(call: Call, *, deleted: bool) -> Response:
    text = call.parameter("explain") or call.parameter("q")
    if text is None:
        raise malformed_query("A query string has to be specified")
    context = context_of(call, text, deleted=deleted)
    if call.parameter("explain"):
        return json_answer(await call.org.read(answered, explained, context))
    if (call.parameter("columns") or "").lower() == "true":
        return json_answer(await call.org.read(answered, columns_of, context))
    body = await call.org.read(first_page, call.org.snapshots, call.base, batch_of(call), context)
    if _FOR_VIEW.search(text):
        await call.org.write(_note_views, context, body)
    return json_answer(body)


def context_of(call: Call, text: str, *, deleted: bool = False) -> Context:
    """What a query of the call's user is read in."""
    version = int(call.version.partition(".")[0])
    return replace(call.org.context(text, deleted=deleted), user_id=call.session.user_id, version=version)


def batch_of(call: Call) -> int:
    """How many rows a page has: what the client asks for, within Salesforce's limits."""
    wanted = _BATCH_SIZE.search(call.request.headers.get("sforce-query-options", ""))
    return min(LARGEST_BATCH, max(SMALLEST_BATCH, int(wanted[1]))) if wanted else LARGEST_BATCH


def first_page(
    connection: sqlite3.Connection, snapshots: Snapshots, base: str, batch: int, context: Context
) -> bytes:
    """The first page of a query as JSON.

    Raises:
        Refusal: When the query can't be answered.
    """
    pager = Pager(connection, snapshots, base, batch, context.user_id)
    return answered(connection, lambda _, asked: pager.query(asked), context)


def answered(
    connection: sqlite3.Connection,
    answer: Callable[[sqlite3.Connection, Context], dict[str, Any]],
    context: Context,
) -> bytes:
    """An answer to a query as JSON; encoding it belongs into the thread that reads it."""
    try:
        return encoded(answer(connection, context))
    except RecursionError:
        raise refusal(400, "QUERY_TOO_COMPLICATED", "Query is too complicated") from None
    except UnicodeEncodeError:
        raise malformed_query("Invalid string literal: it holds half of a surrogate pair") from None


def _page(connection: sqlite3.Connection, call: Call, locator: str) -> bytes:
    pager = Pager(connection, call.org.snapshots, call.base, batch_of(call), call.session.user_id)
    return encoded(pager.page(locator))


def _note_views(org: Org, context: Context, body: bytes) -> None:
    """Remember that the user has seen the records of a page, as FOR VIEW and FOR REFERENCE ask for."""
    query = parse(context.text)
    found = org.schema[query.source.path.text]
    moments = {name for clause in query.for_clauses for name in _MOMENTS.get(clause, ())}
    values = {name: stamp(context.now) for name in sorted(moments) if found.field(name)}
    for record in reversed(msgspec.json.decode(body)["records"]) if moments else ():
        record_id = str(record["attributes"].get("url", "")).rpartition("/")[2]
        if record_id:
            org.store.update(found, record_id, values)
            org.recents.note(context.user_id, record_id)
