"""What was sent to the org lately and what it answered: the request log and the activity line read it.

It keeps the last requests, and of their bodies as many as fit into a few megabytes. Secrets are masked by the
client before they come here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sfexplorer.client.tracing import OnRequest, OnResponse, RequestSent, ResponseArrived

Key = tuple[int, int]

MOST_REQUESTS = 1000
MOST_BYTES = 8 * 1024 * 1024


class Traced(Protocol):
    """Something that tells of its requests: a connection."""

    def trace(self, on_request: OnRequest | None, on_response: OnResponse | None) -> Callable[[], None]:
        """Call them before and after each request; the function given back ends that."""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request, and its answer once that is here.

    Attributes:
        sent: What went out.
        at: When, in UTC.
        began: When, on the clock that only counts.
        answer: What came back; None while it is waited for.
        size: Bytes of the answer's body; None while there is none.
        kept: Whether the bodies are still here; those of old requests go.
    """

    sent: RequestSent
    at: datetime
    began: float
    answer: ResponseArrived | None = None
    size: int | None = None
    kept: bool = True


@dataclass(slots=True)
class RequestLog:
    """The requests of this run, the newest last.

    Args:
        most: How many are kept.
        most_bytes: How much of their bodies is kept.
    """

    most: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES
    _entries: dict[Key, LoggedRequest] = field(default_factory=dict)
    _waiting: dict[Key, LoggedRequest] = field(default_factory=dict)
    _held: int = 0
    _listeners: list[Callable[[], None]] = field(default_factory=list)
    _connections: count[int] = field(default_factory=lambda: count(1))

    @property
    def entries(self) -> list[LoggedRequest]:
        """All that are kept, the newest last."""
        return list(self._entries.values())

    @property
    def waiting(self) -> list[LoggedRequest]:
        """Those without an answer, the newest last."""
        return list(self._waiting.values())

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call it at each change; the function given back ends that."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def follow(self, connection: Traced) -> None:
        """Keep what this connection sends from now on, as long as it lives."""
        serial = next(self._connections)
        connection.trace(
            lambda sent: self._begin((serial, sent.number), sent),
            lambda answer: self._end((serial, answer.request.number), answer),
        )

    def clear(self) -> None:
        """Forget all but those that are waited for."""
        self._entries = dict(self._waiting)
        self._held = sum(_weight(entry) for entry in self._entries.values())
        self._tell()

    def _begin(self, key: Key, sent: RequestSent) -> None:
        entry = LoggedRequest(sent, datetime.now(UTC), monotonic())
        self._entries[key] = self._waiting[key] = entry
        self._held += _weight(entry)
        while len(self._entries) > self.most:
            oldest = next(iter(self._entries))
            self._held -= _weight(self._entries.pop(oldest))
        self._tell()

    def _end(self, key: Key, answer: ResponseArrived) -> None:
        self._waiting.pop(key, None)
        if (entry := self._entries.get(key)) is None:
            return
        ended = replace(entry, answer=answer, size=answer.body.size)
        self._entries[key] = ended
        self._held += _weight(ended) - _weight(entry)
        self._let_bodies_go()
        self._tell()

    def _let_bodies_go(self) -> None:
        """Let the bodies of the oldest go until the rest fits."""
        if self._held <= self.most_bytes:
            return
        for key, entry in self._entries.items():
            if entry.kept and entry.answer is not None:
                self._held -= _weight(entry)
                self._entries[key] = _without_bodies(entry)
            if self._held <= self.most_bytes:
                return

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _weight(entry: LoggedRequest) -> int:
    if not entry.kept:
        return 0
    return (entry.sent.body.size or 0) + ((entry.answer.body.size or 0) if entry.answer else 0)


def _without_bodies(entry: LoggedRequest) -> LoggedRequest:
    from sfexplorer.client.tracing import Body

    gone = Body("")
    sent = replace(entry.sent, body=gone)
    answer = replace(entry.answer, request=sent, body=gone) if entry.answer else None
    return replace(entry, sent=sent, answer=answer, kept=False)
