"""Two people save the same record."""

from __future__ import annotations

import re
from typing import Any

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from tests.plugins.record.driving import dialog_lines, dialog_title, edit, go_to, line_of, pane_of, save


async def test_each_contested_field_is_settled_by_the_person(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, org: Org, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Mine")
        await edit(pilot, "Department", "My department")
        await edit(pilot, "Fax", "+44 1")
        demo_org.touch(contact.id, Title="Theirs", Department="Their department")
        await save(pilot)
        assert dialog_title(pilot).startswith("Someone else saved this record")
        # Who saved it, and when.
        assert re.search(r"\(\S.*, \d+ s ago\)", dialog_title(pilot))
        await pilot.press("escape")
        await settled(pilot)
        assert pane_of(pilot).unsaved == 3
        assert "Mine" in line_of(pilot, "Title")
        assert patches() == []
        await save(pilot)
        title, department = dialog_lines(pilot)[1:]
        assert str(contact["Title"]) in title
        assert title.split()[-3:] == ["Theirs", "Mine", "?"]
        assert department.split()[-1] == "?"
        assert patches() == []
        # A field that nobody has decided on is asked for; nothing is sent.
        await pilot.press("left", "enter")
        await settled(pilot)
        assert patches() == []
        await pilot.press("right", "enter")
        await settled(pilot)
        assert pane_of(pilot).unsaved == 0
    saved = await org.retrieve("Contact", str(contact.id))
    assert saved["Title"] == "Theirs"
    assert saved["Department"] == "My department"
    assert saved["Fax"] == "+44 1"
    assert patches() == [{"Department": "My department", "Fax": "+44 1"}]


async def test_what_others_changed_elsewhere_is_kept_and_told(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, org: Org, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Mine")
        demo_org.touch(contact.id, Department="Engines")
        await save(pilot)
        assert patches() == [{"Title": "Mine"}]
        assert any("Department" in note.message for note in pilot.app._notifications)
        await go_to(pilot, "Department")
        assert "Engines" in line_of(pilot, "Department")
    assert (await org.retrieve("Contact", str(contact.id)))["Department"] == "Engines"


async def test_a_refresh_does_not_hide_that_an_edited_field_was_changed_by_another_too(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Mine")
        demo_org.touch(contact.id, Title="Theirs", Department="Engines")
        await pilot.press("r")
        await settled(pilot)
        edited, told = line_of(pilot, "Title").split("\n")
        assert "Mine" in edited
        assert "Theirs" in told
        assert any("Title" in note.message for note in pilot.app._notifications)
        await save(pilot)
        assert dialog_title(pilot).startswith("Someone else saved this record")
        assert dialog_lines(pilot)[1].split()[-3:] == ["Theirs", "Mine", "?"]
        assert patches() == []
        await pilot.press("right", "enter")
        await settled(pilot)
        assert patches() == [{"Title": "Mine"}]
        assert "\n" not in line_of(pilot, "Title")


async def test_the_reading_after_a_save_does_not_hide_it_either(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Mine")
        await save(pilot)
        await edit(pilot, "Department", "Mine too")
        demo_org.touch(contact.id, Title="Theirs", Department="Theirs too")
        await pilot.press("r")
        await settled(pilot)
        await go_to(pilot, "Title")
        assert "Theirs" in line_of(pilot, "Title")
        await save(pilot)
        assert dialog_title(pilot).startswith("Someone else saved this record")


async def test_the_old_value_typed_over_what_another_made_of_it_is_a_change(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Mine")
        demo_org.touch(contact.id, Title="Theirs")
        await pilot.press("r")
        await settled(pilot)
        await edit(pilot, "Title", str(contact["Title"]))
        await save(pilot)
        assert patches() == [{"Title": contact["Title"]}]
        await edit(pilot, "Title", "Mine")
        demo_org.touch(contact.id, Title="Theirs again")
        await pilot.press("r")
        await settled(pilot)
        # Reverting shows what is in the org now.
        await pilot.press("z")
        assert pane_of(pilot).unsaved == 0
        assert "Theirs again" in line_of(pilot, "Title")
        assert "\n" not in line_of(pilot, "Title")
