"""What is wrong is marked and told as one types, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer.api.testing import settled
from sfexplorer_query.results import ResultGrid

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

BAD_FIELD = "Contact has no field Emial. Did you mean Email?"


async def test_a_misspelt_name_is_told_and_mended_before_anything_is_sent(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.burst(*"SELECT Id, Emial FROM Contact ")
        assert querying.message == f"1:12  {BAD_FIELD}"
        assert querying.marked(0) == ["Emial"]
        shown = "\n".join(querying.lines)
        assert f"! 1:12  {BAD_FIELD}" in shown
        assert "Tab mends" in shown
        await querying.press("tab")
        assert querying.pane.editor.text == "SELECT Id, Email FROM Contact "
        assert querying.pane.editor.cursor_at_end_of_text
        assert querying.message == ""
        assert querying.marked(0) == []
        await querying.press("ctrl+z")
        assert querying.pane.editor.text == "SELECT Id, Emial FROM Contact "
        assert querying.requests() == []


async def test_each_is_marked_and_the_one_at_the_cursor_is_told(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        below = "SELECT Id, Emial\nFROM Account WHERE Industry = 'Bnaking' AND Nmae = 'x'"
        await querying.paste(f"SELECT Nmae FROM User\n\n{below}")
        await settled(querying.pilot)
        assert [querying.marked(line) for line in (0, 2, 3)] == [["Nmae"], ["Emial"], ["'Bnaking'", "Nmae"]]
        assert querying.message.startswith("1:8  User has no field Nmae")
        await querying.press("up", "end")
        assert querying.message.startswith("3:12  Account has no field Emial")
        querying.pane.editor.go_to(querying.pane.editor.text.index("Bnaking"))
        await settled(querying.pilot)
        assert querying.message.startswith("4:31  The picklist Industry has no value 'Bnaking'")
        await querying.press("tab")
        assert querying.pane.editor.text[: querying.pane.editor.offset_of_cursor].endswith("'Banking'")
        assert "Industry = 'Banking' AND" in querying.pane.editor.text


async def test_what_is_being_typed_is_not_told_before_a_pause_and_then_softly(
    open_query: OpenQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    async with open_query() as querying:
        await querying.burst(*"SELECT Id FROM Contact WHERE ")
        assert querying.message.startswith("1:29  The query ends where")
        assert any(line.startswith("─ 1:29") for line in querying.lines)
        await querying.pilot.press("x")
        assert querying.message == ""


async def test_who_chooses_an_offer_is_told_nothing_of_the_word_that_it_completes(
    open_query: OpenQuery,
) -> None:
    async with open_query() as querying:
        await querying.burst(*"SELECT Id FROM Cont")
        assert querying.offered
        assert "Tab mends" not in "\n".join(querying.lines)
        assert querying.message == ""
        await querying.press("escape")
        assert querying.message.startswith("1:16  There is no object Cont.")
        assert querying.marked(0) == ["Cont"]
        assert "Tab mends" in "\n".join(querying.lines)


async def test_marks_stay_at_their_places_while_one_types_elsewhere(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste("SELECT Id, Emial FROM Contact WHERE Id != null")
        await settled(querying.pilot)
        await querying.pilot.press("home", *["right"] * 9, ",", "N")
        assert "Emial" in querying.marked(0)
        await querying.pilot.press("tab")
        assert "Emial" in querying.pane.editor.text
        await querying.pilot.press("tab")
        assert querying.pane.editor.text.endswith("Email FROM Contact WHERE Id != null")


async def test_what_the_org_takes_is_no_error(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste("SELECT Id FROM User WHERE Nmae = 'x'")
        await settled(querying.pilot)
        assert querying.message
        querying.org.faults(
            {"path": "/query", "status": 200, "body": {"totalSize": 0, "done": True, "records": []}}
        )
        await querying.press("f5")
        assert querying.message == ""
        await querying.press("tab", "end", "space")
        assert querying.message == ""


async def test_without_an_answer_of_the_org_only_the_language_is_judged(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        querying.org.faults(
            {"path": "/sobjects", "status": 403, "body": [{"errorCode": "X", "message": "no"}]}
        )
        await querying.paste("SELECT Emial FORM Contact")
        await settled(querying.pilot)
        assert querying.marked(0) == ["FORM"]
        assert not querying.shows_error()


async def test_tab_goes_to_the_results_where_there_is_nothing_to_mend(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste("SELECT Qqqqqqqqqq FROM Contact")
        await settled(querying.pilot)
        assert querying.marked(0) == ["Qqqqqqqqqq"]
        await querying.press("tab")
        assert isinstance(querying.pilot.app.focused, ResultGrid)


async def test_a_long_finding_takes_one_line_and_moves_nothing(open_query: OpenQuery) -> None:
    async with open_query(size=(60, 20)) as querying:
        top = querying.pane.results.region.y
        await querying.paste("SELECT Id FROM Contact WHERE FirstName = 'a' AND LastName = 'b' OR Id = ''")
        await settled(querying.pilot)
        assert querying.message
        assert querying.pane.rule.size.height == 1
        assert querying.pane.results.region.y == top


async def test_hostile_pastes_are_taken(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        for text in ("(" * 100_000, "SELECT '\x00\x1b[31m" + "é" * 50, "'" * 5000):
            await querying.press("ctrl+a", "delete")
            await querying.paste(text)
            await settled(querying.pilot)
            await querying.press("a", "f4", "f5")
            seen = text.replace("\x00", "").replace("\x1b", "")
            assert querying.pane.editor.text == seen + "a"
            assert "\x1b" not in "\n".join(querying.lines)
