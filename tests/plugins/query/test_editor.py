"""The editor: colours, the mark at a mistake, its height and its keys."""

from __future__ import annotations

from time import perf_counter

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from sfexplorer.api import NotConnected
from sfexplorer.client import Org
from sfexplorer_query.colours import LONGEST_COLOURED, by_line, stretches
from sfexplorer_query.completion_list import CompletionList
from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.findings import Finding
from sfexplorer_query.known_objects import KnownObjects

USUAL = (
    "SELECT Id, Name, Account.Name, Email, (SELECT Id FROM Cases WHERE Status = 'New')\n"
    "FROM Contact -- people\n"
    "WHERE Email LIKE '%@example.com' AND CreatedDate = LAST_N_DAYS:30 ORDER BY Name LIMIT 9"
)


class Editing(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.offers = CompletionList()
        self.editor = SoqlEditor(text, self.offers, KnownObjects(Offline()))

    def compose(self) -> ComposeResult:
        yield self.editor
        yield Input()
        yield self.offers


class Offline:
    """A shell without an org."""

    @property
    def org(self) -> Org:
        raise NotConnected("No org is connected yet.")


def pieces(editor: SoqlEditor, line: int, *, underlined: bool = False) -> list[str]:
    text = editor.get_line(line)
    spans = [span for span in text.spans if not underlined or getattr(span.style, "underline", False)]
    return [text.plain[span.start : span.end] for span in spans]


async def press_text(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if character == " " else character for character in text))


async def test_words_are_coloured_as_they_are_typed() -> None:
    async with Editing("").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        await press_text(pilot, "SELECT x")
        assert pieces(editor, 0)[0] == "SELECT"


async def test_a_mistake_is_marked_until_the_text_is_another_and_the_text_stays() -> None:
    async with Editing("SELECT Nmae FROM Contact").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        editor.find([Finding("No such field", start=7, end=11)])
        editor.go_to(7)
        await pilot.pause()
        assert pieces(editor, 0, underlined=True) == ["Nmae"]
        assert editor.cursor_location == (0, 7)
        assert editor.text == "SELECT Nmae FROM Contact"
        await pilot.press("delete")
        await pilot.pause()
        assert pieces(editor, 0, underlined=True) == []


async def test_a_mistake_at_the_end_is_marked_at_the_last_sign() -> None:
    async with Editing("SELECT Id\nFROM \n").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        editor.find([Finding("Unfinished", start=len(editor.text), end=len(editor.text))])
        await pilot.pause()
        assert pieces(editor, 1, underlined=True) == ["M"]


async def test_the_editor_grows_with_its_text_from_three_to_eight_lines() -> None:
    async with Editing("SELECT Id").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        editor.move_cursor(editor.document.end)
        heights = []
        for _ in range(10):
            await pilot.press("enter")
            await pilot.pause()
            heights.append(editor.size.height)
        assert heights == [3, 3, 4, 5, 6, 7, 8, 8, 8, 8]


async def test_a_long_line_is_wrapped_and_all_of_it_seen() -> None:
    async with Editing(USUAL.replace("\n", " ")).run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        strips = pilot.app.screen._compositor.render_strips()[:6]
        seen = " ".join("".join(segment.text for segment in strip).strip() for strip in strips)
        assert "ORDER BY Name LIMIT 9" in seen


async def test_of_a_long_line_only_what_is_drawn_is_coloured() -> None:
    async with Editing(USUAL.split("\n")[0] + ", Name" * 500 + " FROM Contact").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        await pilot.pause()
        editor.render_line(7)
        assert "FROM" in pieces(editor, 0)
        assert len(pieces(editor, 0)) < 60
        assert "SELECT" not in pieces(editor, 0)


async def test_lines_are_numbered_only_once_there_are_two() -> None:
    async with Editing("").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        await press_text(pilot, "x")
        assert not editor.show_line_numbers
        await pilot.press("enter")
        await pilot.pause()
        assert editor.show_line_numbers


async def test_tab_leaves_the_editor_and_f6_is_left_to_the_shell() -> None:
    async with Editing("SELECT Id").run_test() as pilot:
        editor = pilot.app.query_one(SoqlEditor)
        await pilot.press("f6")
        assert editor.selected_text == ""
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, Input)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_colours_of_several_lines_and_statements_stand_at_their_places(newline: str) -> None:
    text = newline.join(["SELECT Id", "FROM Account", "", "SELECT 'a'"])
    lines = text.split(newline)
    found = by_line(stretches(text), [len(line) for line in lines], len(newline))
    keywords = [
        (line, lines[line][start:end])
        for line in found
        for start, end, kind in found[line]
        if kind == "keyword"
    ]
    assert keywords == [(0, "SELECT"), (1, "FROM"), (3, "SELECT")]


def test_a_statement_too_long_to_colour_costs_only_its_own_colours() -> None:
    text = "SELECT Id FROM Account WHERE Name IN (" + "'x'," * LONGEST_COLOURED + ")\n\nSELECT Id"
    assert [text[start:end] for start, end, kind in stretches(text) if kind == "keyword"] == ["SELECT"]


def test_a_key_in_a_usual_text_is_coloured_in_less_than_a_millisecond() -> None:
    texts = [USUAL[:end] for end in range(len(USUAL) - 60, len(USUAL))]
    list(stretches(texts[0]))
    times = []
    for text in texts:
        started = perf_counter()
        list(stretches(text))
        times.append(perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.001
