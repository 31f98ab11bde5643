"""Listening on loopback and serving the org, alone until a signal comes."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn

from sfexplorer.demo.application import application
from sfexplorer.demo.credentials import Facts
from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.org import Org
from sfexplorer.demo.seed import CacheNotWritable, seeded_file
from sfexplorer.demo.web.connections import protocol_noting
from sfexplorer.demo.web.log import Entry

# Nothing but this machine may reach the org: whoever can is its administrator.
HOST = "127.0.0.1"


class StartError(Exception):
    """The org can't start; the text is one line that says why."""


class OrgServer(uvicorn.Server):
    """A uvicorn server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and tell so."""
        await super().startup(sockets)
        self._on_started()


@contextmanager
def _listener(port: int) -> Iterator[socket.socket]:
    # Named in full: asyncio switches off the delaying of small packets only where the protocol says TCP.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    with listener:
        # Without it a port can't be taken again for a minute after an org on it has ended.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(256)
        except OSError as error:
            raise StartError(f"port {port} can't be used: {error.strerror}") from None
        yield listener


@contextmanager
def _opened_org(keep: Path | None, url: str) -> Iterator[Org]:
    schema = load_schema()
    with tempfile.TemporaryDirectory(prefix="sfexplorer-demo-") as folder:
        path = _database_file(keep, Path(folder))
        try:
            org = Org.open(schema, path, url)
        except (sqlite3.Error, LookupError) as error:
            raise StartError(f"{path} holds no demo org of this version: {error}") from None
        try:
            yield org
        finally:
            org.close()


def _database_file(keep: Path | None, folder: Path) -> Path:
    """A fresh copy of the seeded records, or the file that keeps them, made when it isn't there."""
    target = keep or folder / "org.db"
    try:
        if not target.exists() or not target.stat().st_size:
            shutil.copyfile(seeded_file(load_schema()), target)
        with target.open("r+b"):
            return target
    except CacheNotWritable as error:
        raise StartError(str(error)) from None
    except OSError as error:
        place = error.filename or target
        raise StartError(f"{place} can't be written: {error.strerror or error}") from None


@contextmanager
def running_server(
    port: int,
    keep: Path | None,
    latency_ms: float,
    on_entry: Callable[[Entry], None] | None,
    on_started: Callable[[Org], None],
) -> Iterator[tuple[OrgServer, socket.socket]]:
    """A server of a new org, ready to run, with the socket that it listens on."""
    with _listener(port) as listener:
        url = f"http://{HOST}:{listener.getsockname()[1]}"
        with _opened_org(keep, url) as org:
            config = uvicorn.Config(
                application(org, latency_ms, on_entry),
                http=protocol_noting(org.connections),
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=1,
            )
            yield OrgServer(config, lambda: on_started(org)), listener


def run(
    port: int = 0,
    keep: Path | None = None,
    latency_ms: float = 0,
    *,
    on_started: Callable[[Facts], None],
    on_entry: Callable[[Entry], None] | None = None,
    until: Callable[[Callable[[], None]], None] | None = None,
) -> None:
    """Serve an org until SIGINT or SIGTERM.

    Args:
        port: the port on loopback; 0 takes any that is free.
        keep: a file that holds the records, and keeps them; without it they last as long as the org.
        latency_ms: how long each request waits before it is answered.
        on_started: called with the org's facts once it answers.
        on_entry: called with each request that was answered.
        until: called with a function that ends the org.

    Raises:
        StartError: When the org can't start.
    """
    with (
        running_server(port, keep, latency_ms, on_entry, lambda org: on_started(org.facts)) as (
            server,
            listener,
        ),
        _signals_ignored_after(server),
    ):
        if until is not None:
            until(lambda: setattr(server, "should_exit", True))
        asyncio.run(server.serve(sockets=[listener]))


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
