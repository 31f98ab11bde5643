"""Our own parser may be wrong: what it refuses is sent when the person asks twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

NEW_CLAUSE = "SELECT Id, Account.Name FROM Contact BRAND NEW"


async def test_a_second_f5_on_the_same_text_sends_it_and_the_org_is_the_truth(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run(NEW_CLAUSE)
        assert querying.requests() == []
        assert "F5 again sends it anyway" in "\n".join(querying.lines)
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        await querying.press("f5")
        assert len(querying.requests()) == 1
        assert "BRAND" in querying.message or "unexpected" in querying.message
        assert "F5 again" not in "\n".join(querying.lines)


async def test_another_text_is_judged_anew(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run(NEW_CLAUSE)
        await querying.press("end", "space", "f5")
        assert querying.requests() == []
        assert "F5 again sends it anyway" in "\n".join(querying.lines)


async def test_another_statement_of_the_same_text_is_held_for_itself(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run(f"{NEW_CLAUSE}\n\nSELECT Id FROM User OTHER THING")
        await querying.press("ctrl+home", "f5")
        assert querying.requests() == []
        assert querying.message.startswith("1:38")
        await querying.press("f5")
        assert len(querying.requests()) == 1


async def test_nothing_is_never_sent(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.press("f5")
        assert "F5 again" not in "\n".join(querying.lines)
        await querying.press("f5")
        assert querying.requests() == []


async def test_rows_of_a_query_that_nobody_could_read_are_shown_by_their_own_fields(
    open_query: OpenQuery,
) -> None:
    account = {"attributes": {"type": "Account", "url": "/x/sobjects/Account/001"}, "Name": "Acme"}
    cases = {"totalSize": 1, "done": True, "records": [{"attributes": {"type": "Case"}, "Subject": "Help"}]}
    records = [
        {"attributes": {"type": "Contact"}, "Id": "0035g0000000001AAA", "Account": None, "Cases": None},
        {"attributes": {"type": "Contact"}, "Id": "0035g0000000002AAA", "Account": account, "Cases": cases},
    ]
    body = {"totalSize": 2, "done": True, "records": records}
    async with open_query() as querying:
        querying.org.faults({"path": "/query", "status": 200, "body": body})
        await querying.run(NEW_CLAUSE)
        await querying.press("f5")
        grid = querying.pane.results.grid
        assert [column.title for column in grid.source.columns] == ["Id", "Cases", "Account.Name"]
        assert [list(grid.source.cells(row)) for row in (0, 1)] == [
            ["0035g0000000001AAA", "0 records", None],
            ["0035g0000000002AAA", "1 record", "Acme"],
        ]
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        await querying.press("down", "right", "enter")
        screen = querying.pilot.app.screen._compositor.render_strips()
        assert any("Help" in "".join(segment.text for segment in strip) for strip in screen)
