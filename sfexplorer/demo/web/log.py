"""The log of requests, as `GET /__demo__/log` tells it, with secrets masked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_plus

import msgspec

from sfexplorer.demo.soap.envelope import BadEnvelope, read_envelope

MASK = "********"
_SECRETS = frozenset(
    {
        "password",
        "newpassword",
        "client_secret",
        "access_token",
        "refresh_token",
        "token",
        "oauth_token",
        "assertion",
        "client_assertion",
        "code",
        "code_verifier",
        "device_code",
        "sessionid",
        "ticket",
        # Of the headers that requests within a composite one have.
        "authorization",
        "cookie",
    }
)
_LONGEST_BODY = 100_000
_MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and the status of its answer; status 0 stands for a connection dropped on purpose."""

    method: str
    path: str
    query: str
    body: Any
    status: int
    milliseconds: float

    def as_dict(self) -> dict[str, Any]:
        """The entry as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def line(self) -> str:
        """The entry as one line for a terminal, whatever signs the path has."""
        query = f"?{self.query}" if self.query else ""
        path = quote(self.path, safe="/:@!$&'()*+,;=")
        return f"{self.method} {path}{query} {self.status} {self.milliseconds:.1f} ms"


class RequestLog:
    """The most recent requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_MOST_ENTRIES)

    def add(self, entry: Entry) -> None:
        """Keep one more request; the oldest goes when there are too many."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget all requests."""
        self._entries.clear()

    def entries(self) -> list[Entry]:
        """The requests so far."""
        return list(self._entries)


def masked(value: Any) -> Any:
    """A JSON value with every secret in it replaced."""
    if isinstance(value, dict):
        return {key: MASK if key.lower() in _SECRETS else masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def masked_query(query: str) -> str:
    """A query string, still percent-encoded, with the secrets in it replaced."""
    parts = []
    for part in query.split("&") if query else ():
        name, separator, value = part.partition("=")
        # A name may be written in any letters that mean it: `pass%77ord`.
        secret = unquote_plus(name).lower() in _SECRETS
        parts.append(f"{name}{separator}{MASK if secret and value else value}")
    return "&".join(parts)


def readable_body(body: bytes, content_type: str) -> Any:
    """The body as JSON where it is JSON, a form or a SOAP call, else how long it is."""
    if not body:
        return None
    if len(body) > _LONGEST_BODY:
        return f"({len(body)} bytes)"
    if content_type.startswith("application/x-www-form-urlencoded"):
        return masked(dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True)))
    if content_type.startswith("multipart/"):
        return f"({len(body)} bytes)"
    try:
        if content_type.startswith("text/xml"):
            return masked(read_envelope(body).as_dict())
        return masked(msgspec.json.decode(body))
    except (BadEnvelope, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return f"({len(body)} bytes)"
