"""How long the demo org takes for a page of a query, against `json.dumps` of its records in the same run.

The page comes over HTTP on loopback and unzipped, from an org that runs in a thread of this process: the time
holds reading the rows, making JSON of them, sending and receiving. It is the processor's time, which a busy
machine changes little. Run by `make bench`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

import httpx

from sfexplorer.demo.server import DemoServer

RUNS = 31
ROWS = 2_000
MOST = 3.0
SOQL = (
    "SELECT Id, FirstName, LastName, Email, Phone, Title, Department, MailingCity, MailingCountry, "
    "CreatedDate, AccountId, Account.Name FROM Contact"
)


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several runs."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


def main() -> int:
    """Prints the figures; gives the exit code."""
    with DemoServer() as server, httpx.Client(base_url=server.url) as client:
        client.headers = httpx.Headers(
            {"Authorization": f"Bearer {server.access_token}", "Accept-Encoding": "identity"}
        )
        path = "/services/data/v60.0/query"
        first = client.get(path, params={"q": SOQL}).json()
        following = first["nextRecordsUrl"]
        assert len(first["records"]) == ROWS
        dumped = milliseconds(lambda: json.dumps(first))
        pages = {
            "first page": milliseconds(lambda: client.get(path, params={"q": SOQL})),
            "next page": milliseconds(lambda: client.get(following)),
        }
    print(f"json.dumps of {ROWS:,} records: {dumped:.1f} ms")
    for name, took in pages.items():
        missed = took > MOST * dumped
        print(f"{name}: {took:.1f} ms, {took / dumped:.2f}x of {MOST:.0f}x{', too slow' if missed else ''}")
    return int(any(took > MOST * dumped for took in pages.values()))


if __name__ == "__main__":
    sys.exit(main())
