"""Apex REST: a class that answers what it was sent, and one that always throws.

/services/apexrest/echo and below    the method, path, parameters, some headers and the body
/services/apexrest/throw             an exception
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.sessions import Session
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Endpoint, in_session, route

_ROOT = "/services/apexrest"
# The methods that Apex has annotations for.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_TOLD_HEADERS = ("accept", "content-type", "user-agent")
_TOLD_PREFIXES = ("x-", "sforce-")


def routes() -> list[BaseRoute]:
    """The paths of Apex classes; any other path below theirs has none."""
    return [
        _any_method("/echo", echo),
        _any_method("/echo/{rest:path}", echo),
        _any_method("/throw", throw),
        _any_method("", unmapped),
        _any_method("/{rest:path}", unmapped),
    ]


def _any_method(path: str, handler: Any) -> Route:
    endpoint: Endpoint = in_session(handler)
    return route(_ROOT + path, **dict.fromkeys(_METHODS, endpoint))


async def echo(request: Request, session: Session) -> Response:
    """What was sent. Parameters that come more than once are lists."""
    told = {
        name: value
        for name, value in request.headers.items()
        if name in _TOLD_HEADERS or name.startswith(_TOLD_PREFIXES)
    }
    parameters: dict[str, Any] = {}
    for name in request.query_params:
        values = request.query_params.getlist(name)
        parameters[name] = values[0] if len(values) == 1 else values
    return json_answer(
        {
            "method": request.method,
            "path": request.url.path.removeprefix(_ROOT),
            "query": parameters,
            "headers": told,
            "body": _readable(await request.body()),
        }
    )


def _readable(body: bytes) -> Any:
    """The body as JSON where it is that, else as text."""
    if not body:
        return None
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body.decode("utf-8", "replace")


async def throw(request: Request, session: Session) -> Response:
    """An Apex exception, in the form in which it reaches a client."""
    message = (
        "System.NullPointerException: Attempt to de-reference a null object\n\n"
        "Class.Throwing.answer: line 5, column 1"
    )
    raise refusal(500, "APEX_ERROR", message)


async def unmapped(request: Request, session: Session) -> Response:
    """No class has this path."""
    raise not_found(f"Could not find a match for URL {request.url.path.removeprefix(_ROOT) or '/'}")
