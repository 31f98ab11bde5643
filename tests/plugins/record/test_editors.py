"""Each kind of value has an editor that fits."""

from __future__ import annotations

from textual.widgets import Input, OptionList

from sfexplorer.api import RecordRef
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from sfexplorer_record.editors import FieldEditor
from tests.plugins.record.driving import changes_of, edit, go_to, line_of, open_editor, pane_of, paste


async def test_a_boolean_is_turned_at_once(explorer_app: ExplorerApp, org: Org) -> None:
    found = await org.query("SELECT Id, IsPrivate FROM Opportunity ORDER BY Id LIMIT 1").first_page()
    async with explorer_app(found.records[0].id) as pilot:
        await go_to(pilot, "IsPrivate")
        await pilot.press("e")
        assert changes_of(pilot) == {"IsPrivate": not found.records[0]["IsPrivate"]}
        await pilot.press("e")
        assert changes_of(pilot) == {}


async def test_enter_on_a_reference_opens_the_record_it_points_to(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await go_to(pilot, "AccountId")
        assert line_of(pilot, "AccountId").rstrip().endswith("Enter >")
        await pilot.press("enter")
        await settled(pilot)
        assert pane_of(pilot).reference == RecordRef(contact["AccountId"])
        assert pane_of(pilot).title.startswith("Account > ")


async def test_an_editor_at_the_last_field_has_room(explorer_app: ExplorerApp, contact: SObject) -> None:
    async with explorer_app(contact.id, size=(60, 20)) as pilot:
        await pilot.press("slash")
        await paste(pilot, "Description")
        await pilot.press("enter", "e")
        await settled(pilot)
        desk = pane_of(pilot).query_one(FieldEditor)
        assert desk.region.bottom <= pane_of(pilot).region.bottom
        assert desk.region.right <= 60


async def test_a_picklist_is_chosen_by_letters_emptied_and_takes_new_values_unless_restricted(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await open_editor(pilot, "LeadSource")
        options = pane_of(pilot).query_one(FieldEditor).query_one(OptionList)
        assert options.option_count > 3
        await paste(pilot, "phone")
        assert "Phone" in str(options.get_option_at_index(0).prompt)
        await pilot.press("enter")
        await settled(pilot)
        assert changes_of(pilot) == {"LeadSource": "Phone Inquiry"}
        await open_editor(pilot, "LeadSource")
        await pilot.press("pageup", "enter")
        await settled(pilot)
        assert changes_of(pilot) == {"LeadSource": None}
        await open_editor(pilot, "LeadSource")
        await paste(pilot, "Carrier pigeon")
        await pilot.press("enter")
        await settled(pilot)
        assert changes_of(pilot) == {"LeadSource": "Carrier pigeon"}


async def test_taking_any_editor_as_it_is_changes_nothing_and_what_is_typed_is_taken_as_its_kind(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        for field in ("AccountId", "Birthdate", "Description", "LeadSource", "MailingStreet", "Title"):
            await open_editor(pilot, field)
            await pilot.press("tab")
            await settled(pilot)
            assert not pane_of(pilot).query(FieldEditor)
        assert changes_of(pilot) == {}
        # Letters typed in an editor are no keys.
        await open_editor(pilot, "Title")
        await pilot.press("ctrl+u", "q", "x", "e", "z")
        assert pane_of(pilot).query_one(FieldEditor).query_one(Input).value == "qxez"
        await pilot.press("escape")
        await settled(pilot)
        assert not pane_of(pilot).query(FieldEditor)
        await edit(pilot, "Birthdate", "1816-12-10")
        await open_editor(pilot, "Description")
        await pilot.press("a", "enter", "b", "tab")
        await settled(pilot)
        assert "a ⏎ …" in line_of(pilot, "Description")
        assert changes_of(pilot) == {
            "Birthdate": "1816-12-10",
            "Description": f"a\nb{contact['Description'] or ''}",
        }
