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
        "from sfexplorer.client import SalesforceError, SObject, Secret, is_id",
    ],
)
def test_light_names_cost_nothing_heavy(statement: str) -> None:
    assert modules_after(statement) == set()


def test_describes_cost_the_decoder_and_no_http() -> None:
    assert modules_after("from sfexplorer.client import FieldDescribe, SObjectDescribe") == {"msgspec"}


def test_the_whole_client_costs_http_and_decoder_and_nothing_of_the_app() -> None:
    loaded = modules_after("from sfexplorer.client import *")
    assert loaded - {"ssl"} <= {"httpx", "msgspec", "click"}
    assert {"httpx", "msgspec"} <= loaded


def test_every_name_that_is_promised_is_there() -> None:
    assert sorted(sfexplorer.client.__all__) == sorted(set(sfexplorer.client.__all__))
    for name in sfexplorer.client.__all__:
        assert getattr(sfexplorer.client, name) is not None
    with pytest.raises(AttributeError):
        _ = sfexplorer.client.Nonsense
