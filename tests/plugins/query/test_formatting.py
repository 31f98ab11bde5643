"""The usual layout of the statement at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sfexplorer_query.formatting import Formatted, formatted

if TYPE_CHECKING:
    from tests.plugins.query.conftest import OpenQuery

WRITTEN = "select Id, Name from Contact where Email != null order by Name"
LAID_OUT = "SELECT Id, Name\nFROM Contact\nWHERE Email != NULL\nORDER BY Name"


async def test_f4_lays_out_the_statement_at_the_cursor_and_undo_takes_it_back(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        editor = querying.pane.editor
        await querying.paste(f"select Id from User;\n\n{WRITTEN};\n")
        editor.go_to(editor.text.index("Email") + 2)
        await querying.press("f4")
        assert editor.text == f"select Id from User;\n\n{LAID_OUT};\n"
        assert editor.offset_of_cursor == editor.text.index("Email") + 2
        await querying.press("ctrl+z")
        assert editor.text == f"select Id from User;\n\n{WRITTEN};\n"
        assert editor.offset_of_cursor == editor.text.index("Email") + 2
        await querying.press("ctrl+y")
        assert LAID_OUT in editor.text


async def test_the_palette_formats_too(open_query: OpenQuery) -> None:
    async with open_query() as querying:
        await querying.paste(WRITTEN)
        await querying.press("ctrl+p", *"format")
        await querying.press("enter")
        assert querying.pane.editor.text == LAID_OUT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("select Id from", "Not formatted, since it can't be read: The query ends"),
        ("select Id -- the key\nfrom User", "Not formatted: the comments in it would be lost"),
        (LAID_OUT, "It has its layout already"),
        ("", "There is nothing to format"),
    ],
)
async def test_what_is_left_as_it_is_says_why(open_query: OpenQuery, text: str, reason: str) -> None:
    async with open_query() as querying:
        await querying.paste(text)
        await querying.press("f4")
        assert querying.pane.editor.text == text
        assert querying.message.startswith(reason)


def test_comments_around_a_statement_stay() -> None:
    text = f"-- all of them\n{WRITTEN}\n// end"
    done = formatted(text, len(text), 80)
    assert isinstance(done, Formatted)
    assert text[: done.start] + done.text + text[done.end :] == f"-- all of them\n{LAID_OUT}\n// end"


@pytest.mark.parametrize("place", ["select", "Id", ", Name", "Contact", "!=", "null", "by Name"])
def test_the_cursor_stays_at_its_token(place: str) -> None:
    done = formatted(WRITTEN, WRITTEN.index(place) + 1, 80)
    assert isinstance(done, Formatted)
    assert done.text[done.cursor - 1 :].lower().startswith(place[0].lower())
