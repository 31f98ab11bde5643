"""One user's requests to one org: token, API version, and the renewal of a token that has expired."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import TYPE_CHECKING

import msgspec

from sfexplorer.client.background import Background
from sfexplorer.client.errors import LoginFailed, SessionExpired, UnexpectedReply
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.refusals import refusal_of, token_refused
from sfexplorer.client.secret import Secret
from sfexplorer.client.shared import Shared

if TYPE_CHECKING:
    from sfexplorer.client.describecache import DescribeCache
    from sfexplorer.client.incoming import Incoming
    from sfexplorer.client.login.renewal import Renewal
    from sfexplorer.client.oauth import OAuth
    from sfexplorer.client.wire import Answered, Wire

    OnRefresh = Callable[[OAuth], Awaitable[None] | None]
    Ask = Callable[[Call, str, Secret], Awaitable[Answered]]


_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


class ApiVersion(msgspec.Struct, frozen=True):
    """One version of the API that an org offers: `Winter '24`, `/services/data/v59.0`, `59.0`."""

    version: str
    url: str
    label: str = ""


class Session:
    """Sends calls to the token's own origin, with the token.

    Args:
        wire: what sends.
        oauth: the token to begin with.
        api_version: `latest`, or the number as Salesforce writes it: `60.0`.
        versions: tells what a host offers; all users of a host ask it but once.
        renewal: gets a new token where that is possible without the user.
        on_refresh: is told of each new token; the request that was the first to want one waits for it.
        describe_cache: keeps describes until the next session.
        background: holds what goes on beside the requests.
    """

    def __init__(
        self,
        wire: Wire,
        oauth: OAuth,
        *,
        api_version: str,
        versions: Shared[str, list[ApiVersion]],
        renewal: Renewal,
        on_refresh: OnRefresh | None = None,
        describe_cache: DescribeCache | None = None,
        background: Background | None = None,
    ) -> None:
        self.clock = wire.clock
        self.requested_api_version = api_version
        self.describe_cache = describe_cache
        self.background = background or Background()
        self._held = _Held(oauth)
        self._wire = wire
        self._renewal = renewal
        self._on_refresh = on_refresh
        self._versions = versions
        self._renewals = Shared(self._renew)
        self.area = ""
        self.headers: Mapping[str, str] = {}

    @property
    def oauth(self) -> OAuth:
        """The token in use; another one after a renewal."""
        return self._held.oauth

    def below(self, part: str) -> Session:
        """The same session for resources that lie deeper: `tooling`. Token and renewal are shared."""
        view = copy(self)
        view.area = f"{part}/"
        return view

    def with_headers(self, headers: Mapping[str, str]) -> Session:
        """The same session, whose requests have further headers. Token and renewal are shared.

        Raises:
            ValueError: one can't be a header.
        """
        for name, value in headers.items():
            if not (_HEADER_NAME.fullmatch(name) and value.isascii() and value.isprintable()):
                raise ValueError(f"that can't be a header: {name!r}")
        view = copy(self)
        view.headers = {**self.headers, **headers}
        return view

    async def send(self, call: Call, *, accept: Collection[int] = ()) -> Reply:
        """The answer of a request that succeeded; an expired token is renewed and the request repeated, once.

        Args:
            call: what to send.
            accept: statuses from 300 on that are answers too.

        Raises:
            SessionExpired: the token is no longer good, and a renewal was not possible or was refused.
            UnexpectedReply: a save is answered by something else than the org: a page in place of JSON.
            SalesforceError: no answer came, or one that says no.
        """
        reply = await self._renewing(call, self._wire.send)
        if reply.status >= 300 and reply.status not in accept:
            raise refusal_of(reply, call.purpose)
        if call.purpose == "save" and reply.body:
            # Most saves are answered by nothing, so nobody would look at what came in the org's stead.
            reply.decode(msgspec.Raw)
        return reply

    async def ask(self, call: Call) -> Reply:
        """The answer as it came, whatever its status; whoever asks sees to a token that has expired.

        Raises:
            SalesforceError: no answer came.
        """
        used = self.oauth
        return await self._wire.send(self._completed(call), used.instance_url, used.access_token)

    async def open(self, call: Call) -> Incoming:
        """As `send`, with the body of the answer still on its way; whoever gets it has to close it.

        Raises:
            SalesforceError: as for `send`.
        """
        answered = await self._renewing(call, self._wire.open)
        if isinstance(answered, Reply):
            raise refusal_of(answered, call.purpose)
        return answered

    async def _renewing(self, call: Call, ask: Ask[Answered]) -> Answered:
        used, call = self.oauth, self._completed(call)
        answered = await ask(call, used.instance_url, used.access_token)
        refused = isinstance(answered, Reply) and token_refused(answered)
        if refused and await self.renew(used):
            answered = await ask(call, self.oauth.instance_url, self.oauth.access_token)
        return answered

    def _completed(self, call: Call) -> Call:
        return replace(call, headers={**self.headers, **call.headers}) if self.headers else call

    async def renew(self, refused: OAuth) -> bool:
        """Have another token in use than the refused one; False where there is no way to get one.

        Raises:
            SessionExpired: the renewal was refused.
        """
        if not self._renewal.is_possible(refused):
            return False
        if self.oauth is refused:
            await self._renewals.get("", refresh=True)
            await self._tell()
        return True

    async def path(self, suffix: str) -> str:
        """The path of a REST resource in the API version in use: `sobjects/Account/describe`."""
        return f"/services/data/v{await self.api_version()}/{self.area}{suffix}"

    async def api_version(self) -> str:
        """The version in use; `latest` is the highest that the org offers."""
        if self.requested_api_version != "latest":
            return self.requested_api_version
        offered = await self.versions()
        return max((each.version for each in offered), key=version_order)

    async def versions(self, *, refresh: bool = False) -> list[ApiVersion]:
        """All versions that the org offers, oldest first."""
        return list(await self._versions.get(self.oauth.instance_url, refresh=refresh))

    async def _renew(self, _: str) -> None:
        """Get another token, for all who were refused with the same one."""
        held = self._held
        # A password refused once is not tried again: some more tries would lock the user out.
        if held.refused is None:
            try:
                held.oauth, held.is_told = await self._renewal.renew(held.oauth), False
            except LoginFailed as error:
                held.refused = error
        if held.refused is not None:
            raise _expired(held.refused) from held.refused

    async def _tell(self) -> None:
        """Have a new token kept, once; not while it is got: who keeps it may ask the org something."""
        held = self._held
        if held.is_told or self._on_refresh is None:
            return
        held.is_told = True
        if isawaitable(kept := self._on_refresh(held.oauth)):
            await kept


@dataclass(slots=True)
class _Held:
    """The token in use, and what is known of its renewal."""

    oauth: OAuth
    is_told: bool = True
    refused: LoginFailed | None = None


def _expired(refused: LoginFailed) -> SessionExpired:
    return SessionExpired(
        f"the session has expired, and {refused.message}",
        code=refused.code,
        status=401,
        request_id=refused.request_id,
    )


async def ask_versions(wire: Wire, origin: str) -> list[ApiVersion]:
    """The API versions that a host offers, oldest first; this needs no token."""
    reply = await wire.send(Call("GET", "/services/data"), origin)
    if reply.status >= 300:
        raise refusal_of(reply, "read")
    offered = [each for each in reply.decode(list[ApiVersion]) if version_order(each.version)]
    if not offered:
        raise UnexpectedReply("the host offers no API version")
    return sorted(offered, key=lambda each: version_order(each.version))


def version_order(version: str) -> float:
    """A number to sort versions by: as texts, 9.0 would come after 60.0. 0 for what is no version."""
    try:
        return float(version)
    except ValueError:
        return 0.0
