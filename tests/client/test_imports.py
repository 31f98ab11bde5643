"""What an import of the client costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import sfexplorer.client

HEAVY = ("httpx", "msgspec", "ssl", "textual", "pluggy", "starlette", "uvicorn", "click", "lark")


def modules_after(statement: str) -> set[str]:
    """The names of HEAVY that a fresh interpreter has loaded after the statement."""
    program = f"import sys\n{statement}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import sfexplorer.client",
        "from sfexplorer.client.ids import is_id",
        "from sfexplorer.client import Secret, SalesforceError, SObject, is_id",
    ],
)
def test_light_names_cost_nothing_heavy(statement: str) -> None:
    assert modules_after(statement) == set()


@pytest.mark.parametrize(
    "statement",
    [
        "from sfexplorer.client import FieldDescribe, SObjectDescribe",
        "from sfexplorer.client import Connection, OAuth, Org, PasswordGrant, SObject",
        "from sfexplorer.client import *",
    ],
)
def test_no_name_costs_http_and_all_together_no_more_than_the_decoder(statement: str) -> None:
    assert modules_after(statement) - {"ssl"} == {"msgspec"}


def test_a_connection_costs_http_and_nothing_of_the_app() -> None:
    loaded = modules_after("from sfexplorer.client import Connection\nConnection()")
    assert {"httpx", "msgspec"} <= loaded <= {"httpx", "msgspec", "ssl", "click"}


def test_every_name_that_is_promised_is_there() -> None:
    assert sorted(sfexplorer.client.__all__) == sorted(set(sfexplorer.client.__all__))
    for name in sfexplorer.client.__all__:
        assert getattr(sfexplorer.client, name) is not None
    with pytest.raises(AttributeError):
        _ = sfexplorer.client.Nonsense
