"""The one place where HTTP happens: a pool of connections for any number of users, without memory of any.

It follows no redirect, keeps no cookie, reads no more than it must, and tells listeners of every request.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import perf_counter
from urllib.parse import quote, urlencode

import httpx

from sfexplorer import __version__
from sfexplorer.client.addresses import host_of, is_path, own_path
from sfexplorer.client.errors import (
    ConnectionFailed,
    ForeignUrl,
    InsecureUrl,
    MalformedUrl,
    SalesforceError,
    UnexpectedReply,
)
from sfexplorer.client.exchange import Call, Exchange, Listener, Reply
from sfexplorer.client.failures import failure_of
from sfexplorer.client.retry import Retry
from sfexplorer.client.routes import Routes
from sfexplorer.client.secret import Secret

_log = logging.getLogger("sfexplorer")
# Who uses the client decides where it goes; to stderr it would be written over the app's screen.
_log.addHandler(logging.NullHandler())
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for each phase of a request. Salesforce itself ends a query after 120 seconds."""

    connect: float = 10.0
    read: float = 130.0
    write: float = 60.0
    pool: float = 60.0


class Wire:
    """Sends calls and gives their answers, whatever their status.

    Args:
        timeouts: how long each phase may take.
        retry: what is sent again.
        transport: what stands in for our own connections.
        largest_body: bytes of an answer, unpacked, that are read at most.
    """

    def __init__(
        self,
        *,
        timeouts: Timeouts,
        retry: Retry,
        transport: httpx.AsyncBaseTransport | None = None,
        largest_body: int = 256 * 1024 * 1024,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.clock = clock
        self._timeouts = timeouts
        self._retry = retry
        self._transport = transport
        self._largest_body = largest_body
        self._listeners: list[Listener] = []
        self._http: httpx.AsyncClient | None = None
        self._closed = False

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after each request; the function given back ends that."""
        self._listeners.append(listener)

        def unlisten() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unlisten

    async def send(self, call: Call, origin: str, token: Secret | None = None) -> Reply:
        """Send the call to the origin, with the token if there is one; again where that is safe and may help.

        Raises:
            ConnectionFailed, RequestTimeout: no answer came.
            UnexpectedReply, ForeignUrl: the answer is too big, damaged, or a redirect.
            ForeignUrl: the call's path would lead away from the origin; nothing was sent.
        """
        attempt, waited = 1, 0.0
        outcome = await self._try(call, origin, token)
        while (pause := self._retry.pause(call, outcome, attempt, waited)) is not None:
            await asyncio.sleep(pause)
            attempt, waited = attempt + 1, waited + pause
            outcome = await self._try(call, origin, token)
        if isinstance(outcome, SalesforceError):
            raise outcome
        if outcome.status in _REDIRECTS:
            raise _redirected(outcome, origin)
        return outcome

    async def aclose(self) -> None:
        """Close all connections; nothing can be sent any more."""
        self._closed = True
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _try(self, call: Call, origin: str, token: Secret | None) -> Reply | SalesforceError:
        # A failure is handed back, not raised: no frame that holds headers or half a body travels with it.
        if self._closed:
            return ConnectionFailed("the connection was closed", reason="closed", hint="Open it again.")
        started = self.clock()
        received = _Body(self._largest_body)
        try:
            outcome: Reply | SalesforceError = await self._exchange(call, origin, token, received)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            outcome = failure_of(error, host_of(origin))
        self._tell(call, outcome, self.clock() - started, received.on_the_wire)
        return outcome

    async def _exchange(
        self, call: Call, origin: str, token: Secret | None, received: _Body
    ) -> Reply | SalesforceError:
        if not is_path(call.path):
            return ForeignUrl("what should be a path leads away from the org")
        http = self._client()
        query = f"?{urlencode(call.params, quote_via=quote)}" if call.params else ""
        request = http.build_request(
            call.method, f"{origin}{call.path}{query}", headers=call.headers, content=call.content
        )
        if not _same_origin(request.url, httpx.URL(origin)):
            return ForeignUrl("the path leads away from the org")
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token.reveal()}"
        response = await http.send(request, stream=True)
        try:
            async for chunk in response.aiter_bytes():
                if not received.add(chunk):
                    return UnexpectedReply("the answer is too big", hint="Ask for fewer rows or fields.")
        finally:
            received.on_the_wire = response.num_bytes_downloaded
            await response.aclose()
        return Reply(response.status_code, dict(response.headers), received.whole())

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            limits = self._timeouts
            self._http = httpx.AsyncClient(
                transport=self._transport or Routes(),
                timeout=httpx.Timeout(
                    connect=limits.connect, read=limits.read, write=limits.write, pool=limits.pool
                ),
                follow_redirects=False,
                # Cookies would carry one user's session into the next one's requests.
                cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
                headers={"User-Agent": f"sfexplorer/{__version__}", "Accept": "application/json"},
            )
        return self._http

    def _tell(self, call: Call, outcome: Reply | SalesforceError, seconds: float, received: int) -> None:
        if not self._listeners:
            return
        answered = isinstance(outcome, Reply)
        used, limit = outcome.api_usage if isinstance(outcome, Reply) else (None, None)
        status = outcome.status if answered else None
        exchange = Exchange(call.method, call.path, status, seconds, received, used, limit)
        for listener in tuple(self._listeners):
            try:
                listener(exchange)
            except Exception:  # noqa: BLE001  # somebody else's code; the request has its answer
                _log.exception("a listener failed at %s %s", call.method, call.path)


class _Body:
    """What has arrived of an answer. It hides its bytes: a login's are the token."""

    __slots__ = ("_chunks", "_room", "on_the_wire")

    def __init__(self, room: int) -> None:
        self._chunks: list[bytes] = []
        self._room = room
        self.on_the_wire = 0

    def add(self, chunk: bytes) -> bool:
        """Keep the chunk; False if there is no room for it."""
        self._room -= len(chunk)
        if self._room < 0:
            return False
        self._chunks.append(chunk)
        return True

    def whole(self) -> bytes:
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)


def _same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.netloc, one.userinfo) == (other.scheme, other.netloc, other.userinfo)


def _redirected(reply: Reply, origin: str) -> SalesforceError:
    try:
        own_path(reply.headers.get("location", ""), origin)
    except (ForeignUrl, InsecureUrl):
        return ForeignUrl(f"{host_of(origin)} redirects to another host", status=reply.status)
    except MalformedUrl:
        pass  # a path without a slash before it leads to the same host
    return UnexpectedReply(f"{host_of(origin)} redirects to another page", status=reply.status)
