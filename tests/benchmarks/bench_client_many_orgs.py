"""Whether 200 users on one connection stay level over 10,000 calls: tasks, sockets, memory.

Each user is an org of its own with its own token; fifty of them work at any time, and queries, records,
objects, limits and refusals come in turn, over HTTP to a demo org in a process of its own. Run by
`make bench`; it fails when a task has stayed, when more sockets are open than the twenty that a pool keeps
for later, when one is left after the connection was closed, or when memory has grown by more than 5 % between
the first third and the end.

python bench_client_many_orgs.py serve    is that demo org: prints JSON, serves until stdin closes
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sfexplorer.client import Connection, NotFound, OAuth, Org, PasswordGrant
from sfexplorer.demo.server import DemoServer

USERS = 200
CALLS = 10_000
AT_ONCE = 50
MOST_GROWTH = 0.05
# How many of them are idle at a moment is chance; a leak goes beyond.
MOST_IDLE = 20


@dataclass(frozen=True, slots=True)
class Level:
    """What the process holds at a moment."""

    tasks: int
    files: int
    memory: int


def level() -> Level:
    """What it holds now."""
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return Level(len(asyncio.all_tasks()), len(os.listdir("/proc/self/fd")), resident)


async def call(org: Org, number: int) -> None:
    """One of five calls."""
    match number % 5:
        case 0:
            assert [each async for each in org.query("SELECT Id, Name, Owner.Name FROM Account LIMIT 20")]
        case 1:
            await org.limits()
        case 2:
            try:
                await org.retrieve("Account", "001000000000000AAA")
            except NotFound:
                return
            raise AssertionError("there is no such record")
        case 3:
            assert await org.resources()
        case _:
            assert (await org.query("SELECT COUNT() FROM Contact").first_page()).total_size


async def calls(orgs: list[Org], numbers: range) -> None:
    """Calls of those numbers, by the users in turn, some at once."""
    left = iter(numbers)

    async def work() -> None:
        for number in left:
            await call(orgs[number % len(orgs)], number // len(orgs))

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(work())


def serve() -> int:
    """Be the demo org."""
    with DemoServer() as server:
        told = {
            "url": server.url,
            "app": {"client_id": server.client_id, "client_secret": server.client_secret},
            "user": [server.username, server.password, server.security_token],
        }
        print(json.dumps(told), flush=True)
        sys.stdin.read()
    return 0


async def measured(at: dict[str, Any]) -> tuple[list[Level], float]:
    """The levels before, after a third, at the end and once closed, and how many seconds all took."""
    levels = [level()]
    async with Connection(login_url=at["url"], api_version="60.0", **at["app"]) as connection:
        grant = PasswordGrant(*at["user"])
        token = (await connection.login(grant)).oauth
        orgs = [connection.org(OAuth.from_json(token.to_json())) for _ in range(USERS)]
        begun = time.perf_counter()
        await calls(orgs, range(CALLS // 3))
        levels.append(level())
        await calls(orgs, range(CALLS // 3, CALLS))
        levels.append(level())
        seconds = time.perf_counter() - begun
    await asyncio.sleep(0)  # sockets close in the loop's next turn
    return [*levels, level()], seconds


def main() -> int:
    """Prints the levels; gives the exit code."""
    command = [sys.executable, __file__, "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            levels, seconds = asyncio.run(measured(json.loads(process.stdout.readline())))
        finally:
            process.communicate()
    before, third, end, closed = levels
    growth = end.memory / third.memory - 1
    memory = [round(each.memory / 1e6, 1) for each in levels]
    print(f"{USERS} users, {CALLS:,} calls in {seconds:.0f} s; before, after a third, at the end, closed:")
    print(f"  tasks {[each.tasks for each in levels]}, open files {[each.files for each in levels]}")
    print(f"  memory {memory} MB: {growth:+.1%}, at most {MOST_GROWTH:.0%}")
    kept = max(third.files, end.files) - before.files
    return int(
        any(each.tasks > before.tasks for each in levels)
        or kept > MOST_IDLE
        or closed.files > before.files
        or growth > MOST_GROWTH
    )


if __name__ == "__main__":
    sys.exit(serve() if sys.argv[1:] == ["serve"] else main())
