"""Five thousand hostile requests to the demo org, then SQL in every text of a request; run by `make fuzz`.

Whatever comes, the answer is no 500 but an error in Salesforce's form, nothing is raised that nobody
expected, and the tables are afterwards what they were.

    python tests/demo/fuzz.py [COUNT [SEED]]
"""

from __future__ import annotations

import logging
import random
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from sfexplorer.demo.server import DemoServer
from tests.demo.asked import Asked, known_of
from tests.demo.spoiling import content_of, headers_of, injected, spoilt
from tests.demo.valid_requests import valid_requests

COUNT = 5_000
SEED = 5
# Seconds; none of the requests asks for much.
SLOWEST = 5.0
_HOLD = 0.02
# What SQLite says of statements that it was not meant to see, and what Python says of mistakes.
TELLTALES = re.compile(
    r'sqlite|near "|unrecognized token|no such table|fts5:|Traceback|UNKNOWN_EXCEPTION', re.IGNORECASE
)


class Raised(logging.Handler):
    """What the listener has logged of exceptions that nobody expected."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))


@dataclass(slots=True)
class Fuzz:
    """An org that requests are sent to, and what was found out."""

    server: DemoServer
    http: httpx.Client
    raised: Raised
    tables: dict[str, Any]
    defects: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")

    def send(self, asked: Asked) -> None:
        """Send a request and see what comes of it."""
        begun = time.perf_counter()
        try:
            answer = self.http.request(
                asked.method,
                asked.path,
                params=asked.params or None,
                content=content_of(asked),
                headers=headers_of(asked),
            )
        except httpx.TransportError as error:
            self.note(asked, f"no answer: {error!r}")
            return
        took = time.perf_counter() - begun
        self.slowest = max(self.slowest, (took, f"{asked.method} {asked.path}"))
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        wrong = mistake_in(answer) or (f"took {took:.1f} s" if took > SLOWEST else "")
        if wrong:
            self.note(asked, wrong)
        if "/__demo__/" in asked.path:
            self.settle()

    def settle(self) -> None:
        """Put the switches back."""
        org = self.server.org
        org.faults.clear()
        org.hub.hold_seconds, org.hub.most_clients, org.hub.most_events = _HOLD, 10_000, 10_000_000
        self.sign_in()

    def sign_in(self) -> None:
        """Take a session of one's own, since tokens are among what is sent to be revoked."""
        token = self.server.org.sessions.open(self.server.org.administrator.id).token
        self.http.headers["Authorization"] = f"Bearer {token}"

    def valid(self) -> list[Asked]:
        """Requests that the org takes as it is now."""
        return valid_requests(self.server, known_of(self.http))

    def note(self, asked: Asked, wrong: str) -> None:
        """Keep a defect."""
        sent = content_of(asked)[:600]
        self.defects.append(
            f"{asked.method} {asked.path} {asked.params} {asked.headers}\n  {sent!r}\n  {wrong}"
        )

    def harm(self) -> list[str]:
        """What was raised, and what happened to the tables."""
        now = tables_of(self.server)
        return self.raised.told + [
            f"table {name}: {before}, now {now.get(name)}"
            for name, before in self.tables.items()
            if now.get(name) != before
        ]


@contextmanager
def fuzzing() -> Iterator[Fuzz]:
    """A running org, and a listener to what goes wrong in it."""
    raised = Raised()
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(raised)
    propagates, logger.propagate = logger.propagate, False
    try:
        with DemoServer(hold_seconds=_HOLD) as server, httpx.Client(base_url=server.url, timeout=30) as http:
            server.org.allowance.most_calls = 10_000_000
            fuzz = Fuzz(server, http, raised, tables_of(server))
            fuzz.sign_in()
            yield fuzz
    finally:
        logger.removeHandler(raised)
        logger.propagate = propagates


def tables_of(server: DemoServer) -> dict[str, Any]:
    """What no request may change: the statements that made the tables, and that most rows are there."""
    store = server.org.store
    tables = {str(name): statement for name, statement in store.select("SELECT name, sql FROM sqlite_master")}
    # Requests delete some, and with an account goes what belongs to it.
    most = {name: store.count(store.schema[name]) > many for name, many in (("Contact", 4_000), ("User", 11))}
    return {**tables, **most, "integrity": store.select("PRAGMA integrity_check")}


def mistake_in(answer: httpx.Response) -> str:
    """What is wrong with an answer; "" when it is as Salesforce's could be."""
    path, status = answer.request.url.path, answer.status_code
    if re.match("/services/soap/", path, re.IGNORECASE) and status == 500:
        return "" if "Fault>" in answer.text else f"no fault: {answer.text[:300]}"
    if re.match("/services/apexrest/throw", path, re.IGNORECASE) and status == 500:
        return ""
    if status >= 500:
        return f"{status}: {answer.text[:600]}"
    if found := TELLTALES.search(answer.text):
        return f"{status} tells {found[0]!r}: {answer.text[:600]}"
    if status < 400 or answer.request.method == "HEAD":
        return ""
    return (
        ""
        if has_form(answer)
        else f"{status} in no form: {answer.headers.get('content-type')} {answer.text[:300]}"
    )


def has_form(answer: httpx.Response) -> bool:
    """Whether an error is told as the family of its path tells errors."""
    path, kind = answer.request.url.path.lower(), answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html":
        return answer.status_code == 414 or path.startswith(("/services/oauth2/", "/setup/"))
    if kind == "text/plain":
        return path.startswith(("/id/", "/services/oauth2/userinfo"))
    if kind != "application/json":
        # Of the authorize page and of revoking.
        return path.startswith("/services/oauth2/") and answer.text.startswith("error=")
    body = answer.json()
    if isinstance(body, dict):
        # The identity service's errors, and a tree's.
        return bool(body.get("error") and body.get("error_description")) or body.get("hasErrors") is True
    return isinstance(body, list) and bool(body) and all(is_error(each) for each in body)


def is_error(entry: Any) -> bool:
    """Whether this is an entry of Salesforce's error array, or an answer of Bayeux that tells of one."""
    if not isinstance(entry, dict):
        return False
    told = isinstance(entry.get("errorCode"), str) and isinstance(entry.get("message"), str)
    return (told and bool(entry["errorCode"] and entry["message"])) or entry.get("successful") is False


def hostile_requests(fuzz: Fuzz, chance: random.Random) -> Iterator[Asked]:
    """Spoilt requests for ever."""
    while True:
        valid = fuzz.valid()
        # So many are gone, aborted or signed out by then.
        for _ in range(300):
            yield spoilt(chance.choice(valid), chance)


def main(count: int = COUNT, seed: int = SEED) -> int:
    """Sends all requests and tells of each that found a defect; gives the exit code."""
    chance = random.Random(seed)
    with fuzzing() as fuzz:
        for asked in islice(hostile_requests(fuzz, chance), count):
            fuzz.send(asked)
        for valid in fuzz.valid():
            for asked in injected(valid):
                fuzz.send(asked)
        defects = [*fuzz.defects, *fuzz.harm()]
        for each in defects:
            print(each)
        told = ", ".join(f"{status}: {number:,}" for status, number in sorted(fuzz.statuses.items()))
        print(f"{sum(fuzz.statuses.values()):,} answers ({told})")
        print(f"the slowest took {fuzz.slowest[0]:.1f} s: {fuzz.slowest[1][:80]}; {len(defects)} defects")
    return int(bool(defects))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
