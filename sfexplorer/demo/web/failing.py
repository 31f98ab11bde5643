"""What a fault does to a request, from its coming to the last byte of the answer."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.web.answers import JSON, encoded, error_answer
from sfexplorer.demo.web.connections import cut
from sfexplorer.demo.web.faults import FaultRule, Touch
from sfexplorer.demo.writing import touch

if TYPE_CHECKING:
    from sfexplorer.demo.org import Org

_BODILESS = (204, 304)


async def fail(org: Org, app: ASGIApp, fault: FaultRule, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request as a fault wants it: what happens before it, in its stead, and to its answer."""
    await asyncio.sleep(fault.latency_ms / 1000)
    try:
        await _happen(org, fault, scope)
    except Refusal as refused:
        # A test that wants the impossible is told so where it looks.
        await error_answer(refused)(scope, receive, send)
        return
    answer = app if fault.status is None else _answer_of(fault)
    if fault.spoil is not None:
        answer = _spoilt(answer, fault.spoil)
    if fault.drop == "half" or fault.stall == "half":
        await answer(scope, receive, _halved(_headed(send, fault)))
    elif not fault.drop and not fault.stall:
        await answer(scope, receive, _headed(send, fault))
        return
    if fault.stall:
        await _stall(org, receive)
    if cut(org.connections, scope):
        # Until the listener knows of it, it would take an answer that isn't there for a mistake.
        await _left(receive)


async def _happen(org: Org, fault: FaultRule, scope: Scope) -> None:
    """Let happen what a fault wants done before the request is handled."""
    if fault.expire_session:
        org.sessions.end(Headers(scope=scope).get("authorization", "").partition(" ")[2])
    if fault.expire_locators:
        org.snapshots.expire()
    if fault.touch is not None:
        await org.write(touch, _touched(org, fault.touch, scope["path"]), fault.touch.fields)


def _touched(org: Org, wanted: Touch, path: str) -> str:
    """The id of the record that another user changes: the last one of the path, if none is named."""
    ids = (
        [wanted.id]
        if wanted.id
        else [each for each in path.split("/") if org.schema.of_id(canonical(each) or "")]
    )
    if not ids:
        raise refusal(400, "INVALID_INPUT", "the fault names no record to touch, and the path has none")
    return ids[-1]


def _answer_of(fault: FaultRule) -> Response:
    if fault.body is None or fault.status in _BODILESS:
        content: bytes | str = b""
    else:
        content = fault.body if isinstance(fault.body, str) else encoded(fault.body)
    return Response(content, fault.status or 200, {"content-type": JSON})


def _headed(send: Send, fault: FaultRule) -> Send:
    """A `send` that gives the answer the headers of a fault."""

    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(raw=message["headers"]).update(fault.headers)
        await send(message)

    return headed


def _halved(send: Send) -> Send:
    """A `send` that keeps back the second half of the first piece of the body and all that follows."""
    done = False

    async def halved(message: Message) -> None:
        nonlocal done
        if message["type"] == "http.response.start":
            await send(message)
        elif not done and message.get("body"):
            done = True
            half = message["body"][: len(message["body"]) // 2]
            await send({**message, "body": half, "more_body": True})

    return halved


_SPOILERS: Mapping[str, Callable[[bytes], bytes]] = {
    "truncated_json": lambda body: body[: len(body) // 2],
    "invalid_json": lambda body: b"{," + body,
    "truncated_gzip": lambda body: (whole := gzip.compress(body))[: len(whole) // 2],
}


def _spoilt(app: ASGIApp, kind: str) -> ASGIApp:
    """An application whose answers are damaged, but as long as they say."""

    async def spoilt(scope: Scope, receive: Receive, send: Send) -> None:
        pieces: list[bytes] = []
        heads: list[Message] = []

        async def keep(message: Message) -> None:
            heads.extend([message] if message["type"] == "http.response.start" else [])
            pieces.append(message.get("body", b""))

        # Plain, whatever the client takes: what is zipped already can't be damaged in its text.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await app({**scope, "headers": plain}, receive, keep)
        (head,) = heads
        body = b"".join(pieces)
        if body:
            body = _SPOILERS[kind](body)
            headers = MutableHeaders(raw=head["headers"])
            headers["content-length"] = str(len(body))
            if kind == "truncated_gzip":
                headers["content-encoding"] = "gzip"
        await send(head)
        await send({"type": "http.response.body", "body": body})

    return spoilt


async def _stall(org: Org, receive: Receive) -> None:
    """Say nothing until the client leaves, or the faults are switched off."""
    loop, off = asyncio.get_running_loop(), asyncio.Event()

    def end() -> None:
        # A loop that has ended holds nobody any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(off.set)

    with org.faults.stalled(end):
        waiting = [asyncio.ensure_future(_left(receive)), asyncio.ensure_future(off.wait())]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
