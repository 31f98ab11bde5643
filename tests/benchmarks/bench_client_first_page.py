"""When the first record of a query is there, as a ratio to one bare request for the same page.

By turns in one process, over a connection that is open; the middle of many. Run by `make bench`; it fails
above 1.1 of a request by httpx whose body is decoded by msgspec, and, at 20 ms of latency, the least that a
line to Salesforce has, above 1.1 of the request alone.
"""

from __future__ import annotations

import asyncio
import ssl
import statistics
import sys
import time

import httpx
import msgspec
from bench_client_query import host  # type: ignore[import-not-found]  # beside this script
from query_readers import SOQL, VERSION, transport  # type: ignore[import-not-found]

from sfexplorer.client import Connection, OAuth

TURNS = 100
LIMIT = 1.1


async def measured(url: str, ca: str) -> tuple[float, float, float]:
    """Seconds for a request, for the decoding of its body, and for a first record."""
    headers = {"Authorization": "Bearer token", "Accept-Encoding": "gzip"}
    verify = ssl.create_default_context(cafile=ca)
    requests, decodings, pages = [], [], []
    async with (
        Connection(api_version=VERSION, transport=transport(ca)) as connection,
        httpx.AsyncClient(verify=verify, base_url=url, headers=headers) as http,
    ):
        org = connection.org(OAuth("token", url))
        for _ in range(TURNS):
            begun = time.perf_counter()
            body = (await http.get(f"/services/data/v{VERSION}/query", params={"q": SOQL})).content
            arrived = time.perf_counter()
            assert msgspec.json.decode(body)["records"][0]["Id"]
            decoded = time.perf_counter()
            assert (await org.query(SOQL).first_page()).records[0]["Id"]
            pages.append(time.perf_counter() - decoded)
            requests.append(arrived - begun)
            decodings.append(decoded - arrived)
    return statistics.median(requests), statistics.median(decodings), statistics.median(pages)


def main() -> int:
    """Prints the ratios; gives the exit code."""
    missed = False
    for latency in (0, 20):
        with host(latency) as at:
            request, decoding, page = asyncio.run(measured(at["url"], at["ca"]))
        alone, whole = page / request, page / (request + decoding)
        missed = missed or whole > LIMIT or (latency > 0 and alone > LIMIT)
        took = f"{page * 1000:.1f} ms, {alone:.2f} of a request, {whole:.2f} of one that is decoded"
        print(f"first page at {latency:>2} ms: {took} (promised {LIMIT})")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
