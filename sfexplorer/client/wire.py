"""The one place where HTTP happens: a pool of connections for any number of users, without memory of any.

It follows no redirect, keeps no cookie, reads no more than it must, and tells listeners of every request.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import httpx

from sfexplorer.client.addresses import host_of, is_path, own_path
from sfexplorer.client.audience import Audience
from sfexplorer.client.errors import (
    ConnectionFailed,
    ForeignUrl,
    InsecureUrl,
    MalformedUrl,
    RequestRefused,
    RequestTimeout,
    SalesforceError,
    UnexpectedReply,
)
from sfexplorer.client.exchange import Call, Exchange, Reply, usage_in
from sfexplorer.client.failures import failure_of
from sfexplorer.client.incoming import Incoming
from sfexplorer.client.policies import Policies
from sfexplorer.client.routes import Routes
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    from sfexplorer.client.tracing import RequestSent

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PACKABLE = ("application/json", "application/xml", "text/")
# More than this is packed in a thread: it would keep the screen waiting.
_MUCH = 256 * 1024

Answered = TypeVar("Answered", bound=Incoming | Reply)
Take = Callable[[Incoming], Awaitable[Answered | SalesforceError]]


@dataclass(slots=True)
class _Try:
    """One try to get an answer to a call."""

    call: Call
    origin: str
    token: Secret | None
    number: int = 1
    because: str = ""
    started: float = 0.0
    sent: RequestSent | None = field(default=None, repr=False)


class Wire:
    """Sends calls and gives their answers, whatever their status.

    Args:
        policies: how it behaves.
        transport: what stands in for our own connections.
        clock: what the seconds of requests are taken from.
    """

    def __init__(
        self,
        policies: Policies,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.clock = clock
        self.audience = Audience()
        self._policies = policies
        # httpx's client stands between for what is wanted of none here: cookies, redirects, a log of URLs.
        self._transport = transport or Routes(policies.proxy, policies.verify)
        self._timeouts = asdict(policies.timeouts)
        self._headers = httpx.Headers(
            {
                "User-Agent": policies.user_agent,
                "Accept": "application/json",
                # What `unpacking` knows, and nothing that an installed package would add.
                "Accept-Encoding": "gzip",
                "Connection": "keep-alive",
            }
        )
        self._slots = asyncio.Semaphore(policies.concurrency)
        self._closed = False

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
        if not self._closed:
            self._closed = True
            await self._transport.aclose()

    async def _settled(self, call: Call, origin: str, token: Secret | None, take: Take[Answered]) -> Answered:
        now, waited = _Try(call, origin, token), 0.0
        outcome = await self._one(now, take)
        while (again := self._policies.retry.again(call, outcome, now.number, waited)) is not None:
            await asyncio.sleep(again.pause)
            now, waited = _Try(call, origin, token, now.number + 1, again.because), waited + again.pause
            outcome = await self._one(now, take)
        if isinstance(outcome, SalesforceError):
            raise outcome
        return outcome

    async def _one(self, now: _Try, take: Take[Answered]) -> Answered | SalesforceError:
        # A failure is handed back, not raised: no frame that holds headers or half a body travels with it.
        if self._closed:
            return ConnectionFailed("the connection was closed", reason="closed", hint="Open it again.")
        try:
            async with self._slot() if now.call.patience is None else nullcontext():
                outcome = await self._ask(now, take)
        except TimeoutError:
            return RequestTimeout("too many requests are under way", hint="Wait until others have ended.")
        except asyncio.CancelledError:
            if now.sent is not None:
                # It is sure that no answer comes, and whoever follows the requests may know it.
                given_up = SalesforceError("given up: nobody waits for the answer any more")
                self.audience.arrived(now.sent, given_up, self.clock() - now.started, now.token)
            raise
        if now.sent is not None:
            self.audience.arrived(now.sent, outcome, self.clock() - now.started, now.token)
        return outcome

    async def _ask(self, now: _Try, take: Take[Answered]) -> Answered | SalesforceError:
        now.started = self.clock()
        try:
            begun = await self._begin(now)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            begun = failure_of(error, host_of(now.origin))
        except SalesforceError as error:
            begun = error.with_traceback(None)  # the body that was to be sent could not be made
        if isinstance(begun, Incoming):
            return await take(begun)
        self._tell(now, None, {}, 0)
        return begun

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """One of the places for requests that are under way."""
        if self._slots.locked():
            async with asyncio.timeout(self._policies.timeouts.pool):
                await self._slots.acquire()
        else:
            await self._slots.acquire()
        try:
            yield
        finally:
            self._slots.release()

    async def _answer(self, incoming: Incoming) -> Reply | SalesforceError:
        return await incoming.whole(self._policies.largest_body)

    async def _opened(self, incoming: Incoming) -> Incoming | Reply | SalesforceError:
        return incoming if incoming.status < 300 else await self._answer(incoming)

    async def _begin(self, now: _Try) -> Incoming | SalesforceError:
        call, origin = now.call, now.origin
        if not is_path(call.path):
            return ForeignUrl("what should be a path leads away from the org")
        headers, content = await _sent(call, self._policies.compress_from)
        url = f"{origin}{call.path}{call.query}"
        request = httpx.Request(
            call.method,
            url,
            headers=_merged(self._headers, headers),
            content=content,
            extensions={"timeout": self._timeouts_of(call)},
        )
        if _origin_of(request.url) != _parsed_origin(origin):
            return ForeignUrl("the path leads away from the org")
        if now.token is not None:
            if not now.token.fits_header:
                # Below here it would be quoted in a log.
                return RequestRefused("no token has such characters", hint="Copy the access token again.")
            request.headers["Authorization"] = f"Bearer {now.token.reveal()}"
        if self.audience.traces:
            now.sent = self.audience.sent(
                call, url, request.headers, now.token, attempt=now.number, because=now.because
            )
        response = await self._transport.handle_async_request(request)

        def tell(ended: Incoming) -> None:
            self._tell(now, None if ended.failed else ended.status, ended.headers, ended.received)

        return Incoming(response, host_of(origin), tell)

    def _timeouts_of(self, call: Call) -> dict[str, float]:
        return self._timeouts if call.patience is None else {**self._timeouts, "read": call.patience}

    def _tell(self, now: _Try, status: int | None, headers: Mapping[str, str], received: int) -> None:
        if not self.audience.hears_exchanges:
            return
        used, limit = usage_in(headers) if status is not None else (None, None)
        seconds = self.clock() - now.started
        method, path = now.call.method, now.call.path
        self.audience.tell(
            Exchange(method, path, status, seconds, received, used, limit, now.number, now.because)
        )


async def _sent(
    call: Call, compress_from: int | None
) -> tuple[Mapping[str, str], bytes | AsyncIterator[bytes] | None]:
    """The headers and the body to send; a length that is told up front lets the org see a body cut off."""
    content, headers = call.content, call.headers
    if content is None:
        return headers, None
    if not isinstance(content, bytes):
        return {**headers, "Content-Length": str(content.size)}, content.pieces()
    kind = headers.get("Content-Type", "")
    if compress_from is None or len(content) < compress_from or not kind.startswith(_PACKABLE):
        return headers, content
    from gzip import compress

    packed = compress(content, 5) if len(content) < _MUCH else await asyncio.to_thread(compress, content, 5)
    return {**headers, "Content-Encoding": "gzip"}, packed


def _merged(common: httpx.Headers, own: Mapping[str, str]) -> httpx.Headers:
    headers = common.copy()
    headers.update(own)
    return headers


def _origin_of(url: httpx.URL) -> tuple[str, bytes, bytes]:
    return url.scheme, url.netloc, url.userinfo


@lru_cache(maxsize=64)
def _parsed_origin(origin: str) -> tuple[str, bytes, bytes]:
    return _origin_of(httpx.URL(origin))


def _redirected(reply: Reply, origin: str) -> SalesforceError:
    try:
        own_path(reply.headers.get("location", ""), origin)
    except (ForeignUrl, InsecureUrl):
        return ForeignUrl(f"{host_of(origin)} redirects to another host", status=reply.status)
    except MalformedUrl:
        pass  # a path without a slash before it leads to the same host
    return UnexpectedReply(f"{host_of(origin)} redirects to another page", status=reply.status)
