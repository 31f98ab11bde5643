"""What is installed is what is here: no folder is forgotten, wheel and editable install are alike."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import sfexplorer

ROOT = Path(__file__).parents[2]


def sources() -> set[str]:
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "sfexplorer", "plugins"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    return {name.removeprefix("plugins/") for name in found if name and (ROOT / name).is_file()}


def test_the_wheel_holds_every_file_of_the_tree_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == sources()
    assert wheel.name.startswith(f"sfexplorer-{sfexplorer.__version__}-")


def test_the_top_level_is_the_users_card() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    top = {name.split("/")[0] for name in tracked}
    assert {"sfexplorer", "plugins", "tests", "screenshots", "pyproject.toml", "README.md"} <= top
    assert top <= {
        "sfexplorer", "plugins", "tests", "screenshots", "docs", ".ci", ".gitignore", "pyproject.toml",
        "Makefile", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    }  # fmt: skip
