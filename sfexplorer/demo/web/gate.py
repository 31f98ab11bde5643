"""The gate before all resources: paths made straight, bodies read, faults done, requests logged.

listener -> Gate -> Zipping -> Representation -> router -> resource
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.web.answers import error_answer
from sfexplorer.demo.web.bodies import unzipped, whole_body
from sfexplorer.demo.web.failing import fail
from sfexplorer.demo.web.log import Entry, masked_query, readable_body

if TYPE_CHECKING:
    from sfexplorer.demo.org import Org

ADMIN = "/__demo__"
# Beyond that Salesforce's front servers answer, and not in JSON.
LONGEST_URL = 16_384
_TOO_LONG = Response(
    "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>", 414, media_type="text/html;charset=UTF-8"
)


@dataclass(frozen=True, slots=True)
class Gate:
    """The outermost ASGI application of the org."""

    app: ASGIApp
    org: Org
    latency_ms: float = 0
    on_entry: Callable[[Entry], None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or do to it what a fault says."""
        if scope["type"] != "http":
            return
        # Some clients write `//` and most write a slash at the end of a path (rest.md sections 0 and 5).
        path = re.sub("/{2,}", "/", scope["path"]).rstrip("/") or "/"
        scope = {**scope, "path": path, "raw_path": path.encode("utf-8", "surrogatepass")}
        if path == ADMIN or path.startswith(f"{ADMIN}/"):
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()

        def note(watch: _Watch) -> None:
            self._log(scope, watch.asked, watch.status, (time.perf_counter() - started) * 1000)

        watch = _Watch(send, note)
        await self._answer(scope, receive, watch)
        watch.end()

    async def _answer(self, scope: Scope, receive: Receive, watch: _Watch) -> None:
        headers = Headers(scope=scope)
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_URL:
            await _TOO_LONG(scope, receive, watch)
            return
        try:
            body = await whole_body(receive)
            if body is None:
                # Half a request is none: half a CSV would be half of the rows.
                return
            watch.asked = body
            if headers.get("content-encoding", "").lower() == "gzip":
                body = watch.asked = unzipped(body)
        except Refusal as refused:
            await error_answer(refused)(scope, receive, watch)
            return
        target = f"{scope['path']}?{scope['query_string'].decode('latin-1')}".removesuffix("?")
        fault = self.org.faults.take(scope["method"], target)
        if self.latency_ms:
            await asyncio.sleep(self.latency_ms / 1000)
        if fault is None:
            await self.app(scope, _replay(body, receive), watch)
        else:
            await fail(self.org, self.app, fault, scope, _replay(body, receive), watch)

    def _log(self, scope: Scope, body: bytes, status: int, milliseconds: float) -> None:
        content_type = Headers(scope=scope).get("content-type", "")
        query = masked_query(scope["query_string"].decode("latin-1"))
        shown = readable_body(body, content_type)
        entry = Entry(scope["method"], scope["path"], query, shown, status, round(milliseconds, 1))
        self.org.log.add(entry)
        if self.on_entry is not None:
            self.on_entry(entry)


class _Watch:
    """Passes an answer on, remembers its status, and notes its end.

    The note comes before the last piece goes out: whoever has the answer finds its request in the log. An
    answer without a body is whole with its head, so the head waits for the first piece.
    """

    def __init__(self, send: Send, note: Callable[[_Watch], None]) -> None:
        self._send = send
        self._note = note
        self._ended = False
        self._head: Message | None = None
        self.asked = b""
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._head = message
            return
        if not message.get("more_body"):
            self.end()
        if self._head is not None:
            head, self._head = self._head, None
            await self._send(head)
        await self._send(message)

    def end(self) -> None:
        """Note the request, once."""
        if not self._ended:
            self._ended = True
            self._note(self)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
