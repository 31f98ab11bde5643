"""Hosts to talk to: the demo org over real HTTP, and sockets that answer what a test tells them to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sfexplorer.client import Connection, OAuth, Org, PasswordGrant

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer


@dataclass(frozen=True)
class Seen:
    """A request as it came over the socket."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


Answer = bytes | Callable[[Seen], bytes]


@dataclass
class ScriptedHost:
    """A real socket that answers one thing after the other; the last answer is repeated.

    An answer is the bytes to send, or a function that makes them from the request.
    """

    answers: list[Answer]
    url: str = ""
    seen: list[Seen] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read one request, answer it, and hang up."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            method, target, _ = first.split(" ", 2)
            self.seen.append(Seen(method, target, headers, body))
            now = self.answers[min(len(self.seen), len(self.answers)) - 1]
            writer.write(now(self.seen[-1]) if callable(now) else now)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.seen.append(Seen("", "", {}, b""))
        finally:
            writer.close()


def answer(status: int = 200, body: Any = None, **headers: str) -> bytes:
    """An HTTP answer with a JSON body, or with the bytes or text as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


def requests_at(server: DemoServer) -> list[dict[str, Any]]:
    """The demo org's request log, asked for over HTTP: by then the last answer's entry is in it."""
    entries = httpx.get(f"{server.url}/__demo__/log", trust_env=False).json()
    return [entry for entry in entries if not entry["path"].startswith("/__demo__/")]


def forget_requests(server: DemoServer) -> None:
    """Empty the demo org's request log, behind the entry of the last answer."""
    httpx.delete(f"{server.url}/__demo__/log", trust_env=False)


MakeHost = Callable[..., Awaitable[ScriptedHost]]


@pytest.fixture
async def make_host() -> AsyncIterator[MakeHost]:
    """Start a host that gives the answers, in order."""
    servers: list[asyncio.Server] = []

    async def make(*answers: Answer) -> ScriptedHost:
        host = ScriptedHost(list(answers))
        server = await asyncio.start_server(host.serve, "127.0.0.1", 0)
        servers.append(server)
        host.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return host

    yield make
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., Connection]]:
    """Make connections that are closed after the test."""
    made: list[Connection] = []

    def make(**options: Any) -> Connection:
        made.append(Connection(**options))
        return made[-1]

    yield make
    for connection in made:
        await connection.aclose()


@pytest.fixture
def org_at(connect: Callable[..., Connection]) -> Callable[..., Org]:
    """The org of a host, with a token that needs no login."""

    def make(host: ScriptedHost, **options: Any) -> Org:
        connection = connect(api_version="60.0", **options)
        return connection.org(OAuth("00Dxx!token-in-hand", host.url))

    return make


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    """A demo org, the same for a whole file of tests."""
    from sfexplorer.demo.server import DemoServer

    with DemoServer() as server:
        yield server


@pytest.fixture
def demo_org(demo: DemoServer) -> Iterator[DemoServer]:
    """The demo org with an empty request log and no faults."""
    demo.faults()
    forget_requests(demo)
    yield demo
    demo.faults()


@pytest.fixture
def grant(demo_org: DemoServer) -> PasswordGrant:
    """The demo user's own login."""
    return PasswordGrant(demo_org.username, demo_org.password, demo_org.security_token)


@pytest.fixture
def connection(demo_org: DemoServer, connect: Callable[..., Connection]) -> Connection:
    """A connection to the demo org as its connected app."""
    return connect(client_id=demo_org.client_id, client_secret=demo_org.client_secret, login_url=demo_org.url)


@pytest.fixture
async def org(connection: Connection, grant: PasswordGrant, demo_org: DemoServer) -> Org:
    """The demo org, logged in, with nothing in the request log."""
    org = await connection.login(grant)
    await org.api_version()
    forget_requests(demo_org)
    return org
