"""What is to be seen of a record."""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

from textual.widgets import Input, Static

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import FieldDescribe, Org, SObject, SObjectDescribe
from sfexplorer_record.state import RecordState
from tests.plugins.record.driving import (
    burst,
    choose,
    edit,
    field_lines,
    find,
    go_to,
    line_of,
    pane_of,
    paste,
)


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
        await pilot.press("y", "y")
        assert pilot.app.clipboard == contact["Email"]
        await pilot.press("y")
        await choose(pilot, "as JSON")
        assert json.loads(pilot.app.clipboard)["Email"] == contact["Email"]
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


async def test_five_hundred_fields_are_drawn_line_by_line(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    many = tuple(FieldDescribe(name=f"Field_{number}__c", type="string") for number in range(500))
    describe = SObjectDescribe(name="Wide__c", label="Wide", fields=many)
    record = SObject.from_json({"attributes": {"type": "Wide__c"}, "Id": contact.id})
    async with explorer_app(contact.id) as pilot:
        view = pane_of(pilot).view
        started = perf_counter()
        view.show(RecordState(record, describe))
        field_lines(pilot)
        took = perf_counter() - started
        # It takes a few thousandths; the bound leaves room for a machine that does other things too.
        assert took < 0.5
        await pilot.press("end")
        assert field_lines(pilot)[-1].startswith("> Field_499__c")


async def test_going_on_after_a_message_needs_no_other_key(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        demo_org.faults({"path": "/sobjects/", "method": "GET", "status": 400, "body": []})
        await pilot.press("r")
        await settled(pilot)
        assert pane_of(pilot).card.has_focus
        await pilot.press("escape")
        await settled(pilot)
        assert pane_of(pilot).view.fields.has_focus


async def test_letters_in_one_burst_with_the_slash_reach_the_filter(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await burst(pilot, "slash", *"title")
        assert pilot.app.screen.query_one("RecordPane Input", Input).value == "title"
