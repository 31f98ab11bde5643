"""Files as a person uses them: list, mark, save, look into, send."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from sfexplorer.api.testing import ExplorerApp
from sfexplorer.api.ui import Grid
from sfexplorer.api.ui.cell_viewer import CellViewer
from sfexplorer.app.workspace import Workspace
from sfexplorer.client import SObject
from sfexplorer.demo.server import DemoServer
from sfexplorer_files import record_actions
from sfexplorer_files.pane import FilesPane
from sfexplorer_files.rows import FileRows
from sfexplorer_files.table_viewer import TableViewer

ADA = "0035g00000000SVAAY"


def pane(pilot: Pilot[None]) -> FilesPane:
    return [found for screen in pilot.app.screen_stack for found in screen.query(FilesPane)][-1]


def rows(pilot: Pilot[None]) -> list[Sequence[str | None]]:
    source = pane(pilot).grid.source
    return [source.cells(row) for row in range(source.row_count)]


def told(pilot: Pilot[None]) -> str:
    return str(pane(pilot).query_one(".transfer", Static).render())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, then wait until all is done or a dialog waits for the person: its work can't end before."""
    await pilot.press(*keys)
    async with asyncio.timeout(30):
        idle = 0
        while idle < 3:
            await pilot.pause()
            screen = pilot.app.screen
            under_way = [worker for worker in pilot.app.workers if not worker.is_finished]
            if isinstance(screen, ModalScreen):
                under_way = [worker for worker in under_way if worker.node is screen]
            idle = 0 if under_way else idle + 1


async def type_path(pilot: Pilot[None], path: Path) -> None:
    pilot.app.screen.query_one(Input).value = str(path)
    await press(pilot, "enter")


async def test_files_are_saved_looked_into_and_sent(
    explorer_app: ExplorerApp, demo_org: DemoServer, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"
    async with explorer_app() as pilot:
        await press(pilot, "f7")
        assert len(rows(pilot)) == 120
        assert pane(pilot).grid.has_focus
        names = [str(row[0]) for row in rows(pilot)]
        await press(pilot, "space", "space", "space", "d")
        await type_path(pilot, folder)
        assert sorted(os.listdir(folder)) == sorted(names[:3])
        assert told(pilot).startswith("Saved 3 files")
        assert [row[-1] for row in rows(pilot)[:4]] == ["saved", "saved", "saved", ""]
        source = pane(pilot).grid.source
        assert isinstance(source, FileRows)
        assert source.copies(0, 0)[0] == ("Path of the saved file", str(folder / names[0]))
        # The folder chosen last is offered again; names that are taken are never overwritten silently.
        (folder / names[0]).write_text("mine")
        await press(pilot, "asterisk", "home", "d")
        assert pilot.app.screen.query_one(Input).value == str(folder)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ModalScreen)
        await press(pilot, "down", "enter")
        assert (folder / names[0]).read_text() == "mine"
        assert "left out: its name is taken" in told(pilot)
        await press(pilot, "d", "enter", "enter")
        stem, _, extension = names[0].rpartition(".")
        assert (folder / f"{stem} (2).{extension}").stat().st_size == pane(pilot).entries[0].size
        # A look into a text, and into a table.
        await press(pilot, "p")
        assert isinstance(pilot.app.screen, CellViewer)
        await press(pilot, "escape", "slash", *"readings", "enter", "enter")
        assert isinstance(pilot.app.screen, TableViewer)
        assert pilot.app.screen.query_one(Grid).source.columns[1].title == "kWh"
        await press(pilot, "escape", "escape")
        # What can't be sent is told while its path still stands; what was sent stands first.
        await press(pilot, "u")
        await type_path(pilot, tmp_path / "none")
        assert "There is no such file." in str(pilot.app.screen.query_one(".problem", Static).render())
        sent = tmp_path / "sent.txt"
        sent.write_text("hello")
        field = pilot.app.screen.query_one(Input)
        field.value = str(tmp_path / "se")
        await press(pilot, "tab")
        assert field.value == str(sent)
        await press(pilot, "enter")
        await press(pilot, "enter")
        assert rows(pilot)[0][:3] == ["sent.txt", "File", "5 B"]
        demo_org.faults({"path": "/query", "count": 9, "status": 400, "body": "nonsense"})
        await press(pilot, "r")
        assert pane(pilot).card.display
        assert len(rows(pilot)) == 121
        demo_org.faults()
        await press(pilot, "r")
        assert not pane(pilot).card.display


