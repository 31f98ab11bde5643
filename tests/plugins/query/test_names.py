"""Names for Ids, of records of any objects, and what differs between two of them, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery


async def test_ids_show_their_records_names_on_demand_and_two_records_are_compared(
    open_query: OpenQuery,
) -> None:
    text = "SELECT Id, AccountId, OwnerId FROM Contact WHERE AccountId != null ORDER BY Id LIMIT 250"
    async with open_query(text) as querying:
        grid = querying.pane.results.grid
        await querying.press("right", "i")
        assert [grid.source.cells(row)[1] for row in (0, 4)] == ["Analytical Engines", "Compilers & Co"]
        assert len(querying.requests()) == 2
        await querying.press("i")
        assert str(grid.source.cells(0)[1]).startswith("001")
        await querying.press("space", "space")
        await querying.more("Compare two", then="PickDialog")
        strips = querying.pilot.app.screen._compositor.render_strips()
        screen = ["".join(segment.text for segment in strip) for strip in strips]
        assert any("fields of" in line and "differ" in line for line in screen)
        assert any("LastName" in line and "Lovelace" in line and "Babbage" in line for line in screen)
        await querying.press("escape")
