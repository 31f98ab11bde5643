"""A registered app's way to Salesforce: log in, and work as any number of users over one pool."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal, Self

from sfexplorer.client.addresses import PRODUCTION, SANDBOX, origin_of
from sfexplorer.client.background import Background
from sfexplorer.client.policies import Policies, Timeouts
from sfexplorer.client.retry import Retry
from sfexplorer.client.secret import Secret
from sfexplorer.client.shared import Shared

if TYPE_CHECKING:
    import ssl

    import httpx

    from sfexplorer.client.describecache import DescribeCache
    from sfexplorer.client.exchange import Listener
    from sfexplorer.client.login.authorization import AuthorizationRequest, Option
    from sfexplorer.client.login.host import Grant, LoginHost
    from sfexplorer.client.login.renewal import Renewal
    from sfexplorer.client.oauth import OAuth
    from sfexplorer.client.org import Org
    from sfexplorer.client.session import ApiVersion, OnRefresh
    from sfexplorer.client.tracing import OnRequest, OnResponse

_LOGIN_HOSTS = {"production": PRODUCTION, "sandbox": SANDBOX}
_VERSION = re.compile(r"v?(\d{2,3})(\.0)?")


class Connection:
    """The connected app, and the pool of connections for all its users.

    Args:
        client_id: the connected app's consumer key; not needed with a token in hand.
        client_secret: the connected app's consumer secret.
        redirect_uri: where a browser login comes back to.
        environment: which of Salesforce's login hosts to use, `production` or `sandbox`.
        login_url: another login host: My Domain, or a demo org.
        api_version: `60.0`, `v60.0`, or `latest` for the highest that an org offers.
        timeout: seconds for each phase of a request, or one number for reading.
        retry: what is sent again, and when.
        concurrency: how many requests are under way at once; the others wait.
        compress_from: bytes from which on a body is sent as gzip; None packs none.
        largest_body: bytes of an answer, unpacked, that are read at most.
        user_agent: what the org's own logs show of this client; by default `sfexplorer/VERSION`.
        proxy: a proxy for all hosts but this machine; by default the environment's, "" for none.
        verify: a file or folder of certificates to trust instead of the usual ones, or an SSL context.
        on_request: is called with a `RequestSent` before each request, secrets masked.
        on_response: is called with a `ResponseArrived` after it.
        transport: stands in for our own connections.
        describe_cache: a folder, or something else, that keeps describes for the next session; without one
            they are kept in memory alone.
        clock: what the seconds of requests are taken from.

    `background` holds what goes on beside the requests: `await connection.background.join()` waits for it.

    Raises:
        UrlRefused: the login URL is no https address (or http on this machine).
        ValueError: the API version is none, or another setting can't be followed.
    """

    def __init__(
        self,
        *,
        client_id: str = "",
        client_secret: str | Secret = "",
        redirect_uri: str = "",
        environment: Literal["production", "sandbox"] = "production",
        login_url: str | None = None,
        api_version: str | float = "latest",
        timeout: Timeouts | float = Timeouts(),  # noqa: B008 - frozen
        retry: Retry = Retry(),  # noqa: B008 - frozen
        concurrency: int = 100,
        compress_from: int | None = 64 * 1024,
        largest_body: int = 256 * 1024 * 1024,
        user_agent: str = "",
        proxy: str | Secret | None = None,
        verify: str | Path | ssl.SSLContext | None = None,
        on_request: OnRequest | None = None,
        on_response: OnResponse | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        describe_cache: DescribeCache | Path | str | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        # Here, not above: the HTTP library takes longer to load than all that is ours.
        from sfexplorer.client.session import ask_versions
        from sfexplorer.client.wire import Wire

        self.client_id = client_id
        self.client_secret = Secret(client_secret)
        self.redirect_uri = redirect_uri
        if environment not in _LOGIN_HOSTS:
            # To guess could log a test into production.
            raise ValueError(f"no environment: {environment!r}; it is production or sandbox")
        self.login_url = origin_of(login_url or _LOGIN_HOSTS[environment])
        self.requested_api_version = _normal_version(api_version)
        policies = Policies(
            timeouts=timeout if isinstance(timeout, Timeouts) else Timeouts(read=timeout),
            retry=retry,
            concurrency=concurrency,
            compress_from=compress_from,
            largest_body=largest_body,
            user_agent=user_agent or Policies().user_agent,
            proxy=None if proxy is None else Secret(proxy),
            verify=Path(verify) if isinstance(verify, str) else verify,
        )
        self._wire = Wire(policies, transport=transport, clock=clock)
        self._wire.audience.trace(on_request, on_response)
        self._versions = Shared(partial(ask_versions, self._wire))
        self.background = Background()
        if isinstance(describe_cache, Path | str):
            from sfexplorer.client.describefiles import DescribeFiles

            describe_cache = DescribeFiles(describe_cache)
        self._describe_cache = describe_cache

    def authorization_url(
        self, *, scope: str | Sequence[str] = "", state: str | None = None, **options: Option
    ) -> AuthorizationRequest:
        """Begin a login in a browser: the page to open; its `grant(callback)` makes the grant to log in with.

        Args:
            scope: what the token may do: `api refresh_token`, or a sequence of such.
            state: a text that comes back as it is; by default a random one, against forged callbacks.
            options: further parameters, several words as a sequence: `prompt`, `display`, `login_hint`,
                `nonce`, `immediate`, `response_type`.
        """
        from sfexplorer.client.login.authorization import authorization_request

        return authorization_request(
            self.login_url, self.client_id, self.redirect_uri, scope=scope, state=state, options=options
        )

    async def login(self, grant: Grant, *, on_refresh: OnRefresh | None = None) -> Org:
        """Log in, and give the org to work with; it logs in again by itself where the grant allows that.

        Raises:
            LoginFailed: the org refused.
            SalesforceError: the login host can't be reached or gives no token.
        """
        from sfexplorer.client.login.renewal import Renewal

        oauth = await grant.authenticate(self._host)
        return self._opened(oauth, Renewal(self._host, grant), on_refresh)

    def org(self, oauth: OAuth, *, on_refresh: OnRefresh | None = None) -> Org:
        """The org of a token in hand, renewed by its refresh token where it has one.

        This asks the network nothing.
        """
        from sfexplorer.client.login.renewal import Renewal

        return self._opened(oauth, Renewal(self._host), on_refresh)

    async def versions(self) -> list[ApiVersion]:
        """The API versions that the login host offers, oldest first."""
        return list(await self._versions.get(self.login_url, refresh=True))

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with an `Exchange` after each request; the function given back ends that."""
        return self._wire.audience.listen(listener)

    def trace(
        self, on_request: OnRequest | None = None, on_response: OnResponse | None = None
    ) -> Callable[[], None]:
        """Show each request and each answer, secrets masked; the function given back ends that.

        Bodies are made readable only where their `text()` is asked for.
        """
        return self._wire.audience.trace(on_request, on_response)

    async def aclose(self) -> None:
        """Close all connections."""
        await self.background.aclose()
        await self._wire.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<Connection {self.login_url}>"

    @property
    def _host(self) -> LoginHost:
        from sfexplorer.client.login.host import LoginHost

        return LoginHost(self._wire, self.login_url, self.client_id, self.client_secret, self.redirect_uri)

    def _opened(self, oauth: OAuth, renewal: Renewal, on_refresh: OnRefresh | None) -> Org:
        from sfexplorer.client.org import Org
        from sfexplorer.client.session import Session

        return Org(
            Session(
                self._wire,
                oauth,
                api_version=self.requested_api_version,
                versions=self._versions,
                renewal=renewal,
                on_refresh=on_refresh,
                describe_cache=self._describe_cache,
                background=self.background,
            )
        )


def _normal_version(version: str | float) -> str:
    if version == "latest":
        return "latest"
    told = _VERSION.fullmatch(str(version).strip())
    if told is None:
        raise ValueError(f"no API version: {version!r}; write it like 60.0, or latest")
    return f"{told[1]}.0"