async def test_the_files_of_a_record_lead_to_versions_and_take_new_ones(
    explorer_app: ExplorerApp, demo_org: DemoServer, tmp_path: Path
) -> None:
    async with explorer_app() as pilot:
        assert isinstance(pilot.app.screen, Workspace)
        explorer = pilot.app.screen.explorer
        of_record, look = record_actions()
        record = SObject("Contact", Id=ADA, Name="[red]Ada\x1b[2J")
        assert of_record.applies(record)
        assert not look.applies(record)
        sent = tmp_path / "[b]plan.txt"
        sent.write_text("first")
        await of_record.run(explorer, record)
        await press(pilot, "u")
        await type_path(pilot, sent)
        await press(pilot, "enter")
        file = pane(pilot).entries[0]
        assert (file.name, file.type, file.kind) == ("[b]plan.txt", "ContentDocument", "File")
        await press(pilot, "o", "enter")
        assert pane(pilot).title == "Versions of [b]plan.txt"
        sent.write_text("second!")
        await press(pilot, "u")
        await type_path(pilot, sent)
        assert [row[1] for row in rows(pilot)] == ["Version 2", "Version 1"]
        # The file behind a record is opened as such, and looked into at once.
        assert look.applies(SObject("ContentDocument", Id=file.id))
        await look.run(explorer, SObject("ContentDocument", Id=file.id))
        await press(pilot)
        assert isinstance(pilot.app.screen, CellViewer)
        await press(pilot, "escape")
        assert pane(pilot).title == "[b]plan.txt"
        # Being stopped, or the org failing, leaves nothing behind; trying again asks nothing.
        demo_org.faults({"path": "VersionData", "count": 1, "fault": "half"})
        await press(pilot, "d")
        await type_path(pilot, tmp_path / "saved")
        assert pane(pilot).card.display
        assert os.listdir(tmp_path / "saved") == []
        await press(pilot, "r")
        assert (tmp_path / "saved" / "[b]plan.txt").read_text() == "second!"


async def test_twenty_files_come_while_a_query_is_typed(
    explorer_app: ExplorerApp, demo_org: DemoServer, tmp_path: Path
) -> None:
    async with explorer_app() as pilot:
        await press(pilot, "f7", *["space"] * 20)
        await press(pilot, "d")
        # The last two stay under way until they are let go.
        demo_org.faults({"path": "/(Body|VersionData)", "after": 18, "count": 2, "fault": "stall_half"})
        pilot.app.screen.query_one(Input).value = str(tmp_path / "saved")
        await pilot.press("enter")
        async with asyncio.timeout(30):
            while len(pane(pilot).fates) < 18:
                await pilot.pause()
        await pilot.press("ctrl+t", *"FROM Lead")
        assert "FROM Lead" in pilot.app.screen.query_one(TextArea).text
        assert not pane(pilot).display
        assert len(os.listdir(tmp_path / "saved")) == 20
        # Closing the list asks, then ends what is left of the download, and says so.
        await pilot.press("f7", "x")
        await press(pilot)
        assert isinstance(pilot.app.screen, ModalScreen)
        await press(pilot, "y")
        told = [notification.message for notification in pilot.app._notifications]
        assert any("Saved 18 files" in message and "2 not fetched" in message for message in told)
        assert len(os.listdir(tmp_path / "saved")) == 18
        demo_org.faults()
