"""An address where nobody listens until somebody opens it; behind it is the org."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit


class Door:
    """Refuses connections while it is shut, and passes on what comes when it is open."""

    def __init__(self, behind: str) -> None:
        self._behind = urlsplit(behind)
        self._socket = socket.socket()
        # Bound and not listening: the system refuses who comes, and gives the port to nobody else.
        self._socket.bind(("127.0.0.1", 0))
        self._server: asyncio.Server | None = None
        self._ends: list[asyncio.StreamWriter] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.tasks: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Let in who comes from now on."""
        if not self.tasks:
            self._socket.listen()
            self._start(self._listen())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self.tasks)
        if self._server is not None:
            self._server.close()
        self._socket.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._enter, sock=self._socket)

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection(self._behind.hostname, self._behind.port)
        self._ends += writer, inner_writer
        self._start(_pour(inner_reader, writer))
        self._start(_pour(reader, inner_writer))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.add(asyncio.create_task(work))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()
