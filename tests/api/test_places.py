"""Where files are kept, and that each is whole, the owner's alone, and safe to read whatever it is."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sfexplorer.api.places import (
    append_line,
    cache_folder,
    config_folder,
    data_folder,
    read_file,
    write_file,
)


def test_one_variable_moves_everything_and_the_xdg_ones_move_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SFEXPLORER_CACHE_DIR", raising=False)
    monkeypatch.setenv("SFEXPLORER_HOME", str(tmp_path))
    folders = [config_folder(), data_folder(), cache_folder()]
    assert folders == [tmp_path / "config", tmp_path / "data", tmp_path / "cache"]
    monkeypatch.delenv("SFEXPLORER_HOME")
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    folders = [config_folder(), data_folder(), cache_folder()]
    assert folders == [tmp_path / kind / "sfexplorer" for kind in ("CONFIG", "DATA", "CACHE")]
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert data_folder().is_absolute()


def test_a_file_is_written_as_a_whole_and_for_its_owner_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "some" / "where" / "drafts.json"
    write_file(path, b"old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "some").stat().st_mode) == 0o700

    def full(_descriptor: int) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_file(path, b"new")
    assert read_file(path) == b"old"
    assert os.listdir(path.parent) == ["drafts.json"]


def test_what_is_no_file_of_ours_counts_as_absent(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big").write_bytes(b"x" * 100)
    assert read_file(tmp_path / "absent") is None
    assert read_file(tmp_path / "pipe") is None
    assert read_file(tmp_path) is None
    assert read_file(tmp_path / "big", largest=99) is None
    with pytest.raises(OSError, match=r"No such device|no file"):
        append_line(tmp_path / "pipe", b"line")


def test_lines_written_at_once_stay_whole_and_a_torn_one_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_bytes(b"torn by a cra")
    with ThreadPoolExecutor(4) as writers:
        for letter in (b"a", b"b") * 40:
            writers.submit(append_line, path, letter * 300)
    lines = path.read_bytes().split(b"\n")
    assert lines[0] == b"torn by a cra"
    assert sorted(filter(None, lines[1:])) == [b"a" * 300] * 40 + [b"b" * 300] * 40
