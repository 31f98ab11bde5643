"""What stands behind a cell: the whole value, and the records of a sub-select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer_query.children import ChildrenDialog
from sfexplorer_query.results import ResultGrid
from sfexplorer_query.values import ValueDialog

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery, Querying

HOSTILE = "[b]\x1b[31mred[/b]\n" + ("long " * 30).rstrip()


def screen(querying: Querying) -> str:
    strips = querying.pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def is_open(querying: Querying, dialog: type[ValueDialog] | type[ChildrenDialog]) -> bool:
    return isinstance(querying.pilot.app.screen, dialog)


async def open_value(querying: Querying) -> None:
    record_id = querying.first_column()[0]
    assert record_id
    querying.org.touch(record_id, Description=HOSTILE)
    await querying.press("f5")
    await querying.press("right", "space")


async def test_space_shows_the_whole_value_safely_and_y_copies_it(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, Description FROM Contact ORDER BY Id LIMIT 2") as querying:
        await open_value(querying)
        assert is_open(querying, ValueDialog)
        shown = screen(querying)
        assert "[b]\\x1b[31mred[/b]" in shown
        assert shown.count("long") >= 30
        assert "\x1b" not in shown
        assert "Description" in shown
        await querying.press("y")
        assert querying.pilot.app.clipboard == HOSTILE
        for key in ("escape", "enter", "space"):
            await querying.press(key)
            assert isinstance(querying.pilot.app.focused, ResultGrid)
            await querying.press("space")
            assert is_open(querying, ValueDialog)


async def test_a_value_longer_than_the_screen_is_scrolled_by_keys(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, Description FROM Contact ORDER BY Id LIMIT 2") as querying:
        record_id = querying.first_column()[0]
        assert record_id
        querying.org.touch(record_id, Description="\n".join(f"line {number}" for number in range(99)))
        await querying.press("f5")
        await querying.press("right", "space")
        assert "line 98" not in screen(querying)
        await querying.press("end")
        assert "line 98" in screen(querying)


async def test_a_value_that_is_not_there_is_told_as_such(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, Description FROM Contact ORDER BY Id LIMIT 1") as querying:
        record_id = querying.first_column()[0]
        assert record_id
        querying.org.touch(record_id, Description=None)
        await querying.press("f5")
        await querying.press("right", "space")
        assert "∅" in screen(querying)


async def test_a_key_that_follows_space_at_once_is_the_dialogs(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, Name FROM Contact ORDER BY Id LIMIT 2") as querying:
        await querying.press("right", "space", "escape")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        assert querying.pane.results.grid.cursor_column == 1


async def test_copy_tells_the_whole_value_and_takes_it_as_it_came(open_query: OpenQuery) -> None:
    text = "SELECT Id, Email, AnnualRevenue, CreatedDate FROM Lead WHERE AnnualRevenue != null ORDER BY Id"
    async with open_query(text) as querying:
        rows = querying.pane.results.run
        assert rows
        record = rows.rows.record(0)
        await querying.press("right", "y")
        assert f"Copied Email: {record['Email']}" in "\n".join(querying.lines)
        await querying.press("right", "y")
        assert querying.pilot.app.clipboard == str(record["AnnualRevenue"])
        await querying.press("right", "y")
        assert querying.pilot.app.clipboard == record["CreatedDate"]


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


async def test_a_sub_select_without_records_says_so(open_query: OpenQuery) -> None:
    text = "SELECT Id, (SELECT Id FROM Cases WHERE Subject = 'none of that') FROM Account LIMIT 2"
    async with open_query(text) as querying:
        await querying.press("right", "enter")
        assert "Cases: no records" in querying.lines[-1]
