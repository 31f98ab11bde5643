"""The road to a host: TLS, proxies and connection pools, each made when first needed.

An SSL context takes 37 ms to make, a third of all that the client needs to start; the demo org on this
machine needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

import httpx

from sfexplorer.client.addresses import is_loopback
from sfexplorer.client.errors import ConnectionFailed
from sfexplorer.client.failures import causes, is_of_tls
from sfexplorer.client.policies import is_proxy
from sfexplorer.client.releasing import answer_through
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

_PROXY_HINT = "Check HTTPS_PROXY and NO_PROXY, or the proxy that is set."
_TRUST_HINT = "Check SSL_CERT_FILE and SSL_CERT_DIR, or the file with certificates that is set."


class Routes(httpx.AsyncBaseTransport):
    """Sends each request through the pool for its scheme and proxy.

    Args:
        proxy: the proxy for all hosts but this machine; None takes the environment's, an empty one none.
        verify: certificates to trust, or a context; None takes the environment's.
    """

    def __init__(self, proxy: Secret | None = None, verify: Path | ssl.SSLContext | None = None) -> None:
        self._proxy = proxy
        self._verify = verify
        self._pools: dict[tuple[str, Secret], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass the request on; the pool that takes it is kept for the next one."""
        scheme = request.url.scheme
        proxy = self._proxy_for(scheme, request.url.host)
        pool = self._pools.get((scheme, proxy))
        if pool is None:
            pool = self._pools[scheme, proxy] = self._pool(scheme, proxy)
        try:
            return await answer_through(pool, request)
        except httpx.ConnectError as error:
            if not proxy or any(is_of_tls(cause) for cause in causes(error)):
                raise
        # It is the proxy that can't be reached; whether the org could, nobody knows.
        raise httpx.ProxyError("the proxy can't be reached")

    async def aclose(self) -> None:
        """Close all pools."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    def _pool(self, scheme: str, proxy: Secret) -> httpx.AsyncHTTPTransport:
        if proxy and not is_proxy(proxy):
            raise _no_proxy()
        trust = self._trust() if scheme == "https" else False
        try:
            return httpx.AsyncHTTPTransport(
                verify=trust,
                proxy=proxy.reveal() or None,
                # How many are under way is limited before they come here.
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
            )
        except (ValueError, httpx.InvalidURL, ImportError):
            pass  # their words quote the proxy's address, and that may hold a password
        raise _no_proxy()

    def _trust(self) -> ssl.SSLContext:
        import ssl

        if isinstance(self._verify, ssl.SSLContext):
            return self._verify
        try:
            if self._verify is None:
                return httpx.create_ssl_context()
            if self._verify.is_dir():
                return ssl.create_default_context(capath=self._verify)
            return ssl.create_default_context(cafile=self._verify)
        except (OSError, ValueError):
            pass  # an error of the TLS library is an OSError too
        raise ConnectionFailed("the certificates to trust can't be read", reason="tls", hint=_TRUST_HINT)

    def _proxy_for(self, scheme: str, host: str) -> Secret:
        # To this machine there is plain http, and a proxy elsewhere would see the token.
        if is_loopback(host):
            return Secret("")
        return self._proxy if self._proxy is not None else Secret(_proxy_of_environment(scheme, host) or "")


def _proxy_of_environment(scheme: str, host: str) -> str | None:
    """The proxy that the environment names for the host, as all tools on the machine read it."""
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _no_proxy() -> ConnectionFailed:
    return ConnectionFailed("the proxy is none that can be used", reason="proxy", hint=_PROXY_HINT)
