"""Who listens to a connection's requests. Nothing is made for ears that are not there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from sfexplorer.client.errors import SalesforceError
from sfexplorer.client.exchange import Call, Exchange, Listener, Reply
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    from sfexplorer.client.incoming import Incoming
    from sfexplorer.client.tracing import OnRequest, OnResponse, RequestSent, ResponseArrived

_log = logging.getLogger("sfexplorer")
# Who uses the client decides where it goes; to stderr it would be written over the app's screen.
_log.addHandler(logging.NullHandler())

Event = TypeVar("Event", Exchange, "RequestSent", "ResponseArrived")


class Audience:
    """The listeners of one connection. One that fails is logged, and breaks no request."""

    def __init__(self) -> None:
        self._exchanges: list[Listener] = []
        self._requests: list[OnRequest] = []
        self._responses: list[OnResponse] = []
        self._numbers = count(1)

    @property
    def hears_exchanges(self) -> bool:
        """Whether somebody wants to be told of exchanges."""
        return bool(self._exchanges)

    @property
    def traces(self) -> bool:
        """Whether somebody looks at requests and answers as they are."""
        return bool(self._requests or self._responses)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call it after each request; the function given back ends that."""
        return _joined(self._exchanges, listener)

    def trace(self, on_request: OnRequest | None, on_response: OnResponse | None) -> Callable[[], None]:
        """Call them before and after each request; the function given back ends that."""
        leaving = [_joined(self._requests, on_request)] if on_request else []
        leaving += [_joined(self._responses, on_response)] if on_response else []

        def leave() -> None:
            for each in leaving:
                each()

        return leave

    def tell(self, exchange: Exchange) -> None:
        """Tell all who want to know of a request that has ended."""
        _tell(self._exchanges, exchange)

    def sent(
        self,
        call: Call,
        url: str,
        headers: Mapping[str, str],
        token: Secret | None,
        *,
        attempt: int,
        because: str,
    ) -> RequestSent:
        """Tell of a request that goes out now."""
        from sfexplorer.client.masking import masked_headers, masked_url
        from sfexplorer.client.tracing import Body, RequestSent

        content, kind = call.content, headers.get("content-type", "")
        body = Body(content or b"", kind, token) if isinstance(content, bytes | None) else Body("<a file>")
        request = RequestSent(
            next(self._numbers), attempt, because, call.method, masked_url(url), masked_headers(headers), body
        )
        _tell(self._requests, request)
        return request

    def arrived(
        self,
        request: RequestSent,
        answer: Reply | Incoming | SalesforceError,
        seconds: float,
        token: Secret | None,
    ) -> None:
        """Tell of what came back."""
        from sfexplorer.client.masking import masked_headers
        from sfexplorer.client.tracing import Body, ResponseArrived

        if isinstance(answer, SalesforceError):
            response = ResponseArrived(request, None, {}, Body(b""), seconds, answer.message)
        else:
            kind = answer.headers.get("content-type", "")
            body = Body(answer.body, kind, token) if isinstance(answer, Reply) else Body("<on its way>")
            headers = masked_headers(answer.headers)
            response = ResponseArrived(request, answer.status, headers, body, seconds, "")
        _tell(self._responses, response)


def _joined(audience: list[Callable[[Event], None]], listener: Callable[[Event], None]) -> Callable[[], None]:
    audience.append(listener)

    def leave() -> None:
        if listener in audience:
            audience.remove(listener)

    return leave


def _tell(audience: list[Callable[[Event], None]], event: Event) -> None:
    for listener in tuple(audience):
        try:
            listener(event)
        except Exception:  # noqa: BLE001  # somebody else's code; the request has its answer
            _log.exception("a listener failed at %s", event)
