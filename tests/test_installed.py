"""The plugins that are installed are found once, and anew as soon as anything about them changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sfexplorer.api.places import cache_folder
from sfexplorer.installed import FILE, installed_plugins

GROUP = "sfexplorer"


def names() -> set[str]:
    return {plugin.name for plugin in installed_plugins(GROUP)}


def test_a_package_that_comes_or_changes_is_seen_at_once(
    explorer_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names()
    assert {"demo", "objects"} <= before
    assert names() == before
    packages = tmp_path / "packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(str(packages))
    assert names() == before
    told = packages / "stranger-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[sfexplorer]\nstranger = stranger\n")
    assert names() == before | {"stranger"}
    # In place, which changes no folder.
    (told / "entry_points.txt").write_text("[sfexplorer]\nstrangest = stranger\n")
    assert names() == before | {"strangest"}
    (told / "entry_points.txt").unlink()
    assert names() == before


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"plugin evil os\n", b"sfexplorer plugins, 3\nplugin x y\n"]
)
def test_what_else_stands_in_the_file_is_not_believed(explorer_home: Path, content: bytes) -> None:
    before = names()
    (cache_folder() / FILE).write_bytes(content)
    assert names() == before
    assert b"demo sfexplorer_demo" in (cache_folder() / FILE).read_bytes()


def test_a_folder_that_cannot_be_written_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SFEXPLORER_HOME", str(tmp_path / "file"))
    assert "demo" in names()


def test_the_second_start_looks_through_no_metadata(explorer_home: Path) -> None:
    code = (
        "import sys; from sfexplorer.registry import Registry; r = Registry(); r.panes();"
        "print(len(r.plugins), 'importlib.metadata' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    first = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    second = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert first[1] == "True"
    assert second == [first[0], "False"]
