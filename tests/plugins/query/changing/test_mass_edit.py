"""Editing many rows at once, by keys: one save, each record's fate, and deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api import Change
from sfexplorer.client import SObject

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery, Querying


FREE = "WHERE Id NOT IN (SELECT ContactId FROM Case) ORDER BY Id"
"""Contacts that nothing keeps from being deleted."""


def notes(querying: Querying) -> list[str]:
    run = querying.pane.results.run
    assert run is not None
    told = [run.rows.note(row) for row in range(run.rows.row_count)]
    return [note.sign if note else "" for note in told]


async def test_a_value_goes_into_all_marked_rows_and_one_save_tells_each_ones_fate(
    open_query: OpenQuery,
) -> None:
    async with open_query(f"SELECT Name, Title FROM Contact {FREE} LIMIT 260") as querying:
        await querying.press("asterisk", "right")
        await querying.reach("Prompt", "e")
        await querying.press("ctrl+u", *"Boss", "enter")
        assert querying.pane.unsaved == 260
        assert set(notes(querying)) == {"*"}
        await querying.reach("Question", "f5")
        await querying.press("escape")
        org = querying.pane.explorer.org
        run = querying.pane.results.run
        assert run is not None
        gone = [run.rows.id_of(row) for row in (2, 200, 250)]
        await org.delete([SObject("Contact", Id=each) for each in gone])
        querying.org.clear_log()
        await querying.reach("Question", "ctrl+s")
        await querying.press("y")
        assert querying.pane.unsaved == 3
        assert [row for row, sign in enumerate(notes(querying)) if sign == "!"] == [2, 200, 250]
        assert set(notes(querying)) == {"!", ""}
        saves = [entry for entry in querying.org.log() if entry["method"] == "PATCH"]
        assert len(saves) == 2
        page = await org.query("SELECT COUNT() FROM Contact WHERE Title = 'Boss'").first_page()
        assert page.total_size == 257
        await querying.press("z")
        assert querying.pane.unsaved == 0
        # What another pane saves is shown here at once.
        seen = SObject("Contact", Id=run.rows.id_of(5))
        await querying.pane.explorer.records.saved(seen, {"Title": Change("Boss", "Seen")})
        assert run.rows.cells(5)[1] == "Seen"


async def test_marked_records_are_deleted_after_a_question_with_their_number(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        org = querying.pane.explorer.org
        await org.insert([SObject("Contact", LastName=f"Zz{number}") for number in range(3)])
        await querying.run("SELECT LastName FROM Contact WHERE LastName LIKE 'Zz%' ORDER BY LastName")
        await querying.pilot.press("space", "space")
        await querying.reach("Question", "delete")
        await querying.press("y")
        assert notes(querying) == ["-", "-", ""]
        left = [
            record["LastName"]
            async for record in org.query("SELECT LastName FROM Contact WHERE LastName LIKE 'Zz%'")
        ]
        assert left == ["Zz2"]
