"""The org as an ASGI application: all resources behind the gate."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from sfexplorer.demo.errors import Refusal, not_found, refusal
from sfexplorer.demo.org import Org
from sfexplorer.demo.resources import (
    admin,
    apexrest,
    appearance,
    authorize,
    batch,
    bulkingest,
    bulkquery,
    channelpush,
    chatter,
    collections,
    cometd,
    composite,
    device,
    eventschema,
    external,
    graph,
    identity,
    layouts,
    limits,
    oauth,
    passwords,
    query,
    recent,
    records,
    relations,
    replication,
    search,
    soap,
    sobjects,
    streamingswitch,
    tooling,
    tree,
    versions,
)
from sfexplorer.demo.web.answers import error_answer
from sfexplorer.demo.web.gate import Gate
from sfexplorer.demo.web.log import Entry
from sfexplorer.demo.web.representation import Representation
from sfexplorer.demo.web.zipping import Zipping

_FAMILIES = (
    admin,
    streamingswitch,
    oauth,
    authorize,
    device,
    soap,
    identity,
    versions,
    apexrest,
    cometd,
    channelpush,
    eventschema,
    recent,
    appearance,
    tooling,
    chatter,
    limits,
    query,
    search,
    bulkquery,
    bulkingest,
    sobjects,
    layouts,
    replication,
    passwords,
    composite,
    batch,
    collections,
    tree,
    graph,
    records,
    relations,
    external,
)


def application(org: Org, latency_ms: float = 0, on_entry: Callable[[Entry], None] | None = None) -> ASGIApp:
    """The org's ASGI application.

    Args:
        org: the org.
        latency_ms: how long each request waits before it is answered.
        on_entry: called with each request that was answered.
    """
    app = Starlette(
        routes=[each for family in _FAMILIES for each in family.routes()],
        middleware=[Middleware(Zipping), Middleware(Representation)],
        exception_handlers={Refusal: _refused, HTTPException: _unrouted, Exception: _failed},
    )
    app.router.redirect_slashes = False
    app.state.org = org
    return Gate(app, org, latency_ms, on_entry)


async def _refused(request: Request, error: Exception) -> Response:
    return error_answer(error if isinstance(error, Refusal) else not_found())


async def _unrouted(request: Request, error: Exception) -> Response:
    return error_answer(not_found())


async def _failed(request: Request, error: Exception) -> Response:
    message = "An unexpected error occurred. Please include this ErrorId if you contact support: 0-0 (0)"
    return error_answer(refusal(500, "UNKNOWN_EXCEPTION", message))
