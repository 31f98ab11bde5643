"""Keys of one burst do the same as keys one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

TYPED = "SELECT Id, COUNT(Id) FROM Contact WHERE Name IN ('a', 'it\\'s') AND (Email = 'x')"


async def test_a_burst_of_typing_is_in_the_text_as_typed(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.burst(*TYPED)
        assert querying.pane.editor.text == TYPED


async def test_keys_with_actions_come_at_their_turn(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.burst(
            *"abx", "backspace", *"cd", "left", *"Z", "home", "delete", *"A", "end", "enter", "y"
        )
        assert querying.pane.editor.text == "AbcZd\ny"


async def test_tab_takes_the_offer_that_a_burst_has_no_time_to_show(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste("SELECT  FROM Contact")
        await querying.press("home", *["right"] * 7)
        await querying.burst(*"LastN", "tab", ",", *"nam", "down", "down", "enter", ",", "I", "d", "escape")
        assert querying.pane.editor.text == "SELECT LastName,LastName,Id FROM Contact"
        assert isinstance(querying.pilot.app.focused, SoqlEditor)


async def test_keys_behind_a_tab_that_leaves_go_to_the_results(open_query: OpenQuery) -> None:
    async with open_query("SELECT Id, Name FROM User ORDER BY Name") as querying:
        await querying.press("tab")
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        text = querying.pane.editor.text
        await querying.burst("tab", "down", "down", "right")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        assert querying.pane.results.grid.cursor_row == 2
        assert querying.pane.editor.text == text
