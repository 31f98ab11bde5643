"""An answer whose head is here and whose body is still on its way."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from typing import NoReturn

import httpx

from sfexplorer.client.errors import SalesforceError, UnexpectedReply
from sfexplorer.client.exchange import Reply
from sfexplorer.client.failures import failure_of
from sfexplorer.client.unpacking import MOST_OF_A_BYTE, SMALL, Unpacking, unpacking

_GZIP = frozenset({"gzip", "x-gzip"})


class Incoming:
    """A body to be read once, piece by piece, and then closed; it holds its connection until then.

    Args:
        response: the answer of the HTTP library.
        host: who answers, for messages.
        on_end: is called once, when the body was read to its end or given up.
    """

    __slots__ = ("_host", "_on_end", "_response", "_room", "_wired", "failed", "headers", "status")

    def __init__(self, response: httpx.Response, host: str, on_end: Callable[[Incoming], None]) -> None:
        self._response = response
        self._host = host
        self._on_end: Callable[[Incoming], None] | None = on_end
        self._wired: list[bytes] | None = None
        self._room = 0
        self.failed = False
        self.status = response.status_code
        self.headers: Mapping[str, str] = dict(response.headers)

    @property
    def received(self) -> int:
        """How many bytes of the body have come, as they are on the wire."""
        return self._response.num_bytes_downloaded

    def pieces(self) -> AsyncGenerator[bytes, None]:
        """The body, unpacked, while it arrives.

        Raises:
            ConnectionFailed: it was cut off.
            UnexpectedReply: it is damaged, or packed in a way that we don't know.
        """
        return self._through(unpacking(self._encoding))

    async def whole(self, room: int) -> Reply | SalesforceError:
        """The answer with all of its body, or what went wrong. No more than `room` bytes are kept."""
        chunks: list[bytes] = []
        if self._encoding.strip().lower() in _GZIP:
            # Packed bytes may hold nothing at all, and so never fill the room.
            self._wired, self._room = [], room
        unpack = unpacking(self._encoding, wait=min(SMALL, room // MOST_OF_A_BYTE))
        try:
            async with aclosing(self._through(unpack)) as pieces:
                async for piece in pieces:
                    room -= len(piece)
                    if room < 0:
                        self._fail(_too_big())
                    chunks.append(piece)
        except SalesforceError as error:
            # A failure is handed back, not raised: no frame that holds half a body travels with it.
            return error.with_traceback(None)
        packed = b"".join(self._wired) if self._wired else None
        return Reply(self.status, self.headers, b"".join(chunks), packed)

    async def aclose(self) -> None:
        """Let go of the connection: for the next request if the body came to its end, else for good."""
        ended, self._on_end = self._on_end, None
        try:
            await self._response.aclose()
        finally:
            if ended is not None:
                ended(self)

    @property
    def _encoding(self) -> str:
        return self.headers.get("content-encoding", "")

    async def _through(self, unpack: Unpacking | None) -> AsyncGenerator[bytes, None]:
        raw = self._response.aiter_raw()
        try:
            if unpack is None:
                self._fail(UnexpectedReply(f"the answer of {self._host} is packed in an unknown way"))
            while got := await self._next(raw):
                if self._wired is not None:
                    self._wired.append(got)
                    if self.received > self._room:
                        self._fail(_too_big())
                for piece in self._intact(unpack.feed(got)):
                    yield piece
            for piece in self._intact(unpack.end()):
                yield piece
        finally:
            await self.aclose()

    async def _next(self, raw: AsyncIterator[bytes]) -> bytes:
        """The next bytes on the wire; none at the end."""
        try:
            return await anext(raw, b"")
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            failure = failure_of(error, self._host)
        self._fail(failure)

    def _intact(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from pieces
            return
        except ValueError:
            pass
        self._fail(UnexpectedReply(f"the answer of {self._host} is damaged", hint="Try again."))

    def _fail(self, failure: SalesforceError) -> NoReturn:
        self.failed = True
        raise failure


def _too_big() -> SalesforceError:
    return UnexpectedReply("the answer is too big", hint="Ask for fewer rows or fields.")
