"""From an Id to exactly the changed fields in the org."""

from __future__ import annotations

from typing import Any

from textual.containers import VerticalScroll

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from tests.plugins.record.driving import (
    dialog_lines,
    dialog_title,
    edit,
    go_to,
    line_of,
    open_editor,
    pane_of,
    paste,
    save,
    status_line,
)


async def test_two_edits_are_shown_and_sent_as_exactly_these_two(
    explorer_app: ExplorerApp, contact: SObject, org: Org, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief Analyst")
        await edit(pilot, "Email", "ada@engines.example")
        assert pane_of(pilot).unsaved == 2
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert dialog_title(pilot) == f"Save 2 changes to {contact['Name']}"
        assert [line.split() for line in dialog_lines(pilot)] == [
            ["Email", contact["Email"], "->", "ada@engines.example"],
            ["Title", *str(contact["Title"]).split(), "->", "Chief", "Analyst"],
        ]
        await pilot.press("enter")
        await settled(pilot)
        assert patches() == [{"Title": "Chief Analyst", "Email": "ada@engines.example"}]
        assert pane_of(pilot).unsaved == 0
        assert "was:" not in line_of(pilot, "Email")
    assert (await org.retrieve("Contact", str(contact.id)))["Title"] == "Chief Analyst"


async def test_a_refresh_brings_what_others_did_and_keeps_the_edits(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        demo_org.touch(contact.id, Department="Engines")
        await pilot.press("r")
        await settled(pilot)
        assert pane_of(pilot).unsaved == 1
        await go_to(pilot, "Department")
        assert "Engines" in line_of(pilot, "Department")


async def test_a_long_text_is_shown_in_full_before_it_is_sent(
    explorer_app: ExplorerApp, contact: SObject, patches: Any
) -> None:
    text = "line one\n" + "unheard-of " * 20 + "engine\nthe end"
    async with explorer_app(contact.id, size=(60, 20)) as pilot:
        await edit(pilot, "Title", "Chief")
        await open_editor(pilot, "Description")
        await pilot.press("f7")
        await paste(pilot, text)
        await pilot.press("ctrl+s")
        await settled(pilot)
        lines = [line.strip() for line in dialog_lines(pilot)]
        shown = "".join(line.removeprefix("now").strip(" ") for line in lines)
        assert "line one⏎" in lines[next(at for at, line in enumerate(lines) if line.startswith("now"))]
        assert "the end" in lines
        assert shown.replace(" ", "").count("unheard-of") == 20
        assert any("Chief" in line and "->" in line for line in lines)
        dialog = pilot.app.screen.query_one(".dialog")
        assert dialog.region.bottom <= 20
        rows = pilot.app.screen.query_one(VerticalScroll)
        assert rows.max_scroll_y > 0
        await pilot.press("end")
        assert rows.scroll_offset.y == rows.max_scroll_y
        await pilot.press("enter")
        await settled(pilot)
        assert patches() == [{"Title": "Chief", "Description": text}]


async def test_what_is_taken_back_is_not_sent_and_a_second_save_conflicts_with_nobody(
    explorer_app: ExplorerApp, contact: SObject, patches: Any
) -> None:
    async with explorer_app(contact.id, size=(60, 20)) as pilot:
        # Nothing is changed: nothing is sent, and the line below tells the key that edits.
        await save(pilot)
        assert patches() == []
        assert "e Edit" in status_line(pilot)
        assert "Ctrl+S Save" not in status_line(pilot)
        await edit(pilot, "Title", "Chief")
        assert "Ctrl+S Save" in status_line(pilot)
        # Typing the old value again is no change.
        await edit(pilot, "Title", str(contact["Title"]))
        assert pane_of(pilot).unsaved == 0
        await edit(pilot, "Title", "Chief")
        await edit(pilot, "Department", "Engines")
        await go_to(pilot, "Title")
        await pilot.press("z")
        assert str(contact["Title"]) in line_of(pilot, "Title")
        await save(pilot)
        assert patches() == [{"Department": "Engines"}]
        await edit(pilot, "Title", "One")
        # Going back from the dialog keeps the edit and sends nothing.
        await pilot.press("ctrl+s", "escape")
        await settled(pilot)
        assert line_of(pilot, "Title").startswith("*>Title")
        await pilot.press("Z")
        await settled(pilot)
        assert pane_of(pilot).unsaved == 0
        assert patches() == [{"Department": "Engines"}]
        await go_to(pilot, "Title")
        await pilot.press("delete")
        await save(pilot)
        assert patches()[1:] == [{"Title": None}]
        # Ctrl+S in an editor takes the text, and shows what will be saved.
        await open_editor(pilot, "Title")
        await pilot.press("C", "ctrl+s")
        await settled(pilot)
        assert dialog_title(pilot) == f"Save 1 change to {contact['Name']}"
        await pilot.press("enter")
        await settled(pilot)
        assert patches()[2:] == [{"Title": "C"}]
