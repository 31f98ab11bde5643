"""The one place where HTTP happens: a pool of connections for any number of users, without memory of any.

It follows no redirect, keeps no cookie, reads no more than it must, and tells listeners of every request.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from time import perf_counter
from typing import TypeVar
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
from sfexplorer.client.exchange import Call, Exchange, Listener, Reply, usage_in
from sfexplorer.client.failures import failure_of
from sfexplorer.client.incoming import Incoming
from sfexplorer.client.retry import Retry
from sfexplorer.client.routes import Routes
from sfexplorer.client.secret import Secret

_log = logging.getLogger("sfexplorer")
# Who uses the client decides where it goes; to stderr it would be written over the app's screen.
_log.addHandler(logging.NullHandler())
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Answered = TypeVar("Answered", bound=Incoming | Reply)
Take = Callable[[Incoming], Awaitable[Answered | SalesforceError]]


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
        answered = await self._settled(call, origin, token, self._answer)
        if answered.status in _REDIRECTS:
            raise _redirected(answered, origin)
        return answered

    async def open(self, call: Call, origin: str, token: Secret | None = None) -> Incoming | Reply:
        """As `send`, but an answer that grants what was asked for comes with its body still on the way.

        It is to be closed by whoever gets it; from its first byte on nothing is sent again.
        """
        answered = await self._settled(call, origin, token, self._opened)
        if isinstance(answered, Reply) and answered.status in _REDIRECTS:
            raise _redirected(answered, origin)
        return answered

    async def aclose(self) -> None:
        """Close all connections; nothing can be sent any more."""
        self._closed = True
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _settled(self, call: Call, origin: str, token: Secret | None, take: Take[Answered]) -> Answered:
        attempt, waited = 1, 0.0
        outcome = await self._try(call, origin, token, take)
        while (pause := self._retry.pause(call, outcome, attempt, waited)) is not None:
            await asyncio.sleep(pause)
            attempt, waited = attempt + 1, waited + pause
            outcome = await self._try(call, origin, token, take)
        if isinstance(outcome, SalesforceError):
            raise outcome
        return outcome

    async def _try(
        self, call: Call, origin: str, token: Secret | None, take: Take[Answered]
    ) -> Answered | SalesforceError:
        # A failure is handed back, not raised: no frame that holds headers or half a body travels with it.
        if self._closed:
            return ConnectionFailed("the connection was closed", reason="closed", hint="Open it again.")
        started = self.clock()
        try:
            begun = await self._begin(call, origin, token, started)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            begun = failure_of(error, host_of(origin))
        except SalesforceError as error:
            begun = error.with_traceback(None)  # the body that was to be sent could not be made
        if isinstance(begun, Incoming):
            return await take(begun)
        self._tell(call, None, {}, self.clock() - started, 0)
        return begun

    async def _answer(self, incoming: Incoming) -> Reply | SalesforceError:
        return await incoming.whole(self._largest_body)

    async def _opened(self, incoming: Incoming) -> Incoming | Reply | SalesforceError:
        return incoming if incoming.status < 300 else await self._answer(incoming)

    async def _begin(
        self, call: Call, origin: str, token: Secret | None, started: float
    ) -> Incoming | SalesforceError:
        if not is_path(call.path):
            return ForeignUrl("what should be a path leads away from the org")
        http = self._client()
        query = f"?{urlencode(call.params, quote_via=quote)}" if call.params else ""
        headers, content = _sent(call)
        url = f"{origin}{call.path}{query}"
        request = http.build_request(call.method, url, headers=headers, content=content)
        if not _same_origin(request.url, httpx.URL(origin)):
            return ForeignUrl("the path leads away from the org")
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token.reveal()}"
        response = await http.send(request, stream=True)

        def tell(ended: Incoming) -> None:
            status = None if ended.failed else ended.status
            self._tell(call, status, ended.headers, self.clock() - started, ended.received)

        return Incoming(response, host_of(origin), tell)

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
                headers={
                    "User-Agent": f"sfexplorer/{__version__}",
                    "Accept": "application/json",
                    # What `unpacking` knows, and nothing that an installed package would add.
                    "Accept-Encoding": "gzip",
                },
            )
        return self._http

    def _tell(
        self, call: Call, status: int | None, headers: Mapping[str, str], seconds: float, received: int
    ) -> None:
        if not self._listeners:
            return
        used, limit = usage_in(headers) if status is not None else (None, None)
        exchange = Exchange(call.method, call.path, status, seconds, received, used, limit)
        for listener in tuple(self._listeners):
            try:
                listener(exchange)
            except Exception:  # noqa: BLE001  # somebody else's code; the request has its answer
                _log.exception("a listener failed at %s %s", call.method, call.path)


def _sent(call: Call) -> tuple[Mapping[str, str], bytes | AsyncIterator[bytes] | None]:
    """The headers and the body to send; a length that is told up front lets the org see a body cut off."""
    content = call.content
    if content is None or isinstance(content, bytes):
        return call.headers, content
    return {**call.headers, "Content-Length": str(content.size)}, content.pieces()


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
