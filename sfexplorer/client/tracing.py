"""What a request log hears of each request and its answer, without anything secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from sfexplorer.client.masking import masked_body
from sfexplorer.client.secret import Secret


class Body:
    """A body that is made readable, and masked, when somebody wants to read it."""

    __slots__ = ("_content", "_content_type", "_token")

    def __init__(self, content: bytes | str, content_type: str = "", token: Secret | None = None) -> None:
        self._content = content
        self._content_type = content_type
        self._token = token

    @property
    def size(self) -> int | None:
        """How many bytes it has; None of a file, which isn't held."""
        return None if isinstance(self._content, str) else len(self._content)

    def text(self) -> str:
        """The body with its secrets masked; of a long one the beginning, of a file its size."""
        if isinstance(self._content, str):
            return self._content
        secrets = (self._token.reveal(),) if self._token else ()
        return masked_body(self._content, self._content_type, *secrets)

    def __repr__(self) -> str:
        return f"<body of {len(self._content)} bytes>" if isinstance(self._content, bytes) else self._content

    def __reduce__(self) -> NoReturn:
        raise TypeError("a body may hold secrets and is not pickled; take its text()")


@dataclass(frozen=True, slots=True)
class RequestSent:
    """A request is about to go out.

    Attributes:
        number: counts a connection's requests, repetitions too.
        attempt: 1, or which repetition it is.
        because: why it is sent again; "" for the first.
        method: GET, POST, ...
        url: all of it, secrets masked.
        headers: by lower-case names, secrets masked.
        body: what is sent.
    """

    number: int
    attempt: int
    because: str
    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Body = field(repr=False)


@dataclass(frozen=True, slots=True)
class ResponseArrived:
    """An answer is here, or it is sure that none comes.

    Attributes:
        request: what it answers.
        status: None when there is no answer.
        headers: by lower-case names, secrets masked.
        body: what came; files are still on their way.
        seconds: since the request was sent.
        error: what went wrong on the way; "" where nothing did. A refusal of the org's is an answer.
    """

    request: RequestSent
    status: int | None
    headers: Mapping[str, str] = field(repr=False)
    body: Body = field(repr=False)
    seconds: float
    error: str


OnRequest = Callable[[RequestSent], None]
OnResponse = Callable[[ResponseArrived], None]
