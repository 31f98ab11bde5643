"""Listening, on loopback if nothing else is asked for, and serving the org until a signal comes."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import uvicorn

from sfexplorer.demo.application import application
from sfexplorer.demo.credentials import Facts
from sfexplorer.demo.database import StartError, chosen_schema, database_file
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.options import Options, is_loopback
from sfexplorer.demo.org import Org
from sfexplorer.demo.tls import server_context
from sfexplorer.demo.web.connections import Connections, protocol_noting
from sfexplorer.demo.web.log import Entry

__all__ = ["OrgServer", "StartError", "run", "running_server"]


@dataclass(frozen=True, slots=True)
class Secure:
    """A second listener, for HTTPS."""

    listener: socket.socket
    context: ssl.SSLContext


class OrgServer(uvicorn.Server):
    """A uvicorn server that answers by HTTP and, beside it, by HTTPS, and tells when it does."""

    def __init__(
        self,
        config: uvicorn.Config,
        listener: socket.socket,
        secure: Secure | None,
        on_started: Callable[[], None],
        on_ending: Callable[[], None],
        open_connections: Connections,
    ) -> None:
        super().__init__(config)
        self._open = open_connections
        self._listener = listener
        self._secure = secure
        self._on_started = on_started
        self._on_ending = on_ending

    async def listen(self) -> None:
        """Answer until `should_exit`."""
        await self.serve(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and tell so."""
        await super().startup(sockets)
        if self._secure is not None:
            loop = asyncio.get_running_loop()
            secure = await loop.create_server(
                self._protocol, sock=self._secure.listener, ssl=self._secure.context
            )
            # uvicorn knows one kind of listener; what is among its servers it ends with the rest.
            self.servers.append(secure)
        self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what is held, and end."""
        self._on_ending()
        await super().shutdown(sockets)
        # Whoever has not gone by now is cut off: a transport that outlives its loop is never closed.
        for transport in list(self._open.values()):
            transport.abort()
        await asyncio.sleep(0)

    def _protocol(self) -> asyncio.Protocol:
        return self.config.http_protocol_class(
            config=self.config,  # type: ignore[call-arg]  # asyncio's type, which knows no arguments
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named in full: asyncio switches off the delaying of small packets only where the protocol says TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Without it a port can't be taken again for a minute after an org on it has ended.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        subject = f"port {port}" if is_loopback(host) else f"address {host}, port {port},"
        raise StartError(f"{subject} can't be used: {error.strerror}") from None
    return listener


def _origin(scheme: str, listener: socket.socket) -> str:
    """Where a listener is found, without a slash at the end."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _opened_org(schema: Schema, path: Path, url: str) -> Org:
    try:
        return Org.open(schema, path, url)
    except (sqlite3.Error, LookupError) as error:
        raise StartError(f"{path} holds no demo org of this version: {error}") from None


@contextmanager
def running_server(
    options: Options,
    on_started: Callable[[Org, Facts], None],
    on_entry: Callable[[Entry], None] | None = None,
    on_progress: Callable[[str], None] | None = None,
) -> Iterator[OrgServer]:
    """A server of a new org, ready to run.

    Args:
        options: what was chosen.
        on_started: called with the org and its facts once it answers.
        on_entry: called with each request that was answered.
        on_progress: called with lines about a start that takes longer than usual.

    Raises:
        StartError: When the org can't start.
    """
    with ExitStack() as stack:
        listener = stack.enter_context(closing(_listener(options.host, options.port)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sfexplorer-demo-")))
        schema = chosen_schema(options)
        path = database_file(options, schema, folder / "org.db", on_progress)
        org = stack.enter_context(closing(_opened_org(schema, path, _origin("http", listener))))
        org.hub.hold_seconds = options.hold_seconds
        facts = org.facts
        secure = None
        if options.tls:
            ca = folder / "ca.pem"
            secure = Secure(
                stack.enter_context(closing(_listener(options.host, 0))), server_context(ca, options.host)
            )
            facts = replace(facts, tls_url=_origin("https", secure.listener), ca=str(ca))
        config = uvicorn.Config(
            application(org, options.latency_ms, on_entry),
            http=protocol_noting(org.connections),
            ws="none",
            lifespan="off",
            log_config=None,
            # A warning about each client that tries WebSockets first would be all that there is.
            log_level="error",
            access_log=False,
            # Nobody stands between a client and the org, so nobody may say who else it is.
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        yield OrgServer(
            config, listener, secure, lambda: on_started(org, facts), org.end_waiting, org.connections
        )


def run(
    options: Options,
    *,
    on_started: Callable[[Facts], None],
    on_entry: Callable[[Entry], None] | None = None,
    on_progress: Callable[[str], None] | None = None,
    until: Callable[[Callable[[], None]], None] | None = None,
) -> None:
    """Serve an org until SIGINT or SIGTERM.

    Args:
        options: what was chosen.
        on_started: called with the org's facts once it answers.
        on_entry: called with each request that was answered.
        on_progress: called with lines about a start that takes longer than usual.
        until: called with a function that ends the org.

    Raises:
        StartError: When the org can't start.
    """
    with (
        running_server(options, lambda org, facts: on_started(facts), on_entry, on_progress) as server,
        _signals_ignored_after(server),
    ):
        if until is not None:
            until(lambda: setattr(server, "should_exit", True))
        asyncio.run(server.listen())


@contextmanager
def _signals_ignored_after(server: OrgServer) -> Iterator[None]:
    """Make SIGINT and SIGTERM a clean end: uvicorn stops at them, then raises them again for us."""

    def end(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
