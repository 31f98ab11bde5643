"""Who stops waiting gets away at once: the cancellation comes out, and nothing stays behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sfexplorer.client import Connection, DescribeFiles, DescribeKey, KeptDescribe, OAuth, Retry

from .calls import GRANTS, VERBS
from .conftest import answer

Connect = Callable[..., Connection]


@dataclass
class Silent:
    """A host that reads a request, says nothing or half of an answer, and notes when it is hung up on."""

    said: bytes = b""
    url: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[object]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.said)
        await writer.drain()
        self.asked.set()
        while await reader.read(65536):
            pass
        self.left.set()
        writer.close()


@pytest.fixture(params=["before the head", "within the body"])
async def silent(request: pytest.FixtureRequest) -> AsyncIterator[Silent]:
    host = Silent(answer(200, {"half": "x" * 100})[:-40] if request.param == "within the body" else b"")
    async with await asyncio.start_server(host.serve, "127.0.0.1", 0) as server:
        host.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield host


async def cancelled(host: Silent, call: Callable[[], Awaitable[object]]) -> None:
    """Cancel the call once the host has its request; assert that nothing of it is left."""
    before = asyncio.all_tasks()

    async def run() -> object:
        return await call()

    task = asyncio.create_task(run())
    await asyncio.wait_for(host.asked.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
    assert task.cancelled()
    await asyncio.wait_for(host.left.wait(), 5)
    assert asyncio.all_tasks() - before - host.tasks == set()


@pytest.mark.parametrize("verb", VERBS)
async def test_a_verb_that_is_cancelled_in_flight_leaves_nothing(
    connect: Connect, silent: Silent, verb: str
) -> None:
    org = connect(api_version="60.0").org(OAuth("00Dxx!token-in-hand", silent.url))
    await cancelled(silent, lambda: VERBS[verb](org))


@pytest.mark.parametrize("grant", GRANTS)
async def test_a_login_that_is_cancelled_in_flight_leaves_nothing(
    connect: Connect, silent: Silent, grant: str
) -> None:
    connection = connect(login_url=silent.url)
    await cancelled(silent, lambda: connection.login(GRANTS[grant]))


async def test_a_pause_before_the_next_try_can_be_cancelled(connect: Connect) -> None:
    asked = asyncio.Event()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(503))
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        connection = connect(api_version="60.0", retry=Retry(first_pause=1000, patience=10_000))
        connection.trace(on_response=lambda _: asked.set())
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        task = asyncio.create_task(connection.org(OAuth("00Dxx!token-in-hand", url)).limits())
        await asyncio.wait_for(asked.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_closing_a_connection_ends_what_it_does_in_the_background(
    connect: Connect, silent: Silent, tmp_path: Path
) -> None:
    identity = "https://login.salesforce.com/id/00Dxx0000001gPLEAY/005xx000001X8UzAAK"
    oauth = OAuth("00Dxx!token-in-hand", silent.url, id=identity)
    kept = connect(api_version="60.0", describe_cache=tmp_path)
    org = kept.org(oauth)
    # As an earlier session had left it.
    key = DescribeKey(silent.url, oauth.organization_id, oauth.user_id, "60.0", "", "")
    DescribeFiles(tmp_path).store(key, KeptDescribe(b'{"sobjects": []}', "", "60.0"))
    before = asyncio.all_tasks()
    assert await org.sobjects() == []
    await asyncio.wait_for(silent.asked.wait(), 5)
    await kept.aclose()
    await asyncio.wait_for(silent.left.wait(), 5)
    assert asyncio.all_tasks() - before - silent.tasks == set()
