"""The road to a host: TLS, proxies and connection pools, each made when first needed.

An SSL context takes 37 ms to make, a third of all that the client needs to start; the demo org on this
machine needs none.
"""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

import httpx

from sfexplorer.client.addresses import is_loopback


class Routes(httpx.AsyncBaseTransport):
    """Sends each request through the pool for its scheme and proxy."""

    def __init__(self) -> None:
        self._pools: dict[tuple[str, str | None], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass the request on; the pool that takes it is kept for the next one."""
        scheme, host = request.url.scheme, request.url.host
        proxy = None if is_loopback(host) else _proxy_for(scheme, host)
        pool = self._pools.get((scheme, proxy))
        if pool is None:
            pool = self._pools[scheme, proxy] = httpx.AsyncHTTPTransport(
                verify=scheme == "https",
                proxy=proxy,
                limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            )
        return await pool.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all pools."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()


def _proxy_for(scheme: str, host: str) -> str | None:
    """The proxy that the environment names for the host, as all tools on the machine read it."""
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    return None if proxy is None or proxy_bypass(host) else proxy
