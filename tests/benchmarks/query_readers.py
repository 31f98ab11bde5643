"""One reading of a query's rows by one client, in a process of its own; `bench_client_query.py` compares.

python query_readers.py READER URL CA TOKEN   prints JSON: rows, seconds, processor seconds, peak KiB, check
"""

from __future__ import annotations

import asyncio
import json
import resource
import ssl
import sys
import time
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

SOQL = (
    "SELECT Id, FirstName, LastName, Email, Phone, Title, Department, MailingCity, MailingCountry, "
    "CreatedDate, AccountId, Account.Name FROM Contact"
)
VERSION = "60.0"


def simple_salesforce(url: str, ca: str, token: str) -> tuple[int, int]:
    """Rows, and the sum of the lengths of three values of each: all readers touch the same."""
    import requests
    from simple_salesforce.api import Salesforce

    session = requests.Session()
    session.trust_env, session.verify = False, ca
    client = Salesforce(instance_url=url, session_id=token, session=session, version=VERSION)
    count = length = 0
    for record in client.query_all_iter(SOQL):
        count += 1
        length += len(record["Id"]) + len(record["LastName"]) + len(record["Email"] or "")
    return count, length


async def aiosalesforce(url: str, ca: str, token: str) -> tuple[int, int]:
    """The same, by aiosalesforce."""
    import httpx
    from aiosalesforce import Salesforce
    from aiosalesforce.auth import Auth

    class Token(Auth):
        async def _acquire_new_access_token(self, client: Any) -> str:
            return token

    # It talks to names of Salesforce's own only.
    class Front(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            request.url = httpx.URL(url).join(request.url.raw_path.decode())
            return await super().handle_async_request(request)

    count = length = 0
    front = Front(verify=ssl.create_default_context(cafile=ca))
    async with httpx.AsyncClient(transport=front) as http:
        client = Salesforce(http, "https://bench.my.salesforce.com", Token(), version=VERSION)
        async for record in client.query(SOQL):
            count += 1
            length += len(record["Id"]) + len(record["LastName"]) + len(record["Email"] or "")
    return count, length


async def ours(url: str, ca: str, token: str) -> tuple[int, int]:
    """The same, by the client of this project, as its own records."""
    from sfexplorer.client import Connection, OAuth

    count = length = 0
    async with Connection(api_version=VERSION, transport=transport(ca)) as connection:
        async for record in connection.org(OAuth(token, url)).query(SOQL):
            count += 1
            length += len(record["Id"]) + len(record["LastName"]) + len(record["Email"] or "")
    return count, length


async def bare(url: str, ca: str, token: str) -> tuple[int, int]:
    """The same without any client: httpx, msgspec, and nothing more than there must be."""
    import httpx
    import msgspec

    count = length = 0
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
    verify = ssl.create_default_context(cafile=ca)
    async with httpx.AsyncClient(verify=verify, base_url=url, headers=headers) as http:
        path, params = f"/services/data/v{VERSION}/query", {"q": SOQL}
        while path:
            page = msgspec.json.decode((await http.get(path, params=params)).content)
            for record in page["records"]:
                count += 1
                length += len(record["Id"]) + len(record["LastName"]) + len(record["Email"] or "")
            path, params = page.get("nextRecordsUrl", ""), {}
    return count, length


def transport(ca: str) -> Any:
    """What trusts that authority alone."""
    import httpx

    return httpx.AsyncHTTPTransport(verify=ssl.create_default_context(cafile=ca))


Reader = Callable[[str, str, str], tuple[int, int] | Coroutine[Any, Any, tuple[int, int]]]
# What each needs is imported before the clock starts.
READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "simple-salesforce": (simple_salesforce, ("requests", "simple_salesforce")),
    "aiosalesforce": (aiosalesforce, ("httpx", "aiosalesforce", "aiosalesforce.auth")),
    "sfexplorer": (ours, ("httpx", "sfexplorer.client.wire", "sfexplorer.client.query")),
    "httpx and msgspec": (bare, ("httpx", "msgspec")),
}


def main() -> None:
    """Read once, and print the figures."""
    name, url, ca, token = sys.argv[1:]
    read, modules = READERS[name]
    for module in modules:
        import_module(module)
    for _ in range(2):  # the first time, all of them still load and make what they need
        begun, used = time.perf_counter(), time.process_time()
        told = read(url, ca, token)
        rows, check = told if isinstance(told, tuple) else asyncio.run(told)
    figures = {
        "rows": rows,
        "check": check,
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - used,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
