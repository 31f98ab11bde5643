"""Answering a subrequest in memory, by the org's own router: the same resources, errors and statuses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from sfexplorer.demo.composite.shapes import content_of
from sfexplorer.demo.errors import Refusal, not_found, refusal
from sfexplorer.demo.web.call import PART

# What may be asked for within another request; all else is as if it were not there.
_WITHIN = re.compile(r"/services/data/v[0-9]{2}\.0(/[^/]+)*/?", re.IGNORECASE)
# Resources that a request within another can't reach: calls made of calls, and those of jobs with tables.
_KEPT_OUT = re.compile(
    r"/services/data/v[0-9.]+/(tooling/)?(composite(?!/sobjects(/|$))|jobs)(/|$)", re.IGNORECASE
)
_INHERITED = (b"authorization", b"accept", b"host")
# How the headers that an answer within another keeps are written there.
_TOLD = {"location": "Location", "last-modified": "Last-Modified", "etag": "ETag"}
_FROM_OUTSIDE = ("type", "asgi", "http_version", "scheme", "server", "client", "root_path", "app")


@dataclass(frozen=True, slots=True)
class Asked:
    """A subrequest without references.

    Attributes:
        body: any JSON value; None stands for no body.
        all_or_none: whether it is part of a transaction that is undone when a part fails.
    """

    method: str
    url: str
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    all_or_none: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a subrequest; the body is any JSON value."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def failed(self) -> bool:
        """Whether it is an error, or the results of records of which one has errors."""
        return self.status >= 400 or (
            isinstance(self.body, list)
            and any(isinstance(each, dict) and each.get("success") is False for each in self.body)
        )


def refused_answer(refused: Refusal) -> Answer:
    """The answer to a subrequest that is refused."""
    return Answer(refused.status, refused.as_list(), {})


async def answer(request: Request, asked: Asked) -> Answer:
    """The answer of the org's router to a subrequest; what it refuses, it answers."""
    response = _Response()
    try:
        scope = _scope(request, asked)
        receive = _receiving(content_of(asked.body), request.receive)
        await request.app.router(scope, receive, response)
        return response.answer()
    except HTTPException:
        return refused_answer(not_found())
    except Refusal as refused:
        return refused_answer(refused)


def _receiving(content: bytes, outside: Receive) -> Receive:
    """Gives a body once, then what comes from outside: that the client has gone, at most."""
    whole = iter([content])

    async def receive() -> Message:
        body = next(whole, None)
        if body is None:
            return await outside()
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


class _Response:
    """Keeps what an application sends."""

    def __init__(self) -> None:
        self._status = 0
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = {
                name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]
            }
        else:
            self._body += message.get("body", b"")

    def answer(self) -> Answer:
        """All of it as one answer.

        Raises:
            Refusal: When it is no JSON: bytes can't be told within JSON.
        """
        if self._body and "json" not in self._headers.get("content-type", ""):
            message = "Binary data is not supported in the response of a subrequest"
            raise refusal(415, "UNSUPPORTED_MEDIA_TYPE", message)
        told = {_TOLD[name]: value for name, value in self._headers.items() if name in _TOLD}
        return Answer(self._status, msgspec.json.decode(self._body) if self._body else None, told)


def _scope(request: Request, asked: Asked) -> Scope:
    path, _, query = asked.url.partition("?")
    path = unquote(path)
    if not _WITHIN.fullmatch(path) or _KEPT_OUT.match(path) or {".", ".."} & set(path.split("/")):
        raise not_found()
    path = path.rstrip("/")
    inherited = [(name, value) for name, value in request.scope["headers"] if name in _INHERITED]
    own = [(_header(name.lower()), _header(value)) for name, value in asked.headers.items()]
    return {
        **{name: request.scope[name] for name in _FROM_OUTSIDE if name in request.scope},
        "method": asked.method,
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": quote(query, safe="".join(map(chr, range(33, 127))), errors="replace").encode(),
        "headers": [*inherited, (b"content-type", b"application/json"), *own],
        PART: asked.all_or_none,
    }


def _header(text: str) -> bytes:
    return text.encode("latin-1", "replace")
