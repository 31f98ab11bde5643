"""What a million rows held for display cost: memory above a client with one page, and a look anywhere.

The pages come from a host in this process, plain as they are: packing them is the client's part too. Run by
`make bench`; it fails above 150 MB, or when 5 % of the looks take 10 ms or more.
"""

from __future__ import annotations

import asyncio
import gc
import random
import resource
import statistics
import sys
import time
from collections.abc import Sequence

import httpx
from query_host import BATCH, page  # type: ignore[import-not-found]  # beside this script

from sfexplorer.client import Connection, OAuth, Page

ROWS = 1_000_000
LOOKS = 300
MOST_BYTES = 150e6
MOST_MILLISECONDS = 10.0


class Host(httpx.AsyncBaseTransport):
    """Answers in place of the network."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The page that is asked for, made now."""
        name = request.url.path.rpartition("-")[2]
        body = await asyncio.to_thread(page, int(name) if name.isdigit() else 0, ROWS)
        return httpx.Response(200, stream=httpx.ByteStream(body))


def resident() -> int:
    """Bytes of memory that the process has now."""
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * resource.getpagesize()


def looks(pages: Sequence[Page]) -> list[float]:
    """Milliseconds of the processor's time for looks at a screen of rows, in pages chosen by chance."""
    chance = random.Random(7)
    times = []
    for _ in range(LOOKS):
        chosen, at = chance.choice(pages), chance.randrange(BATCH - 40)
        begun = time.process_time()
        assert len(chosen.rows[at : at + 40]) == 40
        times.append((time.process_time() - begun) * 1000)
    return times


async def measured() -> tuple[int, list[float]]:
    """Bytes that the rows take, and milliseconds of looks at them."""
    async with Connection(api_version="60.0", transport=Host()) as connection:
        org = connection.org(OAuth("token", "https://bench.my.salesforce.com"))
        await org.query("SELECT Id FROM Contact").first_page()
        gc.collect()
        base = resident()
        query = org.query("SELECT Id FROM Contact", pages_at_once=1)
        pages = [page async for page in query.pages()]
        gc.collect()
        assert query.rows_loaded == ROWS
        return resident() - base, looks(pages)


def main() -> int:
    """Prints the figures; gives the exit code."""
    held, times = asyncio.run(measured())
    usual, most = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{ROWS:,} rows: {held / 1e6:.0f} MB, promised {MOST_BYTES / 1e6:.0f}")
    print(f"a look anywhere: {usual:.1f} ms, p95 {most:.1f} ms, promised {MOST_MILLISECONDS:.0f}")
    return int(held > MOST_BYTES or most >= MOST_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
