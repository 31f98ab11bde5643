"""Giving connections back, whatever happens meanwhile.

The HTTP library takes and gives back a connection in several steps, between which other tasks get their turn.
A cancellation that comes in there, by `asyncio.timeout` or for an answer that nobody needs any more, ends it
halfway: the connection stays in use for good.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from httpcore import AsyncConnectionInterface


async def answer_through(pool: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
    """The pool's answer. Its connection is free again or closed once the answer is closed, or has failed."""
    try:
        response = await pool.handle_async_request(request)
    except BaseException:
        for orphan in _orphans(pool):
            await _to_its_end(orphan.aclose())
        raise
    assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 - tells the type checker
    response.stream = _Body(response.stream)
    return response


class _Body(httpx.AsyncByteStream):
    """The body as the HTTP library reads it, and an end that nothing interrupts."""

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._body.__aiter__()

    async def aclose(self) -> None:
        await _to_its_end(self._body.aclose())


def _orphans(pool: httpx.AsyncHTTPTransport) -> list[AsyncConnectionInterface]:
    """The connections that no request has any more, and that the pool takes for busy all the same."""
    # Private to the HTTP library, and the one place that knows it. A test cancels requests at each step.
    connections = pool._pool
    needed = [each.connection for each in connections._requests]
    return [
        each
        for each in connections.connections
        if each not in needed and not each.is_idle() and not each.is_closed()
    ]


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Do all of it; a cancellation that comes meanwhile comes out afterwards."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
