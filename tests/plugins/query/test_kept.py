"""What a pane is called, and whether its text would be lost with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer.api import QueryRef
from sfexplorer.api.testing import settled
from sfexplorer_query.pane import QueryPane

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery, Querying


def panes(querying: Querying) -> list[QueryPane]:
    return list(querying.pilot.app.screen.query(QueryPane))


def title_line(querying: Querying) -> str:
    strips = querying.pilot.app.screen._compositor.render_strips()
    return "".join(segment.text for segment in strips[0]).rstrip()


async def test_a_text_that_was_typed_and_not_run_is_asked_for_before_it_is_closed(
    open_query: OpenQuery,
) -> None:
    async with open_query("SELECT Id FROM User") as querying:
        await querying.press("tab", "ctrl+end", *"XY", "f6", "x")
        assert [pane.unsaved for pane in querying.pilot.app.screen_stack[-2].query(QueryPane)] == [1]
        await querying.press("escape")
        assert querying.pane.editor.text == "SELECT Id FROM UserXY"
        assert "Query User*" in title_line(querying)


async def test_a_text_as_it_was_opened_or_run_is_closed_without_question(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM User") as querying:
        assert querying.pane.unsaved == 0
        await querying.run("SELECT Id FROM Profile")
        assert querying.pane.unsaved == 0
        await querying.press("x")
        assert panes(querying) == []


async def test_a_text_that_was_refused_or_is_typed_on_is_not_kept(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Emial FROM Contact")
        assert querying.pane.unsaved == 1
        await querying.press("ctrl+a", "delete")
        assert querying.pane.unsaved == 0


async def test_panes_without_an_object_are_told_apart_by_numbers(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.press("a", "ctrl+t")
        await querying.press("a", "ctrl+t")
        first, second, third = panes(querying)
        assert [first.title, second.title, third.title] == ["Query", "Query 2", "Query 3"]
        await querying.pilot.press(*"SELECT", "space", *"Id", "space", *"FROM", "space", *"User")
        await querying.press("f5")
        assert third.title == "Query User"
        await querying.press("ctrl+t")
        assert panes(querying)[-1].title == "Query 3"


async def test_the_cursor_stands_behind_a_text_that_waits_to_be_run(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.pane.explorer.open(QueryRef("SELECT Id\nFROM User", run=False))
        await settled(querying.pilot)
        assert querying.pane.editor.cursor_location == (1, 9)
        querying.pane.explorer.open(QueryRef("SELECT Id\nFROM Case", run=False))
        await settled(querying.pilot)
        await querying.press("space", "x")
        assert panes(querying)[1].editor.text == "SELECT Id\nFROM Case x"


@pytest.mark.parametrize(("key", "place"), [("ctrl+home", (0, 0)), ("ctrl+end", (1, 9))])
async def test_ctrl_home_and_ctrl_end_go_to_the_ends_of_the_text(
    open_query: OpenQuery, key: str, place: tuple[int, int]
) -> None:
    async with open_query() as querying:
        await querying.paste("SELECT Id\nFROM User")
        await querying.press("up", key)
        assert querying.pane.editor.cursor_location == place


async def test_the_line_of_keys_tells_how_to_run_again_in_a_small_terminal(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id FROM Contact", size=(60, 20)) as querying:
        strips = querying.pilot.app.screen._compositor.render_strips()
        assert "F5 Run" in "".join(segment.text for segment in strips[-1])
        await querying.press("f5")
        assert len(querying.requests()) == 2
