"""What is kept of queries, by keys: runs of before, saved texts, and all rows as a file."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sfexplorer.client import SObject
from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.saved import queries_folder

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SFEXPLORER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_what_was_run_is_found_by_words_and_what_was_saved_is_opened(
    open_query: OpenQuery, home: Path
) -> None:
    async with open_query("SELECT Name FROM User ORDER BY Name") as querying:
        await querying.run("SELECT Emial FROM Contact")
        await querying.run("SELECT Id FROM Profile")
        await querying.reach("PickDialog", "f8")
        await querying.press(*"user", "enter")
        assert querying.pane.editor.text == "SELECT Name FROM User ORDER BY Name"
        assert querying.pane.unsaved == 0
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        await querying.press("space", "ctrl+z", "ctrl+end", "space")
        assert querying.pane.unsaved == 1
        await querying.reach("Prompt", "ctrl+s")
        await querying.press(*"users", "enter")
        assert querying.pane.unsaved == 0
        saved = queries_folder() / "users.soql"
        assert saved.read_text() == "SELECT Name FROM User ORDER BY Name\n"
        await querying.press("ctrl+t")
        await querying.reach("PickDialog", "f8")
        await querying.press("down", "enter")
        panes = querying.pilot.app.screen.query(SoqlEditor)
        assert [each.text.split()[1] for each in panes] == ["Name", "Emial"]
        await querying.press("ctrl+a", "delete")
        await querying.reach("PickDialog", "ctrl+o")
        await querying.press("enter")
        assert list(panes)[-1].text == "SELECT Name FROM User ORDER BY Name"


async def test_all_rows_become_a_file_also_those_that_have_not_come_and_none_is_replaced_unasked(
    open_query: OpenQuery, home: Path
) -> None:
    async with open_query("SELECT Id, Name FROM Contact ORDER BY Id") as querying:
        await querying.reach("Choice", "ctrl+e")
        await querying.reach("Prompt", "enter")
        await querying.press("ctrl+u", *"mine.csv", "enter")
        with (home / "mine.csv").open(newline="") as file:
            head, *rows = csv.reader(file)
        assert head == ["Id", "Name"]
        assert [row[0] for row in rows[:2000]] == querying.first_column()
        assert len(rows) == 5000
        (home / "mine.csv").write_text("mine")
        await querying.pilot.press("space", "space")
        await querying.more("Export marked", then="Choice")
        await querying.reach("Prompt", "enter")
        await querying.reach("Question", "ctrl+u", *"mine.csv", "enter")
        assert (home / "mine.csv").read_text() == "mine"
        await querying.reach("Prompt", "escape")
        await querying.reach("Question", "enter")
        await querying.press("y")
        assert len((home / "mine.csv").read_text().splitlines()) == 3
        querying.org.faults({"path": "/query/", "latency_ms": 1500, "count": 1})
        await querying.reach("Choice", "ctrl+e")
        await querying.reach("Prompt", "enter")
        await querying.reach("Workspace", "enter")
        await querying.press("escape")
        assert sorted(os.listdir(home)) == ["home", "mine.csv"]


async def test_a_query_is_counted_and_planned_and_run_with_what_was_deleted(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM Contact WHERE LastName = 'Lovelace-King' LIMIT 1") as querying:
        org = querying.pane.explorer.org
        made = await org.insert(SObject("Contact", LastName="Lovelace-King"))
        await org.delete(made)
        await querying.press("f5")
        assert made.id not in querying.first_column()
        await querying.more("Run with deleted")
        assert made.id in querying.first_column()
        await querying.more("Count only")
        assert " rows, counted in " in querying.message
        await querying.more("Query plan")
        assert any("TableScan" in line or "Index" in line for line in _screen(querying.pilot.app))
        assert any("/queryAll" in path for path in querying.requests())


def _screen(app: object) -> list[str]:
    strips = app.screen._compositor.render_strips()  # type: ignore[attr-defined]
    return ["".join(segment.text for segment in strip) for strip in strips]
