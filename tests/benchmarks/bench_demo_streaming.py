"""How many events a second the demo org tells to 20 subscribers, and what 200 held connects cost it."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sfexplorer.demo import process

DATA = "/services/data/v60.0"
SUBSCRIBERS, POLLS = 20, 200
RATE, SECONDS = 1_000, 5
# A tenth of a second's worth of events in each push.
PER_PUSH = RATE // 10


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to the org: bare HTTP, since a client library takes longer than the org."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: str

    @classmethod
    async def open(cls, org: process.DemoProcess) -> Line:
        """A new connection."""
        address = urlsplit(org.facts["url"])
        reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=2**24)
        token = org.facts["access_token"]
        return cls(reader, writer, f"Host: {address.netloc}\r\nAuthorization: Bearer {token}\r\n")

    async def post(self, path: str, body: Any) -> Any:
        """The JSON answer to a JSON body."""
        content = msgspec.json.encode(body)
        head = f"POST {path} HTTP/1.1\r\n{self.head}Content-Length: {len(content)}\r\n\r\n"
        self.writer.write(head.encode() + content)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        length = next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length:"))
        answer = msgspec.json.decode(await self.reader.readexactly(length))
        assert lines[0].split()[1] in ("200", "201"), answer
        return answer

    async def say(self, *messages: dict[str, Any]) -> list[dict[str, Any]]:
        """The answers to some Bayeux messages."""
        answers: list[dict[str, Any]] = await self.post("/cometd/60.0", messages)
        return answers


@asynccontextmanager
async def running_org() -> AsyncIterator[process.DemoProcess]:
    """An org in a process of its own."""
    org = await process.start()
    try:
        yield org
    finally:
        await org.stop()


def busy_seconds(org: process.DemoProcess) -> float:
    """How long the org's process has used a core."""
    fields = Path(f"/proc/{org.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def listening(line: Line, channel: str) -> dict[str, Any]:
    """A connect message of a new session that listens to a channel."""
    hand = {"channel": "/meta/handshake", "supportedConnectionTypes": ["long-polling"]}
    session = {"clientId": (await line.say(hand))[0]["clientId"]}
    connect = {"channel": "/meta/connect", "connectionType": "long-polling", **session}
    answers = await line.say(connect, {"channel": "/meta/subscribe", "subscription": channel, **session})
    assert all(each["successful"] for each in answers), answers
    return connect


async def hear(line: Line, connect: dict[str, Any], count: int) -> list[float]:
    """How late each of so many events came, all of them in their order."""
    delays: list[float] = []
    while len(delays) < count:
        answers = await line.say(connect)
        now = time.time()
        for event in answers[:-1]:
            number, _, sent = event["data"]["payload"].partition(" ")
            assert int(number) == len(delays), f"event {number} came in the place of {len(delays)}"
            delays.append(now - float(sent))
    return delays


async def throughput() -> None:
    """Pushes at a steady rate, and counts what arrives."""
    async with running_org() as org:
        line = await Line.open(org)
        made = await line.post(f"{DATA}/sobjects/StreamingChannel", {"Name": "/u/bench"})
        path = f"{DATA}/sobjects/StreamingChannel/{made['id']}/push"
        lines = [await Line.open(org) for _ in range(SUBSCRIBERS)]
        connects = [await listening(each, "/u/bench") for each in lines]
        hearing = [
            asyncio.create_task(hear(each, connect, RATE * SECONDS))
            for each, connect in zip(lines, connects, strict=True)
        ]
        began, busy = time.perf_counter(), busy_seconds(org)
        for number in range(0, RATE * SECONDS, PER_PUSH):
            await asyncio.sleep(max(0, began + number / RATE - time.perf_counter()))
            stamp = time.time()
            events = [{"payload": f"{number + index} {stamp}"} for index in range(PER_PUSH)]
            await line.post(path, {"pushEvents": events})
        delays = [delay for each in await asyncio.gather(*hearing) for delay in each]
        took = time.perf_counter() - began
        share = (busy_seconds(org) - busy) / took
    latest = statistics.quantiles(delays, n=100)[-1]
    print(
        f"{SUBSCRIBERS} subscribers: {RATE * SECONDS / took:,.0f} events/s each, none lost, "
        f"{statistics.median(delays) * 1000:.0f} ms late (p99 {latest * 1000:.0f}), {share:.0%} of a core"
    )


async def idling() -> None:
    """Holds connects, and looks what they cost."""
    async with running_org() as org:
        await (await Line.open(org)).post(f"{DATA}/sobjects/StreamingChannel", {"Name": "/u/bench"})
        alone = await share_of_a_core(org)
        lines = [await Line.open(org) for _ in range(POLLS)]
        connects = [await listening(each, "/u/bench") for each in lines]
        held = [asyncio.create_task(each.say(connect)) for each, connect in zip(lines, connects, strict=True)]
        await asyncio.sleep(1)
        share = await share_of_a_core(org)
        assert not any(each.done() for each in held)
        for each in held:
            each.cancel()
        await asyncio.gather(*held, return_exceptions=True)
    print(f"{POLLS} held connects: {share:.2%} of a core ({alone:.2%} without)")


async def share_of_a_core(org: process.DemoProcess) -> float:
    """How much of a core the org uses for some seconds."""
    before = busy_seconds(org)
    await asyncio.sleep(SECONDS * 2)
    return (busy_seconds(org) - before) / SECONDS / 2


if __name__ == "__main__":
    asyncio.run(throughput())
    asyncio.run(idling())
