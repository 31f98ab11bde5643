"""What is imported when: a plugin that isn't used, or a floor that isn't needed, costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

BUNDLED = sorted(entry.value for entry in entry_points(group="sfexplorer"))


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh Python has loaded once it ran `code`."""
    script = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout))


@pytest.mark.parametrize("manifest", BUNDLED)
def test_a_manifest_imports_nothing_heavy(manifest: str) -> None:
    loaded = loaded_after(f"import {manifest}")
    assert manifest in loaded
    assert not loaded & {"textual", "httpx", "msgspec", "starlette", "uvicorn", "click", "sqlite3"}


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("sfexplorer.soql", {"httpx", "textual", "msgspec", "pluggy"}),
        ("sfexplorer.client", {"textual", "pluggy", "starlette", "uvicorn", "click"}),
        ("sfexplorer.api", {"textual", "httpx", "starlette", "uvicorn", "sqlite3"}),
        ("sfexplorer.registry", {"textual", "httpx", "starlette", "uvicorn"}),
        ("sfexplorer.cli", {"textual", "httpx", "starlette", "uvicorn", "sqlite3"}),
        ("sfexplorer.app.app", {"httpx", "starlette", "uvicorn", "sqlite3", "sfexplorer.demo"}),
        ("sfexplorer.api.testing", {"textual", "httpx", "starlette", "uvicorn"}),
    ],
)
def test_importing_it_leaves_the_heavy_ones_alone(module: str, unwanted: set[str]) -> None:
    assert not loaded_after(f"import {module}") & unwanted


def test_the_list_of_plugins_is_read_without_their_panes() -> None:
    loaded = loaded_after("from sfexplorer.registry import Registry; r = Registry(); r.panes(); r.commands()")
    assert not {name for name in loaded if name.endswith(".pane")}
