"""Whole ways through the app by keys, over several panes, as a person goes them in a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input

from sfexplorer.api.testing import ExplorerApp, log_in, settled
from sfexplorer.demo.server import DemoServer
from sfexplorer_files.pane import FilesPane
from sfexplorer_query.pane import QueryPane
from tests.plugins.record.driving import dialog_lines, dialog_title, edit, pane_of, save


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_from_an_object_over_its_third_page_to_a_save_a_conflict_and_back(
    explorer_app: ExplorerApp, demo_org: DemoServer
) -> None:
    async with explorer_app() as pilot:
        await press(pilot, "slash", *"contact", "enter", "enter")
        query = pilot.app.screen.query_one(QueryPane)
        await press(pilot, "end")
        rows = query.results.run
        assert rows is not None
        assert rows.rows.row_count == 5000
        id = str(rows.rows.id_of(4999))
        demo_org.clear_log()
        await press(pilot, "enter")
        await edit(pilot, "Title", "Mine")
        await edit(pilot, "Department", "Engines")
        demo_org.touch(id, Title="Theirs", Fax="+44 1")
        await save(pilot)
        assert dialog_title(pilot).startswith("Someone else saved this record")
        assert dialog_lines(pilot)[1].split()[-3:] == ["Theirs", "Mine", "?"]
        await press(pilot, "right", "enter")
        assert pane_of(pilot).unsaved == 0
        sent = [entry["body"] for entry in demo_org.log() if entry["method"] == "PATCH"]
        assert sent == [{"Title": "Mine", "Department": "Engines"}]
        await press(pilot, "h", "enter")
        await press(pilot, "enter")
        session = await log_in(demo_org)
        back = await session.org.retrieve("Contact", id)
        await session.close()
        assert (back["Title"], back["Department"], back["Fax"]) == ("Theirs", None, "+44 1")
        # The way leads back to the row that it began at.
        await press(pilot, "backspace")
        assert query.has_focus_within
        assert query.results.grid.cursor_row == 4999


async def until(pilot: Pilot[Any], holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await pilot.pause()


async def test_files_come_while_a_record_is_edited(
    explorer_app: ExplorerApp, demo_org: DemoServer, tmp_path: Path
) -> None:
    demo_org.faults({"path": "/(Body|VersionData)$", "count": 20, "latency_ms": 300})
    async with explorer_app() as pilot:
        await press(pilot, "f7")
        await pilot.press(*["space"] * 20, "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
        pilot.app.screen.query_one(Input).value = str(tmp_path / "files")
        await pilot.press("enter")
        # Nothing here waits for the files.
        await pilot.press("ctrl+g", *"0035g0000000001AAA", "enter")
        await until(pilot, lambda: pilot.app.screen.query("RecordPane FieldList"))
        await until(pilot, lambda: pane_of(pilot).state is not None)
        await pilot.press("slash", *"Title", "enter", "e")
        await until(pilot, lambda: pilot.app.screen.query("FieldEditor"))
        await pilot.press("ctrl+u", *"Meanwhile", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
        await pilot.press("enter")
        await settled(pilot)
        assert pane_of(pilot).unsaved == 0
        assert [row["body"] for row in demo_org.log() if row["method"] == "PATCH"] == [{"Title": "Meanwhile"}]
        files = pilot.app.screen.query_one(FilesPane).entries[:20]
        assert {path.name: path.stat().st_size for path in (tmp_path / "files").iterdir()} == {
            file.name: file.size for file in files
        }
