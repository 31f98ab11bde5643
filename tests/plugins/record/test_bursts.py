"""Keys that come faster than they are served, and what an editor that is open holds."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import SObject
from sfexplorer_record.editors import FieldEditor
from tests.plugins.record.driving import burst, edit, go_to, open_editor, pane_of


def text_of(pilot: Any) -> str:
    return pane_of(pilot).query_one(FieldEditor).query_one(Input).value


async def test_letters_in_one_burst_with_the_key_that_opens_the_editor_reach_it(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await go_to(pilot, "Title")
        for letter in "qxz":
            await burst(pilot, "e", letter)
            assert text_of(pilot) == f"{contact['Title']}{letter}"
            await pilot.press("escape")
            await settled(pilot)


async def test_the_editor_has_the_focus_as_soon_as_its_key_is_served(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        for field in ("Title", "Description", "LeadSource"):
            await go_to(pilot, field)
            pane = pane_of(pilot)
            await pilot.app.run_action("do('edit')", pane)
            editor = pane.query_one(FieldEditor)
            assert pilot.app.focused is editor.focus_target()
            await pilot.press("escape")
            await settled(pilot)


@pytest.mark.parametrize("field", ["Title", "Description", "LeadSource"])
async def test_leaving_the_app_while_an_editor_is_mounted_raises_nothing(
    explorer_app: ExplorerApp, contact: SObject, field: str
) -> None:
    async with explorer_app(contact.id) as pilot:
        await go_to(pilot, field)
        await burst(pilot, "e", "ctrl+q")
        assert pilot.app.return_code == 0


async def test_what_an_open_editor_holds_is_asked_about_before_it_is_lost(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        for field, key in (("Title", "C"), ("Description", "C"), ("LeadSource", "P"), ("LeadSource", "down")):
            await open_editor(pilot, field)
            assert pane_of(pilot).unsaved == 0
            await pilot.press(key, "ctrl+q")
            await settled(pilot)
            assert isinstance(pilot.app.screen, ModalScreen)
            await pilot.press("escape")
            await settled(pilot)
            assert pane_of(pilot).query(FieldEditor)
            await pilot.press("escape")
            await settled(pilot)
            assert pane_of(pilot).unsaved == 0


async def test_a_changed_field_that_is_typed_into_again_counts_once(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        await open_editor(pilot, "Title")
        await pilot.press("!")
        assert pane_of(pilot).unsaved == 1
        await pilot.press("backspace")
        assert pane_of(pilot).unsaved == 1
        await pilot.press("escape")
        await open_editor(pilot, "Department")
        await pilot.press("!")
        assert pane_of(pilot).unsaved == 2
        await pilot.press("backspace")
        assert pane_of(pilot).unsaved == 1
