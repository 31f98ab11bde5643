"""Queries with mistakes: told under the text, at their place, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer_query.editor import SoqlEditor

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

GOOD = "SELECT Name FROM User ORDER BY Name"


async def test_an_unclosed_quote_is_told_with_its_place_and_nothing_is_sent(open_query: OpenQuery) -> None:
    async with open_query(GOOD) as querying:
        before = querying.first_column()
        querying.org.clear_log()
        text = "SELECT Id\nFROM Contact\nWHERE Name = 'Ada"
        await querying.run(text)
        assert querying.requests() == []
        assert querying.message.startswith("3:14  ")
        assert querying.pane.editor.text == text
        assert querying.first_column() == before
        assert querying.marked(2)
        assert isinstance(querying.pilot.app.focused, SoqlEditor)


async def test_a_misspelt_field_is_told_with_its_place_and_what_may_be_meant(open_query: OpenQuery) -> None:
    async with open_query(GOOD) as querying:
        before = querying.first_column()
        text = "SELECT Id, Name\nFROM Contact\nWHERE Emial LIKE '%@example.com'"
        await querying.run(text)
        assert querying.message == "3:7  Contact has no field Emial. Did you mean Email?"
        assert "! 3:7  Contact has no field Emial. Did you mean Email?" in "\n".join(querying.lines)
        assert querying.marked(2) == ["Emial"]
        assert querying.pane.editor.text == text
        assert querying.first_column() == before
        assert not querying.pane.card.display


async def test_a_misspelt_object_is_told_with_what_may_be_meant(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Id FROM Contcat")
        assert querying.message.endswith("Did you mean Contact?")


async def test_a_misspelt_parent_and_a_misspelt_sub_select_are_told_with_what_may_be_meant(
    open_query: OpenQuery,
) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Acount.Name FROM Contact")
        assert querying.message.endswith("Did you mean Account?")
        await querying.run("SELECT Id, (SELECT Id FROM Contatcs) FROM Account")
        assert querying.message.endswith("Did you mean Contacts?")


async def test_once_mended_the_message_goes_and_the_rows_come(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.run("SELECT Id FROM User WHERE")
        assert querying.message
        await querying.press("end")
        await querying.type(" Name != ''")
        await querying.press("f5")
        assert querying.message == ""
        assert querying.status.startswith("12 of 12 loaded")


async def test_an_empty_text_says_what_a_query_looks_like(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.press("f5")
        assert "SELECT" in querying.message
        assert querying.requests() == []


async def test_a_long_message_of_the_org_is_wholly_legible_at_sixty_columns(open_query: OpenQuery) -> None:
    async with open_query(GOOD, size=(60, 20)) as querying:
        querying.org.faults(
            {
                "path": "/query",
                "status": 400,
                "body": [{"errorCode": "MALFORMED_QUERY", "message": "word " * 30 + "end."}],
            }
        )
        await querying.press("f5")
        assert any("end." in line for line in querying.lines)
