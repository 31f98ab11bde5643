"""Tab takes what is offered instead of a misspelt name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("SELECT Id FROM Contact WHERE Emial != null LIMIT 2", "Emial>Email"),
        ("SELECT Id, Account.Nmae FROM Contact LIMIT 2", "Nmae>Name"),
        ("SELECT Acount.Name FROM Contact LIMIT 2", "Acount>Account"),
        ("SELECT Id, (SELECT Id FROM Contatcs) FROM Account LIMIT 2", "Contatcs>Contacts"),
        ("SELECT Id FROM Contcat LIMIT 2", "Contcat>Contact"),
        ("SELECT Id FORM Contact LIMIT 2", "FORM>FROM"),
    ],
)
async def test_tab_puts_what_was_meant_for_the_misspelt_name(
    open_query: OpenQuery, wrong: str, right: str
) -> None:
    async with open_query() as querying:
        text = f"SELECT Id FROM User -- Emial\n\n{wrong}"
        await querying.run(text)
        assert "Did you mean" in querying.message
        await querying.press("tab")
        old, new = right.split(">")
        mended = f"SELECT Id FROM User -- Emial\n\n{wrong.replace(old, new)}"
        assert querying.pane.editor.text == mended
        assert isinstance(querying.pilot.app.focused, SoqlEditor)
        assert querying.message == ""
        await querying.press("f5")
        assert "loaded" in querying.status


async def test_a_mend_is_taken_back_by_undo(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        text = "SELECT Emial FROM Contact"
        await querying.run(text)
        await querying.press("tab", "ctrl+z")
        assert querying.pane.editor.text == text


async def test_tab_moves_on_where_nothing_is_offered(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Qqqqqqqqq FROM Contact")
        await querying.press("tab")
        assert isinstance(querying.pilot.app.focused, ResultGrid)
        assert querying.pane.editor.text == "SELECT Qqqqqqqqq FROM Contact"


async def test_a_mend_is_offered_for_as_long_as_the_name_is_there(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Emial FROM Contact")
        await querying.press("end", "space", "tab")
        assert querying.pane.editor.text == "SELECT Email FROM Contact "


async def test_the_line_of_keys_tells_of_tab_while_a_mend_is_offered(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Emial FROM Contact")
        strips = querying.pilot.app.screen._compositor.render_strips()
        assert "Tab Mend" in "".join(segment.text for segment in strips[-1])
