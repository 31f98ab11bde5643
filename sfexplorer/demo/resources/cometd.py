"""The path that clients stream from, `/cometd/60.0`: Bayeux by long polling (streaming.md section 1)."""

from __future__ import annotations

import re
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import Refusal, method_not_allowed, unreadable_json
from sfexplorer.demo.org import Org
from sfexplorer.demo.streaming.dialogue import Caller, Cut, Dialogue
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.bodies import json_value
from sfexplorer.demo.web.call import NEWEST_VERSION, OLDEST_VERSION, route
from sfexplorer.demo.web.connections import cut

_MOST_MESSAGES = 1_000
_BROWSER, _STICKY = "BAYEUX_BROWSER", "sfdc-stream"


def routes() -> list[BaseRoute]:
    """The paths of Bayeux; clients put the kind of a message, or nothing, behind the version."""
    return [
        route(path, POST=converse, GET=probe)
        for path in ("/cometd", "/cometd/{version}", "/cometd/{version}/{action}")
    ]


async def probe(request: Request) -> Response:
    """Refuse all but POST, most of all an upgrade to WebSocket, and close the connection."""
    refused = method_not_allowed("GET", ["POST"])
    raise Refusal(405, refused.faults, {**refused.headers, "Connection": "close"})


async def converse(request: Request) -> Response:
    """Answer some messages, which may take as long as a connect is held."""
    org: Org = request.app.state.org
    messages = _messages(json_value(await request.body()))
    _take_faults(org, request, messages)
    dialogue = Dialogue(org, _caller(org, request), request.receive)
    try:
        content = await dialogue.answer(messages)
    except Cut:
        cut(org.connections, request.scope)
        return nothing()
    response = json_answer(content)
    _set_cookies(request, response, messages)
    return response


def _messages(value: Any) -> list[dict[str, Any]]:
    """The messages of a request: an array of objects, or one alone.

    Raises:
        Refusal: When they are something else.
    """
    messages = value if isinstance(value, list) else [value]
    if not messages or len(messages) > _MOST_MESSAGES or not all(isinstance(each, dict) for each in messages):
        raise unreadable_json("a request carries an array of Bayeux messages")
    return messages


def _take_faults(org: Org, request: Request, messages: list[dict[str, Any]]) -> None:
    """Lose clients as the faults say that are switched on."""
    fault = org.faults.take_streaming(request.url.path, "lost_client", "restart")
    if fault is None:
        return
    if fault.streaming == "restart":
        org.hub.restart()
        return
    for message in messages:
        client = org.hub.find(message.get("clientId"))
        if client is not None:
            org.hub.end(client, "lost")


def _caller(org: Org, request: Request) -> Caller:
    """Who asks: `Bearer T`, `OAuth T` or a bare `T` (streaming.md section 1)."""
    token = request.headers.get("authorization", "").strip().rpartition(" ")[2] or None
    version = str(request.path_params.get("version", ""))
    known = re.fullmatch(r"\d{2}\.0", version) and OLDEST_VERSION <= int(version[:2]) <= NEWEST_VERSION
    session = org.sessions.find(token) if token is not None else None
    return Caller(token, session, float(version) if known else None)


def _set_cookies(request: Request, response: Response, messages: list[dict[str, Any]]) -> None:
    """Give a browser its cookies with a handshake; nobody has to bring them back."""
    if not any(each.get("channel") == "/meta/handshake" for each in messages):
        return
    if _BROWSER not in request.cookies:
        response.set_cookie(_BROWSER, secrets.token_hex(10), path="/cometd/", httponly=True, samesite=None)
    if _STICKY not in request.cookies:
        # A browser takes `SameSite=None` from nobody who does not say Secure, which HTTP can't.
        secure = request.url.scheme == "https"
        response.set_cookie(
            _STICKY, secrets.token_hex(16), path="/", secure=secure, samesite="none" if secure else None
        )
