"""Queries and their pages."""

from __future__ import annotations

import re
import sqlite3

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.pages import LARGEST_BATCH, SMALLEST_BATCH, Pager, Snapshots
from sfexplorer.demo.executor.scope import Context
from sfexplorer.demo.web.answers import encoded, json_answer
from sfexplorer.demo.web.call import Call, data


def routes() -> list[BaseRoute]:
    """The paths of queries; a locator is good below either."""
    return [
        data("/query", GET=query),
        data("/queryAll", GET=query_all),
        data("/query/{locator}", GET=page),
        data("/queryAll/{locator}", GET=page),
    ]


async def query(call: Call) -> Response:
    """The first page of a query."""
    return await _answer(call, deleted=False)


async def query_all(call: Call) -> Response:
    """The first page of a query that also sees deleted rows."""
    return await _answer(call, deleted=True)


async def page(call: Call) -> Response:
    """The page that a locator stands for."""
    body = await call.org.read(_page, call.org.snapshots, call.base, _batch(call), call.part("locator"))
    return json_answer(body)


async def _answer(call: Call, *, deleted: bool) -> Response:
    text = call.parameter("q")
    if text is None:
        raise malformed_query("A query string has to be specified")
    context = call.org.context(text, deleted=deleted)
    return json_answer(await call.org.read(first_page, call.org.snapshots, call.base, _batch(call), context))


def _batch(call: Call) -> int:
    """How many rows a page has: what the client asks for, within Salesforce's limits."""
    wanted = re.search(
        r"batchSize\s*=\s*(\d{1,9})", call.request.headers.get("sforce-query-options", ""), re.IGNORECASE
    )
    return min(LARGEST_BATCH, max(SMALLEST_BATCH, int(wanted[1]))) if wanted else LARGEST_BATCH


def first_page(
    connection: sqlite3.Connection, snapshots: Snapshots, base: str, batch: int, context: Context
) -> bytes:
    """The first page of a query as JSON; encoding it belongs into the thread that reads it.

    Raises:
        Refusal: When the query can't be answered.
    """
    try:
        return encoded(Pager(connection, snapshots, base, batch).query(context))
    except RecursionError:
        raise refusal(400, "QUERY_TOO_COMPLICATED", "Query is too complicated") from None
    except UnicodeEncodeError:
        raise malformed_query("Invalid string literal: it holds half of a surrogate pair") from None


def _page(connection: sqlite3.Connection, snapshots: Snapshots, base: str, batch: int, locator: str) -> bytes:
    return encoded(Pager(connection, snapshots, base, batch).page(locator))
