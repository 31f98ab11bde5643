"""What is to be seen of a record."""

from __future__ import annotations

from typing import Any

from textual.widgets import Static

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from tests.plugins.record.driving import edit, field_lines, find, go_to, line_of, pane_of, paste


async def test_an_id_alone_shows_all_fields_in_the_orgs_order(
    explorer_app: ExplorerApp, contact: SObject, org: Org
) -> None:
    async with explorer_app(str(contact.id)[:15], size=(160, 45)) as pilot:
        pane = pane_of(pilot)
        assert pane.title == f"Contact > {contact['Name']}"
        assert str(pane.query_one("#record-id", Static).render()) == contact.id
        described = (await org.describe("Contact")).fields
        assert [field.name for field in pane.view.fields.fields] == [field.name for field in described]
        first = field_lines(pilot)[0]
        assert first.split() == [">", "Id", "Contact", "ID", "id", contact.id, "read", "only"]


async def test_a_reference_is_told_by_its_name(explorer_app: ExplorerApp, contact: SObject, org: Org) -> None:
    account = await org.retrieve("Account", contact["AccountId"], ["Name"])
    async with explorer_app(contact.id) as pilot:
        assert f"{account['Name']} ({contact['AccountId']})" in line_of(pilot, "AccountId")


async def test_fields_are_found_by_letters_and_all_come_back(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await pilot.press("slash")
        await paste(pilot, "mail")
        shown = pane_of(pilot).view.fields.fields
        assert 0 < len(shown) < 40
        assert all("mail" in f"{field.name} {field.label}".lower() for field in shown)
        await pilot.press("escape")
        await find(pilot, "Email")
        here = pane_of(pilot).view.here
        assert here is not None
        assert here.name == "Email"
        assert len(pane_of(pilot).view.fields.fields) == len(contact)


async def test_only_the_filled_and_only_the_changed_fields_can_be_shown(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        await pilot.press("f")
        filled = pane_of(pilot).view.fields.fields
        assert all(contact[field.name] not in (None, "") for field in filled)
        await pilot.press("f")
        assert [field.name for field in pane_of(pilot).view.fields.fields] == ["Title"]
        await pilot.press("escape")
        assert len(pane_of(pilot).view.fields.fields) == len(contact)


async def test_a_changed_field_is_marked_and_tells_what_was_there(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        assert line_of(pilot, "Title").startswith("*>Title")
        assert line_of(pilot, "Title").rstrip().endswith(f"was: {contact['Title']}")
        assert "changed: 1 field" in str(pane_of(pilot).query_one("#record-status", Static).render())


async def test_a_value_and_the_id_are_copied(explorer_app: ExplorerApp, contact: SObject) -> None:
    async with explorer_app(contact.id) as pilot:
        await go_to(pilot, "Email")
        await pilot.press("y")
        assert pilot.app.clipboard == contact["Email"]
        await pilot.press("Y")
        assert pilot.app.clipboard == contact.id


async def test_quitting_with_unsaved_edits_asks_first(
    explorer_app: ExplorerApp, contact: SObject, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        await pilot.press("ctrl+q")
        await settled(pilot)
        assert len(pilot.app.screen_stack) == 3
        await pilot.press("escape")
        await settled(pilot)
        assert pane_of(pilot).unsaved == 1
