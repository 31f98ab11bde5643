"""A registered app's way to Salesforce: log in, and work as any number of users over one pool."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import urlencode

from sfexplorer.client.addresses import PRODUCTION, SANDBOX, origin_of
from sfexplorer.client.exchange import Call, Listener
from sfexplorer.client.grants import Grant
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.org import Org
from sfexplorer.client.refusals import refusal_of
from sfexplorer.client.retry import Retry
from sfexplorer.client.secret import Secret
from sfexplorer.client.session import ApiVersion, OnRefresh, Session, ask_versions
from sfexplorer.client.wire import Timeouts, Wire

if TYPE_CHECKING:
    import httpx

_VERSION = re.compile(r"v?(\d{2,3})(\.0)?")


class Connection:
    """The connected app, and the pool of connections for all its users.

    Args:
        client_id: the connected app's consumer key; not needed with a token in hand.
        client_secret: the connected app's consumer secret.
        redirect_uri: where a browser login comes back to.
        environment: which of Salesforce's login hosts to use.
        login_url: another login host: My Domain, or a demo org.
        api_version: `60.0`, `v60.0`, or `latest` for the highest that an org offers.
        timeout: seconds for each phase of a request, or one number for reading.
        retry: what is sent again, and when.
        transport: stands in for our own connections.
        clock: what the seconds of requests are taken from.

    Raises:
        UrlRefused: the login URL is no https address (or http on this machine).
        ValueError: the API version is none.
    """

    def __init__(
        self,
        *,
        client_id: str = "",
        client_secret: str | Secret = "",
        redirect_uri: str = "",
        environment: Literal["production", "sandbox"] = "production",
        login_url: str | None = None,
        api_version: str = "latest",
        timeout: Timeouts | float = Timeouts(),  # noqa: B008 - frozen
        retry: Retry = Retry(),  # noqa: B008 - frozen
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.client_id = client_id
        self.client_secret = Secret(client_secret)
        self.redirect_uri = redirect_uri
        self.login_url = origin_of(login_url or (SANDBOX if environment == "sandbox" else PRODUCTION))
        self.requested_api_version = _normal_version(api_version)
        timeouts = timeout if isinstance(timeout, Timeouts) else Timeouts(read=timeout)
        self._wire = Wire(timeouts=timeouts, retry=retry, transport=transport, clock=clock)

    async def login(self, grant: Grant, *, on_refresh: OnRefresh | None = None) -> Org:
        """Log in, and give the org to work with; it logs in again by itself where the grant allows that.

        Raises:
            LoginFailed: the org refused.
            SalesforceError: the login host can't be reached or gives no token.
        """

        async def renew() -> OAuth:
            return await self._authenticate(grant)

        oauth = await renew()
        session = Session(
            self._wire,
            oauth,
            api_version=self.requested_api_version,
            renew=renew if grant.repeatable else None,
            on_refresh=on_refresh,
        )
        return Org(session)

    def org(self, oauth: OAuth) -> Org:
        """The org of a token in hand. This asks the network nothing."""
        return Org(Session(self._wire, oauth, api_version=self.requested_api_version))

    async def versions(self) -> list[ApiVersion]:
        """The API versions that the login host offers, oldest first."""
        return await ask_versions(self._wire, self.login_url)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with an `Exchange` after each request; the function given back ends that."""
        return self._wire.listen(listener)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._wire.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<Connection {self.login_url}>"

    async def _authenticate(self, grant: Grant) -> OAuth:
        call = Call(
            "POST",
            "/services/oauth2/token",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=self._form(grant),
            purpose="login",
        )
        reply = await self._wire.send(call, self.login_url)
        if reply.status != 200:
            raise refusal_of(reply, "login")
        return OAuth.from_json(reply.body)

    def _form(self, grant: Grant) -> bytes:
        app = {"client_id": self.client_id, "client_secret": self.client_secret.reveal()}
        return urlencode({**grant.form(), **{name: text for name, text in app.items() if text}}).encode()


def _normal_version(version: str) -> str:
    if version == "latest":
        return version
    told = _VERSION.fullmatch(version.strip())
    if told is None:
        raise ValueError(f"no API version: {version!r}; write it like 60.0, or latest")
    return f"{told[1]}.0"
