"""The org as a process: its first line, its end, and what it says when it can't start."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from sfexplorer.demo import process
from sfexplorer.demo.server import DemoServer

COMMAND = [sys.executable, "-m", "sfexplorer.demo"]
KEYS = {
    "url", "username", "password", "security_token", "client_id", "client_secret", "access_token",
    "refresh_token", "jwt_key",
}  # fmt: skip


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    with subprocess.Popen(
        [*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            yield child, json.loads(child.stdout.readline())
        finally:
            child.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_one_line_answers_and_ends_cleanly(number: signal.Signals) -> None:
    with running() as (child, facts):
        assert set(facts) == KEYS
        assert facts["url"].startswith("http://127.0.0.1:")
        headers = {"Authorization": f"Bearer {facts['access_token']}"}
        answer = httpx.get(f"{facts['url']}/services/data/v60.0/limits", headers=headers)
        assert answer.status_code == 200
        child.send_signal(number)
        out, err = child.communicate(timeout=20)
        assert child.returncode == 0
        assert out == ""
        assert err.startswith("GET /services/data/v60.0/limits 200 ")
        assert "Traceback" not in err


def refused(*options: str, **environment: str) -> str:
    done = subprocess.run(
        [*COMMAND, *options],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_an_occupied_port_is_one_clear_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert refused("--port", str(port)).splitlines() == [
            f"sfexplorer demo: port {port} can't be used: Address already in use"
        ]


def test_an_unknown_option_ends_with_2() -> None:
    assert "No such option" in refused("--nonsense")


def test_a_file_that_can_not_be_kept_is_one_clear_line(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "org.db"
    (line,) = refused("--keep", str(missing)).splitlines()
    assert str(missing) in line
    nonsense = tmp_path / "text.db"
    nonsense.write_text("this is no database " * 100)
    (line,) = refused("--keep", str(nonsense)).splitlines()
    assert str(nonsense) in line
    older = tmp_path / "older.db"
    with sqlite3.connect(older) as database:
        database.execute('CREATE TABLE "Account" ("Id" TEXT)')
    database.close()
    (line,) = refused("--keep", str(older)).splitlines()
    assert "no demo org of this version" in line


def test_an_unwritable_cache_is_one_clear_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    (line,) = refused(SFEXPLORER_CACHE_DIR=str(blocked / "cache")).splitlines()
    assert str(blocked / "cache") in line


def test_a_kept_file_goes_on_where_it_ended(tmp_path: Path) -> None:
    keep = tmp_path / "org.db"
    keep.touch()
    body = {"LastName": "Kept"}
    with DemoServer(keep) as org:
        headers = {"Authorization": f"Bearer {org.access_token}"}
        made = httpx.post(f"{org.url}/services/data/v60.0/sobjects/Contact", json=body, headers=headers)
    with DemoServer(keep) as org:
        read = httpx.get(org.url + made.headers["Location"], headers=headers)
        assert read.json()["LastName"] == "Kept"
    assert [each.name for each in tmp_path.iterdir()] == ["org.db"]


async def test_the_app_starts_and_stops_one(tmp_path: Path) -> None:
    demo = await process.start(tmp_path / "org.db")
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{demo.facts['url']}/services/data")).status_code == 200
    await demo.stop()
    assert demo.process.returncode == 0
    await demo.stop()


async def test_a_start_that_fails_tells_why(tmp_path: Path) -> None:
    with pytest.raises(process.DemoStartError, match="can't be written"):
        await process.start(tmp_path / "no" / "org.db")


async def test_a_start_that_is_given_up_leaves_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Python runs this before all else: the org calls here, and waits for a word that does not come.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, socket\n"
        "line = socket.create_connection(('127.0.0.1', int(os.environ['CALL_HERE'])))\n"
        "line.recv(1)\n"
    )
    called: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    async with await asyncio.start_server(lambda *line: called.put_nowait(line), "127.0.0.1", 0) as server:
        monkeypatch.setenv("CALL_HERE", str(server.sockets[0].getsockname()[1]))
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        starting = asyncio.create_task(process.start())
        reader, writer = await called.get()
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        try:
            async with asyncio.timeout(5):
                # The line is cut when the org has ended.
                assert await reader.read() == b""
        finally:
            writer.close()


async def test_it_ends_with_its_parent() -> None:
    script = (
        "import asyncio\n"
        "from sfexplorer.demo import process\n"
        "async def main():\n"
        "    demo = await process.start()\n"
        "    print(demo.facts['url'], flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    url = (await parent.stdout.readline()).decode().strip()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    parent.kill()
    await parent.communicate()
    async with asyncio.timeout(20):
        # The connection ends when the org does; it is reset if the org had not yet taken it up.
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()
    with suppress(ConnectionResetError):
        await writer.wait_closed()
