"""What stands behind a cell: the records of a sub-select, and parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api.testing import settled
from sfexplorer_query.children import ChildrenDialog
from sfexplorer_query.results import ResultGrid
from sfexplorer_query.run import Children

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery, Querying


def screen(querying: Querying) -> str:
    strips = querying.pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def is_open(querying: Querying, dialog: type[ChildrenDialog]) -> bool:
    return isinstance(querying.pilot.app.screen, dialog)


async def test_enter_on_a_sub_select_lists_its_records_and_enter_opens_one(open_query: OpenQuery) -> None:
    text = "SELECT Id, Name, (SELECT Id, CaseNumber, Subject FROM Cases) FROM Account ORDER BY Name"
    async with open_query(f"{text} LIMIT 50") as querying:
        rows = querying.pane.results.grid.source
        row = next(
            row for row in range(rows.row_count) if str(rows.cells(row)[2]) not in ("0 records", "None")
        )
        querying.pane.results.grid.move_to(row)
        await querying.press("right", "right", "enter")
        assert is_open(querying, ChildrenDialog)
        shown = screen(querying)
        assert "CaseNumber" in shown
        assert "Subject" in shown
        await querying.press("escape")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        querying.org.clear_log()
        await querying.press("enter")
        await querying.press("enter")
        assert any("/sobjects/Case/500" in entry["path"] for entry in querying.org.log())


async def test_enter_beside_the_sub_select_opens_the_row_itself(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, (SELECT Id FROM Cases) FROM Account ORDER BY Name LIMIT 5") as querying:
        await querying.press("enter")
        assert any("/sobjects/Account/001" in entry["path"] for entry in querying.org.log())


async def test_a_sub_select_without_records_says_so_and_a_parent_opens(open_query: OpenQuery) -> None:
    text = "SELECT Id, (SELECT Id FROM Cases WHERE Subject = 'none of that'), AccountId FROM Contact LIMIT 2"
    async with open_query(text) as querying:
        await querying.press("right", "enter")
        assert "Cases: no records" in querying.lines[-1]
        await querying.press("right", "enter")
        assert any("/sobjects/Account/001" in entry["path"] for entry in querying.org.log())


async def test_the_rest_of_a_sub_select_is_fetched_and_counted_honestly(open_query: OpenQuery) -> None:
    text = "SELECT Name, (SELECT Name FROM Contacts) FROM Account WHERE Id = '0015g0000000001AAA'"
    async with open_query(text) as querying:
        rows = querying.pane.results.run
        assert rows is not None
        shown = rows.children(0, 1)
        assert shown is not None
        part = Children("Contacts", shown.rows, shown.rows.row_count + 1, shown.all_rows)
        querying.pilot.app.push_screen(ChildrenDialog(part))
        querying.org.faults({"path": "/query/", "latency_ms": 300, "count": 1})
        await settled(querying.pilot)
        count = shown.rows.row_count
        assert f"{count} of {count + 1} records" in screen(querying)
