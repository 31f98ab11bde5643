"""The switch for streaming, below `/__demo__/`, beside the faults that streaming has.

GET  /__demo__/streaming    the clients that listen, and what was sent
POST /__demo__/streaming    {"hold_ms": 500}: how long a connect is held
                            {"most_clients": 2, "most_events": 10}: the org's limits
                            {"lose": "CLIENT_ID"}: that client is forgotten at once; true stands for all
                            {"restart": true}: all clients are forgotten, and cut off
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.streaming.hub import Hub
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import route
from sfexplorer.demo.web.local import local_org, switch_body

_Count = Annotated[int, msgspec.Meta(ge=0)]


class Switch(msgspec.Struct, forbid_unknown_fields=True):
    """What is to be changed."""

    hold_ms: Annotated[float, msgspec.Meta(ge=0, le=600_000)] | None = None
    most_clients: _Count | None = None
    most_events: _Count | None = None
    lose: str | bool = False
    restart: bool = False


def routes() -> list[BaseRoute]:
    """The path of the switch."""
    return [route("/__demo__/streaming", GET=read, POST=change)]


async def read(request: Request) -> Response:
    """Who listens to what, and the settings."""
    return json_answer(_told(local_org(request).hub))


def _told(hub: Hub) -> dict[str, Any]:
    clients = [
        {
            "clientId": each.id,
            "userId": each.user_id,
            "channels": list(each.subscriptions),
            "waiting": len(each.queue),
            "connected": each.is_waiting,
        }
        for each in hub.clients()
    ]
    settings = {"hold_ms": hub.hold_seconds * 1000, "most_clients": hub.most_clients}
    return {**settings, "most_events": hub.most_events, "sent": hub.sent, "clients": clients}


async def change(request: Request) -> Response:
    """Change settings, or lose clients."""
    hub = local_org(request).hub
    try:
        wanted = msgspec.convert(await switch_body(request), Switch)
    except msgspec.ValidationError as error:
        raise refusal(400, "INVALID_INPUT", f"this is no switch of streaming: {error}") from None
    if wanted.hold_ms is not None:
        hub.hold_seconds = wanted.hold_ms / 1000
    if wanted.most_clients is not None:
        hub.most_clients = wanted.most_clients
    if wanted.most_events is not None:
        hub.most_events = wanted.most_events
    if wanted.restart:
        hub.restart()
    for client in hub.clients() if wanted.lose else []:
        if wanted.lose in (True, client.id):
            hub.end(client, "lost")
    return json_answer(_told(hub))
