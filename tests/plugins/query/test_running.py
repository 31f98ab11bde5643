"""Running, cancelling and typing meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer.api import QueryRef
from sfexplorer.api.testing import settled
from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.pane import QueryPane
from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

SLOW = {"path": "/query", "latency_ms": 1500, "count": 1}


async def test_a_new_query_starts_empty_in_the_editor_and_says_what_runs_it(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        assert querying.pane.editor.text == ""
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        assert any("F5 or Ctrl+R runs the query." in line for line in querying.lines)


@pytest.mark.parametrize("key", ["f5", "ctrl+r"])
async def test_both_keys_run_what_was_typed_from_within_the_editor(open_query: OpenQuery, key: str) -> None:
    async with open_query() as querying:
        await querying.type("SELECT Id\nFROM User")
        await querying.press(key)
        assert querying.status.startswith("12 of 12 loaded   row 1")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        assert querying.pane.editor.text == "SELECT Id\nFROM User"


async def test_the_statement_that_the_cursor_is_in_runs_without_its_comments(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste("SELECT Id FROM Account\n\nSELECT Id -- of people\nFROM User")
        await querying.press("f5")
        assert querying.pane.title == "Query User"
        assert "people" not in querying.org.log()[-1]["query"]


async def test_escape_ends_a_slow_query_and_the_rows_before_stay(open_query: OpenQuery) -> None:
    async with open_query("SELECT Name FROM User ORDER BY Name") as querying:
        before = querying.first_column()
        querying.org.faults(SLOW)
        await querying.pilot.press("f5")
        await querying.pilot.pause()
        assert querying.is_running()
        assert "Escape cancels" in "\n".join(querying.lines)
        await querying.press("escape")
        assert not querying.is_running()
        assert querying.first_column() == before
        assert "Escape cancels" not in "\n".join(querying.lines)
        await querying.press("f5")
        assert querying.first_column() == before


async def test_escape_ends_loading_all_and_end_goes_on(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM Contact ORDER BY Id") as querying:
        querying.org.faults({"path": "/query/", "latency_ms": 1500, "count": 1})
        await querying.pilot.press("A")
        await querying.pilot.pause()
        await querying.press("escape")
        assert querying.status.startswith("2,000 of 5,000 loaded")
        await querying.press("end")
        assert querying.status.startswith("5,000 of 5,000 loaded")
        assert len(set(querying.first_column())) == 5000


async def test_escape_ends_the_way_to_the_end(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM Contact ORDER BY Id") as querying:
        querying.org.faults({"path": "/query/", "latency_ms": 1500, "count": 1})
        await querying.pilot.press("end")
        await querying.pilot.pause()
        assert "Loading, 2,000 of 5,000 here" in querying.message
        await querying.press("escape")
        assert querying.status.startswith("2,000 of 5,000 loaded   row 2,000")


async def test_nothing_that_is_typed_while_pages_arrive_is_lost(open_query: OpenQuery) -> None:
    typed = "SELECT Id, Name, Email FROM Contact WHERE Name LIKE 'a%' ORDER BY Name"
    async with open_query("SELECT Id, Name FROM Contact ORDER BY Id") as querying:
        await querying.pilot.press("A", "tab", "ctrl+a", "delete")
        await querying.type(typed)
        await settled(querying.pilot)
        assert querying.pane.editor.text == typed
        assert querying.status.startswith("5,000 of 5,000 loaded")
        assert isinstance(querying.pilot.app.focused, SoqlEditor)


async def test_an_answer_does_not_take_the_focus_from_who_types_on(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.org.faults({"path": "/query", "latency_ms": 1500, "count": 1})
        await querying.type("SELECT Id FROM User")
        await querying.pilot.press("f5")
        await querying.type(" LIMIT 3")
        await settled(querying.pilot)
        assert querying.pane.editor.text == "SELECT Id FROM User LIMIT 3"
        assert querying.status.startswith("12 of 12 loaded")
        assert isinstance(querying.pilot.app.focused, SoqlEditor)


async def test_tab_and_f6_go_between_text_and_results(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM User") as querying:
        for key, part in (("tab", SoqlEditor), ("tab", ResultGrid), ("f6", SoqlEditor), ("f6", ResultGrid)):
            await querying.press(key)
            assert isinstance(querying.pilot.app.focused, part)


async def test_a_host_in_trouble_is_told_with_a_key_to_try_again(
    open_query: OpenQuery,
) -> None:
    async with open_query("SELECT Id FROM User") as querying:
        querying.org.faults({"path": "/query", "status": 503, "count": 9})
        await querying.press("f5")
        assert querying.shows_error()
        assert querying.status.startswith("12 of 12 loaded")
        querying.org.faults()
        await querying.press("r")
        assert not querying.shows_error()
        assert querying.status.startswith("12 of 12 loaded")


async def test_a_query_from_elsewhere_is_shown_in_an_untouched_pane(
    open_query: OpenQuery,
) -> None:
    async with open_query() as querying:
        querying.pane.explorer.open(QueryRef("SELECT Id FROM User"))
        await settled(querying.pilot)
        assert querying.status.startswith("12 of 12 loaded")
        querying.pane.explorer.open(QueryRef("SELECT Id FROM Profile"))
        await settled(querying.pilot)
        assert len(querying.pilot.app.screen.query(QueryPane)) == 2


async def test_a_query_that_is_not_to_run_waits_in_the_editor(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.pane.explorer.open(QueryRef("SELECT Id FROM User", run=False))
        await settled(querying.pilot)
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        assert querying.pane.title == "Query User"
        assert querying.requests() == []
