"""Our streaming client at other people's Bayeux servers, unmodified: `make test-clients`.

They are those of npm, faye and cometd-nodejs-server. Each tells events alone and in bulk, is silent for
longer than it holds a connect, is killed, and started again. It fails where an event is lost or comes twice.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from sfexplorer.client import Connection, OAuth, Stream, Timing

FOLDER = Path(__file__).parent / "node"
SERVERS = ("faye", "cometd")
CHANNEL = "/topic/Strange"
BULKS = (1, 2, 500)
# Two connects and a half, as both servers hold them.
SILENCE = 2.5


async def started(name: str, port: int = 0) -> tuple[Process, int]:
    """A server, and where it listens."""
    process = await asyncio.create_subprocess_exec(
        "node", "servers.cjs", name, str(port), cwd=FOLDER, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    return process, int(await process.stdout.readline())


async def told(server: Process, stream: Stream, first: int, count: int) -> int:
    """Have events told, and see that exactly these come; gives the next one's number."""
    assert server.stdin is not None
    server.stdin.write(f"{first} {count}\n".encode())
    numbers = [(await anext(stream)).replay_id for _ in range(count)]
    assert numbers == list(range(first, first + count)), numbers
    return first + count


async def listen(name: str) -> int:
    """Listen to one server, and give how many events came."""
    server, port = await started(name)
    try:
        async with (
            asyncio.timeout(60),
            Connection(api_version="60.0") as connection,
            connection.org(OAuth("token", f"http://127.0.0.1:{port}")).stream(
                timing=Timing(silence=5)
            ) as stream,
        ):
            await stream.subscribe(CHANNEL)
            number = 1
            for count in BULKS:
                number = await told(server, stream, number, count)
            await asyncio.sleep(SILENCE)
            number = await told(server, stream, number, 1)
            server.kill()
            await server.wait()
            server, _ = await started(name, port)
            # Neither keeps events: what is said before the client is there again is said to nobody.
            async for event in stream.told():
                if getattr(event, "state", "") == "connected" and stream.positions[CHANNEL] == number - 1:
                    break
            # faye's own publisher puts the first event of a start behind others that are said at once.
            number = await told(server, stream, number, 1)
            return await told(server, stream, number, 3) - 1
    finally:
        server.kill()
        await server.wait()


def main() -> int:
    """Prints what was seen."""
    for name in SERVERS:
        print(f"{name}: {asyncio.run(listen(name))} events, none lost, none twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
