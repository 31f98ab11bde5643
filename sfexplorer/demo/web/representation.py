"""In which form data comes and goes: JSON alone, indented where the client asks for that.

A client chooses by `Accept`, by `.json` or `.xml` at the end of a path, and by `X-PrettyPrint: 1`.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.web.answers import error_answer

_DATA = "/services/data/"
_XML = ("application/xml", "text/xml")
# What asks for XML and would take something else as well gets the other.
_OTHERS = ("application/json", "application/*", "*/*")
# `/services/data/v60.0/sobjects/X/FIELD/VALUE`: an external id may well end in `.json`.
_PARTS_OF_EXTERNAL_ID = 8


@dataclass(frozen=True, slots=True)
class Representation:
    """The ASGI application before the router that holds to the forms that there are."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, with its path freed of `.json`, and indent its answer; or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(_DATA):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path, suffix = _split(scope["path"])
        if headers.get("x-prettyprint", "").lower() in ("1", "true"):
            send = _Indenting(send)
        refused = _refused(headers, suffix)
        if refused is not None:
            await error_answer(refused)(scope, receive, send)
        else:
            await self.app(
                {**scope, "path": path, "raw_path": path.encode("utf-8", "surrogatepass")}, receive, send
            )


def _split(path: str) -> tuple[str, str]:
    stem, dot, suffix = path.rpartition(".")
    is_form = suffix.lower() in ("json", "xml") and not stem.endswith("/")
    if not dot or not is_form or path.count("/") >= _PARTS_OF_EXTERNAL_ID - 1:
        return path, ""
    return stem, suffix.lower()


def _refused(headers: Headers, suffix: str) -> Refusal | None:
    accepted = [each.partition(";")[0].strip().lower() for each in headers.get("accept", "").split(",")]
    asks_for_xml = any(each in _XML for each in accepted) and not any(each in _OTHERS for each in accepted)
    if suffix == "xml" or (asks_for_xml and suffix != "json"):
        return refusal(406, "NOT_ACCEPTABLE", "XML is not available from this org; accept application/json")
    if headers.get("content-type", "").partition(";")[0].strip().lower() in _XML:
        return refusal(415, "UNSUPPORTED_MEDIA_TYPE", "XML is not read by this org; send application/json")
    return None


class _Indenting:
    """A `send` that holds a JSON answer until it is whole and indents it; others pass at once."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None
        self._pieces: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if Headers(raw=message["headers"]).get("content-type", "").startswith("application/json"):
                self._head = message
                return
        elif self._head is not None:
            self._pieces.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(self._head)
            return
        await self._send(message)

    async def _finish(self, head: Message) -> None:
        body = b"".join(self._pieces)
        if body:
            body = msgspec.json.format(body, indent=2)
        MutableHeaders(raw=head["headers"])["Content-Length"] = str(len(body))
        await self._send(head)
        await self._send({"type": "http.response.body", "body": body})
