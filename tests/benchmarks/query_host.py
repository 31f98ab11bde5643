"""An HTTPS host with the pages of one query, made beforehand: it takes no time of its own but the latency.

Its `limits` are none: the smallest call there is.

python query_host.py CERTIFICATES ROWS LATENCY_MS    prints JSON (url, ca), serves until stdin closes
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
from pathlib import Path
from typing import Any

import trustme
import uvicorn

BATCH = 2_000
PATH = "/services/data/v60.0/query"
CURSOR = "01g5g0000000005AAA"
NOTHING = gzip.compress(b"{}")


def row(number: int) -> dict[str, Any]:
    """A contact of 12 fields, the account's name among them."""
    sobjects = "/services/data/v60.0/sobjects"
    contact, account = f"0035g{number:010d}AAA", f"0015g{number % 997:010d}AAA"
    return {
        "attributes": {"type": "Contact", "url": f"{sobjects}/Contact/{contact}"},
        "Id": contact,
        "FirstName": ("Ada", "Grace", "Edsger", "Barbara")[number % 4],
        "LastName": f"Lovelace {number}",
        "Email": f"person.{number}@example.com",
        "Phone": f"+44 20 {number * 7919 % 10**8:08d}",
        "Title": ("Analyst", "Engineer", None)[number % 3],
        "Department": ("Research", "Operations", "Sales")[number % 3],
        "MailingCity": ("London", "Arlington", "Rotterdam", "Los Angeles")[number % 4],
        "MailingCountry": ("GB", "US", "NL")[number % 3],
        "CreatedDate": f"2026-03-{number % 28 + 1:02d}T09:{number % 60:02d}:00.000+0000",
        "AccountId": account,
        "Account": {
            "attributes": {"type": "Account", "url": f"{sobjects}/Account/{account}"},
            "Name": f"Analytical Engines {number % 997}",
        },
    }


def page(offset: int, total: int) -> bytes:
    """The page that begins with that row."""
    after = min(offset + BATCH, total)
    told: dict[str, Any] = {"totalSize": total, "done": after == total}
    if after < total:
        told["nextRecordsUrl"] = f"{PATH}/{CURSOR}-{after}"
    return json.dumps(
        told | {"records": list(map(row, range(offset, after)))}, separators=(",", ":")
    ).encode()


class Pages:
    """The ASGI application.

    Args:
        total: rows in all.
        latency: seconds before each answer.
    """

    def __init__(self, total: int, latency: float) -> None:
        self._latency = latency
        self._bodies = {offset: gzip.compress(page(offset, total), 6) for offset in range(0, total, BATCH)}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        name = scope["path"].rpartition("-")[2]
        body = NOTHING if name.endswith("/limits") else self._bodies[int(name) if name.isdigit() else 0]
        await asyncio.sleep(self._latency)
        headers = [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def serve(folder: Path, total: int, latency: float) -> None:
    """Serve until stdin closes."""
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    ca, key, chain = (folder / name for name in ("ca.pem", "key.pem", "chain.pem"))
    authority.cert_pem.write_to_path(ca)
    certificate.private_key_pem.write_to_path(key)
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(chain, append=number > 0)
    config = uvicorn.Config(
        Pages(total, latency), port=0, log_level="error", ssl_keyfile=str(key), ssl_certfile=str(chain)
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    print(json.dumps({"url": f"https://localhost:{port}", "ca": str(ca)}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000))
