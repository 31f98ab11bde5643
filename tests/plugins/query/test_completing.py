"""The list under the cursor: when it opens, what it offers, and which keys are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from sfexplorer.api.testing import settled
from sfexplorer_query.completion_list import MOST_ROWS
from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery, Querying

FROM_CONTACT = " FROM Contact"


async def begin(querying: Querying, before: str, after: str = "") -> None:
    """Put a text into the editor, the cursor between its two parts."""
    editor = querying.pane.editor
    editor.focus()
    await querying.paste(before + after)
    editor.go_to(len(before))
    await settled(querying.pilot)


async def test_a_list_opens_while_a_name_is_typed_with_type_and_label_beside(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT Id, ", FROM_CONTACT)
        assert querying.offered == []
        await querying.press(*"Na")
        assert querying.offered[:2] == ["Name", "LastName"]
        row = next(line for line in querying.lines if "LastName" in line)
        assert "string  Last Name" in row
        # The offers stand below the name that is typed, letter below letter.
        assert row.index("LastName") == querying.lines[0].index("Na FROM")


async def test_tab_takes_the_first_offer_and_only_then_leaves_for_the_results(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT ", FROM_CONTACT)
        await querying.burst(*"las", "tab")
        assert querying.pane.editor.text == "SELECT LastName" + FROM_CONTACT
        assert querying.offered == []
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        await querying.press("tab")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        await querying.press("tab", "ctrl+z")
        assert querying.pane.editor.text == "SELECT las" + FROM_CONTACT


async def test_enter_ends_the_line_unless_an_offer_was_chosen_by_the_arrows(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT ", FROM_CONTACT)
        await querying.press(*"nam", "enter")
        assert querying.pane.editor.text == "SELECT nam\n" + FROM_CONTACT
        assert querying.offered == []
        await querying.press("backspace", "backspace", "m", "down", "down", "up", "down", "enter")
        assert querying.pane.editor.text == "SELECT LastName" + FROM_CONTACT
        await querying.press(*",Na", "down", "m", "enter")
        assert querying.pane.editor.text == "SELECT LastName,Nam\n" + FROM_CONTACT


async def test_escape_closes_the_list_then_cancels_the_run(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT Name", FROM_CONTACT)
        querying.org.faults({"path": "/query", "latency_ms": 1500, "count": 1})
        await querying.pilot.press("f5", "space", "backspace", "comma", "E", "ctrl+space")
        assert querying.offered
        await querying.pilot.press("escape")
        assert querying.offered == []
        assert querying.is_running()
        await querying.press("escape")
        assert not querying.is_running()
        assert isinstance(querying.pilot.app.focused, SoqlEditor)


@pytest.mark.parametrize("key", ["ctrl+space", "ctrl+@", "ctrl+l"])
async def test_keys_ask_for_the_list_where_nothing_is_typed(open_query: OpenQuery, key: str) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT Id FROM Account WHERE Industry = ")
        await querying.press(key)
        assert "'Banking'" in querying.offered
        await querying.press(*"'Ban", "tab")
        assert querying.pane.editor.text == "SELECT Id FROM Account WHERE Industry = 'Banking'"


async def test_a_key_that_asks_for_a_list_says_where_there_is_none(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT Id FROM Account LIMIT 20")
        await querying.press("ctrl+l")
        assert querying.message == "Nothing that is known fits here"


async def test_a_relationship_goes_on_with_its_fields_and_a_function_with_its_brackets(
    open_query: OpenQuery,
) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT ", FROM_CONTACT)
        await querying.burst(*"Acc", "tab")
        assert querying.pane.editor.text == "SELECT Account." + FROM_CONTACT
        assert "AccountNumber" in querying.offered
        await querying.burst(*"AnnR", "tab")
        assert querying.pane.editor.text == "SELECT Account.AnnualRevenue" + FROM_CONTACT
        await querying.press("comma", *"COUNT_D", "tab", *"Id", "escape", ")")
        assert querying.pane.editor.text == "SELECT Account.AnnualRevenue,COUNT_DISTINCT(Id)" + FROM_CONTACT


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_list_is_never_cut_at_an_edge_and_scrolls(
    open_query: OpenQuery, size: tuple[int, int]
) -> None:
    async with open_query(size=size) as querying:
        lines = "\n".join(["SELECT Id,"] * 7)
        await begin(querying, lines + "SELECT Id, Name, Email, Phone, CreatedDate, ", FROM_CONTACT)
        await querying.press("ctrl+space")
        offers = querying.pane.offers
        assert offers.size.height == MOST_ROWS
        assert querying.pilot.app.screen.region.contains_region(offers.region)
        assert offers.region.y > querying.pane.editor.cursor_screen_offset.y
        await querying.press("pagedown", "pagedown")
        assert offers.chosen == MOST_ROWS - 1
        await querying.press("up", "up", *["down"] * 9)
        chosen = querying.offered[offers.chosen or 0]
        assert any(f">{chosen}" in line for line in querying.lines)
        assert querying.pane.editor.text.startswith(lines)


async def test_a_wide_character_before_the_cursor_leaves_the_list_below_the_name(
    open_query: OpenQuery,
) -> None:
    async with open_query(size=(160, 45)) as querying:
        await begin(querying, "SELECT Id FROM Contact WHERE LastName = '山田太郎' AND ")
        await querying.press(*"Pho")
        offers = querying.pane.offers
        # Below the word's first letter, which stands behind the sign of the chosen row.
        assert offers.region.x + 1 == querying.pane.editor.cursor_screen_offset.x - 3


async def test_the_mouse_chooses_and_scrolls(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT Na", FROM_CONTACT)
        await querying.press("ctrl+space")
        row = querying.offered.index("FirstName")
        await querying.pilot.click(querying.pane.offers, offset=(3, row))
        await settled(querying.pilot)
        assert querying.pane.editor.text == "SELECT FirstName" + FROM_CONTACT
        assert isinstance(querying.pilot.app.focused, SoqlEditor)


async def test_names_come_when_the_org_tells_them_and_no_key_waits(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.org.faults({"path": "(?i)/opportunity/describe", "latency_ms": 1200, "count": 1})
        await querying.paste("SELECT  FROM Opportunity")
        querying.pane.editor.go_to(7)
        for key in "Sta":
            querying.pilot.app.post_message(Key(key, key))
        await querying.pilot.pause()
        assert querying.pane.editor.text == "SELECT Sta FROM Opportunity"
        assert "StageName" not in querying.offered
        await settled(querying.pilot)
        assert querying.offered[0] == "StageName"


async def test_what_the_org_refuses_is_not_asked_for_at_each_key(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        refused = {"status": 403, "body": [{"errorCode": "INSUFFICIENT_ACCESS", "message": "no"}]}
        querying.org.faults({"path": "(?i)/opportunity/describe", **refused})
        await begin(querying, "SELECT ", " FROM Opportunity")
        await querying.press(*"Sta")
        await querying.press("g")
        assert querying.offered == []
        assert not querying.shows_error()
        assert querying.message == ""
        describes = [entry for entry in querying.org.log() if "/opportunity/" in entry["path"].lower()]
        assert len(describes) == 1


async def test_leaving_the_place_or_the_text_closes_the_list(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await begin(querying, "SELECT ", FROM_CONTACT)
        for away, back in (("left", "right"), (" ", "backspace"), ("f6", "f6")):
            await querying.burst("N")
            assert querying.offered
            await querying.burst(away)
            assert querying.offered == []
            await querying.burst(back, "backspace")
