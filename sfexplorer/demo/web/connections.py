"""The listener's open connections, so that a fault can cut one.

ASGI has no way to drop a connection; uvicorn's protocol is an `asyncio.Protocol`, whose callbacks give the
transport.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

Connections = MutableMapping[tuple[str, int], asyncio.Transport]


def protocol_noting(connections: Connections) -> type[asyncio.Protocol]:
    """A uvicorn HTTP protocol that keeps `connections` by the client's address."""

    class NotingProtocol(H11Protocol):
        """Notes its transport while it is connected."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
            super().connection_made(transport)
            connections[transport.get_extra_info("peername")] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            connections.pop(self.transport.get_extra_info("peername"), None)
            super().connection_lost(exc)

    return NotingProtocol


def cut(connections: Connections, scope: MutableMapping[str, Any]) -> bool:
    """Cut the connection of a request, without a goodbye; tells whether there was one."""
    transport = connections.get(tuple(scope["client"]))
    if transport is None:
        return False
    transport.abort()
    return True
