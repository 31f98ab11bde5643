"""What Tab makes of the beginning of a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from sfexplorer.api.paths import complete_path


async def test_what_is_typed_goes_on_with_files_and_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("plan.pdf", "plans.txt", ".hidden", "es\x1bcape", "other"):
        (tmp_path / name).touch()
    (tmp_path / "place").mkdir()
    home = str(tmp_path)
    assert await complete_path(f"{home}/pla") == [f"{home}/place/", f"{home}/plan.pdf", f"{home}/plans.txt"]
    assert await complete_path(f"{home}/.") == [f"{home}/.hidden"]
    assert await complete_path(f"{home}/es") == []
    assert await complete_path(f"{home}/none/x") == []
    assert await complete_path("\0/") == []
    monkeypatch.setenv("HOME", home)
    assert await complete_path("~") == ["~/"]
    assert await complete_path("~/oth") == ["~/other"]
    monkeypatch.chdir(tmp_path)
    assert await complete_path("plan.") == ["plan.pdf"]
