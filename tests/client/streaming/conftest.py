"""Feeds to listen to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from sfexplorer.client import Connection, OAuth, Org, Timing
from tests.client.streaming.feed import Feed

QUICK = Timing(answer=2.0, silence=0.05, first_pause=0.0)
Opened = Callable[..., Awaitable[tuple[Feed, Org]]]


@pytest.fixture
async def opened(connect: Callable[..., Connection]) -> AsyncIterator[Opened]:
    """Start a feed, and give it with an org that leads to it."""
    servers: list[asyncio.Server] = []

    async def start(count: int, **options: Any) -> tuple[Feed, Org]:
        feed = Feed(count, **options)
        servers.append(await asyncio.start_server(feed.serve, "127.0.0.1", 0))
        feed.url = f"http://127.0.0.1:{servers[-1].sockets[0].getsockname()[1]}"
        connection = connect(login_url=feed.url, api_version="60.0", client_id="app")
        return feed, connection.org(OAuth(feed.token, feed.url, refresh_token="refresh"))

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()
