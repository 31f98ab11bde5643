"""The examples of docs/demo-org.md do what stands there: its commands in one shell, its test in pytest."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sfexplorer.demo.command import demo
from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.web.namedfaults import NAMED

PAGE = (Path(__file__).parents[1] / "docs" / "demo-org.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [text for kind, text in BLOCKS if kind == "sh"]
END = "\x1e"
# Stands for whatever is there.
ANYTHING = "…"


def holds(told: Any, expected: Any) -> bool:
    """Whether an answer has all that the page shows of it."""
    if expected == ANYTHING:
        return bool(told)
    if isinstance(expected, dict):
        return all(key in told and holds(told[key], value) for key, value in expected.items())
    if isinstance(expected, list):
        return len(told) == len(expected) and all(map(holds, told, expected))
    return bool(told == expected)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block of commands has printed, run one behind the other as a reader would."""
    bash = shutil.which("bash")
    if bash is None or shutil.which("curl") is None or shutil.which("openssl") is None:
        pytest.skip("the page's commands need bash, curl and openssl")
    script = ["set -eu", "trap 'kill $(jobs -p)' EXIT"]
    script += [f"{block}printf '{END}'" for block in COMMANDS]
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.sh").write_text("\n".join(script))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [bash, "page.sh"],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.split(END)[:-1]


def test_the_commands_of_the_page_answer_what_it_shows(outputs: list[str]) -> None:
    shown = {
        place: (kind, text)
        for place, (kind, text) in enumerate(BLOCKS)
        if kind in ("json", "text") and BLOCKS[place - 1][0] == "sh"
    }
    places = [place for place, (kind, _) in enumerate(BLOCKS) if kind == "sh"]
    assert len(outputs) == len(places)
    compared = 0
    for place, output in zip(places, outputs, strict=True):
        kind, text = shown.get(place + 1, ("", ""))
        if kind == "json":
            assert holds(json.loads(output), json.loads(text)), output
        elif kind == "text":
            assert output.strip() == text.strip()
        compared += bool(kind)
    assert compared == len(shown) >= 11


def test_the_test_of_the_page_passes(demo_org: DemoServer) -> None:
    (block,) = (text for kind, text in BLOCKS if kind == "python")
    names: dict[str, Any] = {}
    exec(compile(block, "docs/demo-org.md", "exec"), names)
    (test,) = (value for name, value in names.items() if name.startswith("test_"))
    test(demo_org)


def test_the_page_tells_each_option_and_each_fault() -> None:
    options = {name for each in demo.params if not getattr(each, "hidden", False) for name in each.opts}
    assert {name for name in options if f"`{name}" not in PAGE} == set()
    assert {name for name in NAMED if f"`{name}`" not in PAGE} == set()


def test_the_page_has_a_place_for_the_table_of_clients() -> None:
    lines = PAGE.splitlines()
    assert lines.index("<!-- clients of node: made by make test-clients -->") < lines.index("<!-- end -->")
