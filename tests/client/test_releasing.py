"""Whoever cancels a request, at whatever step of it, leaves no connection in use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest

from sfexplorer.client import Connection, OAuth, Org
from sfexplorer.client.routes import Routes

from .conftest import answer
from .pools import connections_in_use

# Turns of the loop from the start of a request to behind its end.
STEPS = 60


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer whatever comes, and keep the line open."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(answer(200, {}).replace(b"Connection: close\r\n", b""))
            await writer.drain()
    writer.close()


@pytest.fixture
async def host() -> AsyncIterator[str]:
    async with await asyncio.start_server(_serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture
def routes() -> Routes:
    return Routes()


@pytest.fixture
def org(host: str, routes: Routes, connect: Callable[..., Connection]) -> Org:
    return connect(api_version="60.0", transport=routes).org(OAuth("00Dxx!token-in-hand", host))


async def _cancel_after(turns: int, org: Org) -> bool:
    """Cancel a request after some turns of the loop; tells whether it was under way still."""
    task = asyncio.create_task(org.limits())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return task.cancelled()


@pytest.mark.parametrize("connected", [False, True], ids=["on a new line", "on a line that is open"])
async def test_a_request_that_is_cancelled_at_any_step_leaves_no_connection_in_use(
    org: Org, routes: Routes, connected: bool
) -> None:
    under_way = 0
    for turns in range(STEPS):
        if connected:
            await org.limits()
        under_way += await _cancel_after(turns, org)
        assert connections_in_use(routes) == [], f"after {turns} turns"
        if not connected:
            await routes.aclose()
    assert 10 < under_way < STEPS - 10
