"""Which path a file gets, and what becomes of files on their way."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from sfexplorer.api.testing import log_in
from sfexplorer.client import ConnectionFailed, Org
from sfexplorer.demo.server import DemoServer
from sfexplorer_files.downloading import Download
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.folder import file_problem, folder_problem, remember_folder, usual_folder
from sfexplorer_files.listing import Listing
from sfexplorer_files.naming import clashes, taken_names, targets
from sfexplorer_files.places import whole_org


def entry(name: str) -> FileEntry:
    return FileEntry(id=name, type="Attachment", name=name, kind="Attachment")


def test_no_file_gets_a_path_that_is_taken_or_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "Plan.pdf").touch()
    names = ["plan.pdf", "plan.pdf", "../../etc/passwd", "CON", "a\x1b[2Jb", "\u202egnp.exe"]
    entries = [entry(name) for name in names]
    taken = taken_names(tmp_path)
    assert clashes(entries, taken) == 2
    kept = [target.path for target in targets(entries, tmp_path, taken, "keep both")]
    assert kept[:2] == [tmp_path / "plan (2).pdf", tmp_path / "plan (3).pdf"]
    assert {path.parent for path in kept if path} == {tmp_path}
    assert len({str(path).casefold() for path in kept}) == len(names)
    skipped = [target.path for target in targets(entries[:3], tmp_path, taken, "skip")]
    assert skipped == [None, None, tmp_path / "etc_passwd"]
    # Two of one batch never write over each other.
    over = [target.path for target in targets(entries[:2], tmp_path, taken, "overwrite")]
    assert over == [tmp_path / "plan.pdf", tmp_path / "plan (2).pdf"]
    assert taken_names(tmp_path / "missing") == frozenset()


def test_folders_and_files_are_judged_before_anything_is_sent(tmp_path: Path, explorer_home: Path) -> None:
    assert folder_problem(str(tmp_path / "new" / "deep")) is None
    (tmp_path / "file").write_text("x")
    assert folder_problem(str(tmp_path / "file")) == "That is a file, not a folder."
    assert folder_problem("\0") is not None
    assert folder_problem(" ") == "A folder is needed."
    assert file_problem(str(tmp_path / "file")) is None
    assert file_problem(str(tmp_path)) == "That is a folder. A file is needed."
    assert file_problem(str(tmp_path / "none")) == "There is no such file."
    remember_folder(tmp_path)
    assert usual_folder() == tmp_path


async def first_files(org: Org, count: int) -> list[FileEntry]:
    listing = Listing(org, whole_org().listed)
    await listing.more(count)
    return listing.entries


async def test_files_that_fail_keep_no_others_and_a_later_run_goes_on(
    org_of_files: DemoServer, tmp_path: Path
) -> None:
    session = await log_in(org_of_files)
    entries = await first_files(session.org, 8)
    plan = targets(entries, tmp_path, (), "keep both")
    gone = FileEntry(id="00P5g00000ZZZZZEAA", type="Attachment", name="gone", kind="Attachment")
    plan += targets([gone], tmp_path, (), "keep both")
    told: list[int] = []
    download = Download(session.org, plan, False, lambda: told.append(download.received))
    org_of_files.faults({"path": f"{entries[4].bytes_id}/", "fault": "half", "count": 1})
    # Somebody takes a name while the files are on their way.
    assert plan[0].path
    plan[0].path.write_text("mine")
    with pytest.raises(ConnectionFailed):
        await download.run()
    await download.run()
    assert [fate.entry.name for fate in download.failed] == ["gone"]
    assert len(download.saved) == 8
    assert plan[0].path.read_text() == "mine"
    sizes = {fate.entry.id: fate.path.stat().st_size for fate in download.saved if fate.path}
    assert sizes == {each.id: each.size for each in entries}
    assert download.received == sum(each.size or 0 for each in entries) == max(told)
    await session.close()


async def test_a_download_that_is_stopped_leaves_whole_files_only(
    org_of_files: DemoServer, tmp_path: Path
) -> None:
    session = await log_in(org_of_files)
    entries = await first_files(session.org, 6)
    org_of_files.faults({"path": f"{entries[5].bytes_id}/", "fault": "stall_half", "count": 1})
    through = asyncio.Event()

    def told() -> None:
        if len(download.fates) == 5:
            through.set()

    download = Download(session.org, targets(entries, tmp_path, (), "keep both"), False, told)
    running = asyncio.ensure_future(download.run())
    await through.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    org_of_files.faults()
    assert len(os.listdir(tmp_path)) == 5
    await download.run()
    assert len(os.listdir(tmp_path)) == 6
    await session.close()
