"""The command line as a person or a script meets it: one line for what is wrong, status 2, no traceback."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import sfexplorer

COMMAND = str(Path(sys.executable).with_name("sfexplorer"))


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=60,
    )


def in_terminal(
    *words: str, until: str, keys: bytes = b"", environment: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """What a terminal was written, `keys` being pressed when `until` appears in it; and the exit status."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(
            COMMAND, [COMMAND, *words], {**os.environ, "TERM": "xterm-256color", **(environment or {})}
        )
    written, pressed, deadline = b"", False, time.monotonic() + 45
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                written += os.read(terminal, 65536)
            except OSError:  # The child has closed its end.
                break
        if not pressed and until in plain(written):
            pressed = True
            os.write(terminal, keys)
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return plain(written), os.waitstatus_to_exitcode(status)


def plain(written: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>\\]", "", written.decode("utf-8", "replace"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bogus"], "--bogus"),
        (["demo", "--bogus"], "--bogus"),
        (["demo", "--port", "x"], "'x'"),
        (["!!"], "'!!' is no sObject name"),
        (["https://example.com/nothing"], "is not the address of a record"),
        (["--demo", "--without", "quary"], "No plugin is called 'quary'"),
        (["--demo", "--without", "demo"], "--demo needs the demo plugin"),
        (["--demo"], "needs a terminal"),
        (["one", "two"], "two"),
    ],
)
def test_what_cannot_be_used_gets_one_line_and_status_2(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_an_occupied_port_gets_one_line_and_status_2() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        result = run("demo", "--port", str(listener.getsockname()[1]))
    assert (result.returncode, len(result.stderr.strip().splitlines())) == (2, 1)


def test_an_unwritable_cache_folder_gets_one_line_and_status_2(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    result = run("demo", SFEXPLORER_CACHE_DIR=str(blocked / "cache"))
    assert (result.returncode, len(result.stderr.strip().splitlines())) == (2, 1)
    assert "SFEXPLORER_CACHE_DIR" in result.stderr


def test_the_version_comes_from_one_place() -> None:
    assert run("--version").stdout.strip() == f"sfexplorer {sfexplorer.__version__}"


def test_help_tells_options_references_and_subcommands() -> None:
    help_text = run("--help").stdout
    for word in (
        "--demo",
        "--without PLUGIN",
        "REFERENCE",
        "--version",
        "SFEXPLORER_INSTANCE_URL",
        "  demo ",
    ):
        assert word in help_text


@pytest.mark.parametrize("wanted", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_tells_one_json_line_and_ends_cleanly(wanted: signal.Signals) -> None:
    process = subprocess.Popen(
        [COMMAND, "demo", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    facts = json.loads(process.stdout.readline())
    assert set(facts) >= {
        "url", "username", "password", "security_token", "client_id", "client_secret", "access_token",
    }  # fmt: skip
    process.send_signal(wanted)
    rest, _ = process.communicate(timeout=20)
    assert (process.returncode, rest) == (0, "")


def test_the_app_opens_on_the_demo_and_quits() -> None:
    written, status = in_terminal("--demo", until="1,200", keys=b"q")
    assert "Acme (demo)" in written
    assert status == 0


def test_a_query_on_the_command_line_runs_at_once() -> None:
    written, status = in_terminal("--demo", "SELECT Id, Name FROM Contact", until="2,000 of 5,000", keys=b"q")
    assert status == 0
    assert "0035g0000000001AAA" in written


@pytest.mark.parametrize("plugin", ["objects", "query", "record"])
def test_the_app_works_without_each_plugin(plugin: str) -> None:
    written, status = in_terminal("--demo", "--without", plugin, until="Acme (demo)", keys=b"\x11")
    assert "Acme (demo)" in written
    assert status == 0


def test_a_demo_that_cannot_start_is_told_on_the_screen_and_by_the_status(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    written, status = in_terminal(
        "--demo",
        until="didn't start",
        keys=b"\x11",
        environment={"SFEXPLORER_CACHE_DIR": str(blocked / "cache")},
    )
    assert status == 2
    assert "Traceback" not in written
