"""What stands behind the client's wire, measured: httpx's own transport, httpx2's, and one backed by aiohttp.

Each reads 50,000 rows as records and makes 200 small calls, by turns in one process, against one host without
latency; the least counts. What isn't installed is left out: `httpx2` and `httpx-aiohttp` are no dependencies
of this project. It fails never. Run by `make bench`.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
import time
from collections.abc import AsyncIterator, Callable
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import httpx
from bench_client_query import host  # type: ignore[import-not-found]  # beside this script
from query_readers import SOQL, VERSION  # type: ignore[import-not-found]

from sfexplorer.client import Connection, OAuth

ROUNDS = 4
CALLS = 200
Make = Callable[[ssl.SSLContext], httpx.AsyncBaseTransport]


class Httpx2(httpx.AsyncBaseTransport):
    """The transport of httpx2 behind the interface of httpx."""

    def __init__(self, trust: ssl.SSLContext) -> None:
        import httpx2  # type: ignore[import-not-found]

        self._own = httpx2.AsyncHTTPTransport(verify=trust)
        self._request = httpx2.Request

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on, in the other one's words."""
        theirs = await self._own.handle_async_request(
            self._request(
                request.method,
                str(request.url),
                headers=request.headers.raw,
                content=request.content,
                extensions=request.extensions,
            )
        )
        return httpx.Response(theirs.status_code, headers=theirs.headers.raw, stream=Passed(theirs))

    async def aclose(self) -> None:
        """Close its pool."""
        await self._own.aclose()


class Passed(httpx.AsyncByteStream):
    """The body of an answer of httpx2."""

    def __init__(self, response: Any) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_raw():
            yield piece

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self._response.aclose()


def by_aiohttp(trust: ssl.SSLContext) -> httpx.AsyncBaseTransport:
    """aiohttp behind the interface of httpx: no cookies, and bodies as they came."""
    import aiohttp
    from httpx_aiohttp import AiohttpTransport  # type: ignore[import-not-found]

    def session() -> aiohttp.ClientSession:
        connector, jar = aiohttp.TCPConnector(ssl=trust), aiohttp.DummyCookieJar()
        return aiohttp.ClientSession(connector=connector, cookie_jar=jar, auto_decompress=False)

    made: httpx.AsyncBaseTransport = AiohttpTransport(client=session)
    return made


# By the package that each needs.
TRANSPORTS: dict[str, Make] = {
    "httpx": lambda trust: httpx.AsyncHTTPTransport(verify=trust),
    "httpx2": Httpx2,
    "httpx_aiohttp": by_aiohttp,
}


async def measured(make: Make, url: str, ca: str) -> tuple[float, float, float, float]:
    """Seconds and processor seconds for the rows, then for the small calls."""
    trust = ssl.create_default_context(cafile=ca)
    async with Connection(api_version=VERSION, transport=make(trust)) as connection:
        org = connection.org(OAuth("token", url))
        await org.limits()  # the handshake doesn't count
        begun, used = time.perf_counter(), time.process_time()
        assert sum([1 async for record in org.query(SOQL) if record["Id"]]) == 50_000
        between, used_then = time.perf_counter(), time.process_time()
        for _ in range(CALLS):
            await org.limits()
        return (
            between - begun,
            used_then - used,
            time.perf_counter() - between,
            time.process_time() - used_then,
        )


def main() -> int:
    """Prints the figures."""
    there = {name: make for name, make in TRANSPORTS.items() if find_spec(name)}
    with host(0) as at:
        all_figures = [
            {name: asyncio.run(measured(make, at["url"], at["ca"])) for name, make in there.items()}
            for _ in range(ROUNDS)
        ]
    print(f"transports, 50,000 rows and {CALLS} small calls without latency (seconds, of the processor)")
    for name in TRANSPORTS:
        if name not in there:
            print(f"  {name:<14} not installed")
            continue
        rows, rows_cpu, calls, calls_cpu = map(min, zip(*(each[name] for each in all_figures), strict=True))
        told = f"rows {rows:.2f} ({rows_cpu:.2f}), calls {calls:.2f} ({calls_cpu:.2f})"
        print(f"  {name:<14} {version(name.replace('_', '-')):<8} {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
