"""How many events a second a stream takes at 1, 50 and 500 an answer, beside a bare loop of httpx.

The bare loop decodes what it gets and counts; the stream tells double from new, keeps its place and hands
over typed events one by one. The host is a process of its own and has all answers ready. By turns, the best
round counts. Run by `make bench`; it fails where 5,000 events take more than half a second of the processor.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe

import httpx
import msgspec

from sfexplorer.client import Connection, OAuth

CHANNEL = "/u/bench"
# How many events go with an answer, and how many answers there are.
SIZES = {1: 2_000, 50: 600, 500: 120}
ROUNDS = 3
MOST_SECONDS = 0.5
_ID = re.compile(rb'"id":"(\w+)"')
_AT_ONCE = re.compile(rb"/(\d+)\.0 HTTP")


def answers(size: int) -> Iterator[bytes]:
    """The events of each answer."""
    for first in range(1, size * SIZES[size] + 1, size):
        yield b",".join(
            b'{"data":{"event":{"createdDate":"2026-03-29T19:05:28.334Z","replayId":%d},'
            b'"payload":"Event %d of many, with some words"},"channel":"%b"}'
            % (number, number, CHANNEL.encode())
            for number in range(first, first + size)
        )


class Host:
    """Answers one client after the other; the API version of the path says how many events go at once."""

    def __init__(self) -> None:
        self._ready = {size: list(answers(size)) for size in SIZES}
        self._waiting = iter(list[bytes]())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
                body = await reader.readexactly(length)
                content = self._answer(int(_AT_ONCE.search(head)[1]), body)  # type: ignore[index]
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(content), content))
        except asyncio.IncompleteReadError:
            writer.close()

    def _answer(self, size: int, body: bytes) -> bytes:
        number = _ID.search(body)[1]  # type: ignore[index]
        kinds = (b"handshake", b"subscribe", b"connect", b"disconnect")
        kind = next(each for each in kinds if b"/meta/" + each in body)
        reply = b'{"channel":"/meta/%b","id":"%b","successful":true,"clientId":"c1"}' % (kind, number)
        if kind == b"subscribe":
            self._waiting = iter(self._ready[size])
        events = next(self._waiting, b"") if kind == b"connect" else b""
        return b"[%b,%b]" % (events, reply) if events else b"[%b]" % reply


def run_host(pipe: Pipe) -> None:
    """The host's process."""

    async def serve() -> None:
        server = await asyncio.start_server(Host().serve, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def running_host() -> Iterator[str]:
    """The address of a host in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=run_host, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


async def bare(url: str, size: int) -> None:
    """A loop of httpx that knows how all will go."""
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        count, path = 0, f"/cometd/{size:03d}.0"
        for kind in ("handshake", "connect", "subscribe"):
            await http.post(path, content=b'[{"channel":"/meta/%b","id":"1"}]' % kind.encode())
        while count < size * SIZES[size]:
            reply = await http.post(path, content=b'[{"channel":"/meta/connect","id":"1"}]')
            count += len(msgspec.json.decode(reply.content)) - 1


async def ours(url: str, size: int) -> None:
    """A stream, and a reader that looks at each event."""
    count = 0
    async with (
        Connection(api_version=f"{size:03d}.0") as connection,
        connection.org(OAuth("token", url)).stream() as stream,
    ):
        await stream.subscribe(CHANNEL, "ALL")
        async for event in stream:
            count += 1
            assert event.replay_id == count
            if count == size * SIZES[size]:
                return


def measured(read: Callable[[str, int], Awaitable[None]], url: str, size: int) -> tuple[float, float]:
    """Seconds and processor seconds for all events."""

    async def run() -> None:
        await read(url, size)

    begun, used = time.perf_counter(), time.process_time()
    asyncio.run(run())
    return time.perf_counter() - begun, time.process_time() - used


def main() -> int:
    """Prints the figures."""
    slowest = 0.0
    print("events of a stream (events a second; processor seconds for 5,000)")
    with running_host() as url:
        for size, polls in SIZES.items():
            count = size * polls
            rounds = [(measured(bare, url, size), measured(ours, url, size)) for _ in range(ROUNDS)]
            (bare_took, _), (took, used) = (
                tuple(map(min, zip(*figures, strict=True))) for figures in zip(*rounds, strict=True)
            )
            used *= 5_000 / count
            # One an answer is a matter of requests, and nobody's stream of 5,000 a second comes like that.
            slowest = max(slowest, used if size > 1 else 0.0)
            print(
                f"  {size:>3} an answer: {count / took:>9,.0f} ({used:.2f} s), "
                f"httpx alone {count / bare_took:>9,.0f}, ratio {bare_took / took:.2f}"
            )
    return int(slowest > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
