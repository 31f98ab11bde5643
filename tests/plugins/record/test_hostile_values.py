"""Values from an org are data: nothing in them is obeyed, on the lines, in the editors, in the dialogs."""

from __future__ import annotations

from typing import Any

from textual.strip import Strip
from textual.widgets import Input

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import SObject
from sfexplorer_record.editors import FieldEditor
from sfexplorer_record.editors.visible import visible_text
from tests.plugins.record.driving import field_lines, open_editor, pane_of

HOSTILE = "[red]Ada[/red] \x1b]52;c;aGk=\x07\x1b[2J \u202edrow \u200b&\x9b31m"


def lines_of(widget: Any) -> list[Strip]:
    return [widget.render_line(line) for line in range(widget.size.height)]


async def test_hostile_values_reach_the_screen_only_as_text(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any
) -> None:
    demo_org.touch(contact.id, Title=HOSTILE, LastName=HOSTILE, Description=f"{HOSTILE}\n{HOSTILE}")
    async with explorer_app(contact.id) as pilot:
        seen = "".join(field_lines(pilot))
        await open_editor(pilot, "Title")
        box = pane_of(pilot).query_one(FieldEditor).query_one(Input)
        assert box.value == HOSTILE
        seen += "".join(strip.text for strip in lines_of(box))
        await pilot.press("!", "enter")
        await settled(pilot)
        await open_editor(pilot, "Description")
        area = pilot.app.focused
        seen += "".join(strip.text for strip in lines_of(area))
        await pilot.press("!", "ctrl+s")
        await settled(pilot)
        seen += pilot.app.export_screenshot()
        await pilot.press("enter")
        await settled(pilot)
        for key in ("h", "o", "y"):
            await pilot.press(key)
            await settled(pilot)
            assert len(pilot.app.screen_stack) == 3
            seen += pilot.app.export_screenshot()
            await pilot.press("escape")
    assert "[red]Ada" in seen
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u200b"} & set(seen)


def test_a_text_under_edit_keeps_one_character_for_each() -> None:
    shown = visible_text(f"{HOSTILE}\t\n\x7f")
    assert len(shown) == len(HOSTILE) + 3
    assert shown.isprintable()
