"""The options of `sfexplorer demo` on who may reach the org, and on where it listens."""

from __future__ import annotations

import httpx
import pytest
from click.testing import CliRunner

from sfexplorer.demo.command import demo
from sfexplorer.demo.options import is_loopback
from sfexplorer.demo.server import DemoServer
from tests.demo.test_process import running


def unusable(*options: str) -> str:
    """What the command says of a start that can't be."""
    result = CliRunner().invoke(demo, options)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.0.0.53", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("example.com", False),
    ],
)
def test_loopback_is_this_machine_alone(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback


def test_an_org_that_others_can_reach_is_warned_of() -> None:
    with running("--host", "0.0.0.0") as (child, facts):
        assert httpx.get(f"{facts['url']}/services/data").status_code == 200
        child.terminate()
        _, errors = child.communicate(timeout=20)
    warning, *others = errors.splitlines()
    assert warning == "sfexplorer demo: warning: whoever reaches 0.0.0.0 is the org's administrator"
    assert all(line.startswith("GET ") for line in others)


def test_nobody_is_warned_of_loopback_in_its_other_forms() -> None:
    with DemoServer(host="127.0.0.2") as org:
        assert org.url.startswith("http://127.0.0.2:")
        assert httpx.get(f"{org.url}/services/data").status_code == 200
    with running("--host", "127.0.0.2") as (child, _):
        child.terminate()
        assert child.communicate(timeout=20)[1] == ""


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_an_address_that_is_not_here_is_one_clear_line(host: str) -> None:
    warning, line = unusable("--host", host).splitlines()
    assert "warning" in warning
    assert line.startswith(f"sfexplorer demo: address {host}, port 0, can't be used: ")


def test_fewer_rows_than_the_seeded_ones_are_refused() -> None:
    assert "not in the range" in unusable("--rows", "10")


def test_a_folder_that_is_not_there_is_refused() -> None:
    assert "does not exist" in unusable("--schema", "/no/such/folder")
