"""Describes kept in files: whole, bounded, private, and read by nobody who can't trust them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from sfexplorer.client.describecache import DescribeKey, KeptDescribe
from sfexplorer.client.describefiles import DescribeFiles, kept_by_user

KEY = DescribeKey("https://acme.my.salesforce.com", "00Dxx0000001gPLEAY", "005xx", "60.0", "", "account")
KEPT = KeptDescribe(b'{"name": "Account"}', "Mon, 16 Nov 2026 10:00:00 GMT", "60.0")


def named(name: str) -> DescribeKey:
    return msgspec.structs.replace(KEY, name=name)


@pytest.fixture
def files(tmp_path: Path) -> DescribeFiles:
    return DescribeFiles(tmp_path / "cache" / "describes")


def only_file(files: DescribeFiles) -> Path:
    (path,) = files.folder.iterdir()
    return path


def test_what_was_stored_is_there_for_another_process(files: DescribeFiles) -> None:
    files.store(KEY, KEPT)
    assert DescribeFiles(files.folder).load(KEY) == KEPT
    files.drop(KEY)
    files.drop(KEY)
    assert files.load(KEY) is None


@pytest.mark.parametrize("part", DescribeKey.__struct_fields__)
def test_every_part_of_the_key_counts(files: DescribeFiles, part: str) -> None:
    files.store(KEY, KEPT)
    assert files.load(msgspec.structs.replace(KEY, **{part: "another"})) is None


@pytest.mark.parametrize("name", ["", "../../x", "CON", "a\0b", "x" * 5000, "‮txt.exe", "a/b"])
def test_no_name_becomes_a_path(files: DescribeFiles, name: str) -> None:
    files.store(named(name), KEPT)
    for path in files.folder.parent.rglob("*"):
        assert path == files.folder or path.parent == files.folder
        assert len(path.name) < 60
    assert files.load(named(name)) == KEPT


def test_files_and_folder_are_their_owners_alone(files: DescribeFiles) -> None:
    files.store(KEY, KEPT)
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only_file(files).stat().st_mode) == 0o600


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-6])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-20] ^= 0xFF
    path.write_bytes(bytes(content))


def _link(path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _huge(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(1 << 40)


HARM: list[Callable[[Path], object]] = [
    _truncate,
    _flip,
    _link,
    _pipe,
    _folder,
    _huge,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"\x00" * 5000),
    lambda path: path.write_bytes(b"[" * 100_000),
    lambda path: path.write_bytes(b"{}\n" + path.read_bytes()),
    lambda path: path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2')),
    lambda path: path.write_bytes(path.read_bytes().replace(b"account", b"contact")),
]


@pytest.mark.parametrize("harm", HARM)
def test_a_file_that_was_harmed_counts_as_absent(
    files: DescribeFiles, harm: Callable[[Path], object]
) -> None:
    files.store(KEY, KEPT)
    harm(only_file(files))
    assert files.load(KEY) is None
    files.store(KEY, KEPT)
    files.drop(KEY)


def test_a_date_that_no_header_should_hold_is_not_kept(files: DescribeFiles) -> None:
    files.store(KEY, KeptDescribe(b"{}", "Mon, 16 Nov 2026 10:00:00 GMT\r\nX-Evil: 1", "60.0"))
    assert files.load(KEY) == KeptDescribe(b"{}", "", "60.0")


def test_the_oldest_go_when_all_together_are_too_big(tmp_path: Path) -> None:
    files = DescribeFiles(tmp_path, capacity=40_000)
    for number in range(30):
        files.store(named(f"Object{number}"), KeptDescribe(os.urandom(4000), "", "60.0"))
        for path in tmp_path.iterdir():
            # As if each were stored a minute after the one before.
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
    kept = [number for number in range(30) if files.load(named(f"Object{number}"))]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 40_000
    assert kept == list(range(30 - len(kept), 30))
    assert len(kept) >= 5


def test_what_is_too_big_for_all_is_not_kept(tmp_path: Path) -> None:
    files = DescribeFiles(tmp_path, capacity=1000)
    files.store(KEY, KEPT)
    files.store(named("big"), KeptDescribe(os.urandom(4000), "", "60.0"))
    assert files.load(KEY) == KEPT
    assert files.load(named("big")) is None


def test_a_small_file_that_holds_too_much_is_not_unpacked(files: DescribeFiles) -> None:
    files.store(KEY, KeptDescribe(b" " * 1_000_000, "", "60.0"))
    assert files.load(KEY) is not None
    careful = DescribeFiles(files.folder, largest=999_999)
    assert careful.load(KEY) is None
    careful.store(named("contact"), KeptDescribe(b" " * 1_000_000, "", "60.0"))
    assert files.load(named("contact")) is None


def test_what_a_killed_process_left_is_taken_away(tmp_path: Path) -> None:
    left, fresh = tmp_path / "tmpabc.unfinished", tmp_path / "tmpdef.unfinished"
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    DescribeFiles(tmp_path).store(KEY, KEPT)
    assert (left.exists(), fresh.exists()) == (False, True)


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "letter.txt"
    foreign.write_bytes(b"x" * 5000)
    os.utime(foreign, (0, 0))
    DescribeFiles(tmp_path, capacity=1000).store(KEY, KEPT)
    assert foreign.exists()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    files = DescribeFiles(tmp_path / "file" / "describes")
    files.store(KEY, KEPT)
    files.drop(KEY)
    assert files.load(KEY) is None


def test_several_processes_that_write_at_once_leave_whole_files(files: DescribeFiles) -> None:
    program = (
        "import sys\n"
        "from tests.client.test_describes_files import *\n"
        "files = DescribeFiles(sys.argv[1], capacity=100_000)\n"
        "for turn in range(60):\n"
        "    body = sys.argv[2].encode() * (1000 + turn)\n"
        "    files.store(named(f'Object{turn % 5}'), KeptDescribe(body, '', '60.0'))\n"
        "    kept = files.load(named(f'Object{turn % 5}'))\n"
        "    assert kept is None or len(set(kept.body)) == 1, kept\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(files.folder), letter], cwd=Path(__file__).parents[2]
        )
        for letter in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert all(files.load(named(f"Object{number}")) for number in range(5))
    assert not list(files.folder.glob("*.unfinished"))


def test_an_org_with_another_address_each_time_is_known_by_a_name(tmp_path: Path) -> None:
    files = DescribeFiles(tmp_path, known_as="demo")
    files.store(KEY, KEPT)
    assert files.load(msgspec.structs.replace(KEY, origin="http://127.0.0.1:4711")) == KEPT
    assert DescribeFiles(tmp_path).load(KEY) is None


def test_the_users_own_cache_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFEXPLORER_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("SFEXPLORER_NO_CACHE", raising=False)
    files = kept_by_user()
    assert files is not None
    assert files.folder == tmp_path / "describes"
    monkeypatch.setenv("SFEXPLORER_NO_CACHE", "1")
    assert kept_by_user() is None
