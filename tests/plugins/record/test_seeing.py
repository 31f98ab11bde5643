"""What points to a record, the parts of an address, other orders, values as they travel."""

from __future__ import annotations

from typing import Any

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.api.ui.cell_viewer import CellViewer
from sfexplorer.client import Org, SObject
from sfexplorer_record.pane import RecordPane
from tests.plugins.record.driving import (
    changes_of,
    choose,
    edit,
    field_lines,
    go_to,
    line_of,
    pane_of,
)


async def test_the_records_around_and_the_parts_within_are_a_key_away(
    explorer_app: ExplorerApp, contact: SObject, org: Org, demo_org: Any
) -> None:
    page = await org.query(f"SELECT Id FROM Case WHERE ContactId = '{contact.id}'").first_page()
    cases = ("Cases", str(len(page.records)), "Case", "ContactId")
    async with explorer_app(contact.id) as pilot:
        assert not [request for request in demo_org.log() if "batch" in request["path"]]
        await go_to(pilot, "MailingAddress")
        await pilot.press("enter")
        names = [line[2:].split()[0] for line in field_lines(pilot) if line.strip()]
        assert names[:2] == ["MailingStreet", "MailingCity"]
        assert all(name.startswith("Mailing") for name in names)
        await edit(pilot, "MailingCity", "Torquay")
        await pilot.press("escape")
        await go_to(pilot, "MailingAddress")
        assert "Torquay" in line_of(pilot, "MailingAddress")
        await pilot.press("E")
        assert changes_of(pilot) == {"MailingCity": "Torquay"}
        await go_to(pilot, "Department")
        await pilot.press("E")
        assert changes_of(pilot)["Department"] == ""
        assert '""' in line_of(pilot, "Department")
        await pilot.press("Z", "R")
        await go_to(pilot, "CreatedDate")
        assert str(contact["CreatedDate"]) in line_of(pilot, "CreatedDate")
        await pilot.press("v")
        await settled(pilot)
        assert isinstance(pilot.app.screen, CellViewer)
        assert contact["CreatedDate"] in pilot.app.export_screenshot().replace("&#160;", " ")
        await pilot.press("escape", "R", "s")
        await settled(pilot)
        assert pane_of(pilot).view.selection.order == "layout"
        assert pane_of(pilot).view.fields.fields[0].name != "Id"
        await pilot.press("t")
        await settled(pilot)
        grid = pilot.app.screen.query_one("#related", Grid)
        rows = [grid.source.cells(row) for row in range(grid.source.row_count)]
        assert cases in rows
        assert rows.index(cases) < 5
        await pilot.press("t")
        assert pane_of(pilot).view.fields.has_focus
        await pilot.press("o")
        await choose(pilot, "Related")
        grid.move_to(rows.index(cases))
        await pilot.press("enter")
        await settled(pilot)
        assert demo_org.log()[-1]["path"].endswith("/query")
        assert not any(pane.display for pane in pilot.app.screen.query(RecordPane))
