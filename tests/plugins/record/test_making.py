"""New records, copies, upserts, and the end of a record."""

from __future__ import annotations

from typing import Any

from textual.screen import ModalScreen

from sfexplorer.api import NewRecordRef, RecordRef
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from tests.plugins.record.driving import (
    changes_of,
    choose,
    dialog_lines,
    dialog_title,
    edit,
    field_lines,
    line_of,
    notes,
    open_editor,
    pane_of,
    paste,
    save,
)


async def test_a_record_is_made_cloned_and_deleted(
    explorer_app: ExplorerApp, contact: SObject, org: Org, demo_org: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await pilot.press("a")
        await settled(pilot)
        assert pane_of(pilot).title == "Contact > New Contact"
        await pilot.press("f", "f", "f")
        assert [line.split()[-1] for line in field_lines(pilot) if line.strip()] == ["required"]
        await pilot.press("a")
        await settled(pilot)
        await edit(pilot, "LastName", "Another")
        await pilot.press("x", "k", "escape")
        await edit(pilot, "Email", "no mail address")
        await edit(pilot, "LastName", "Byron")
        await save(pilot)
        # What the org refuses of a new record stands at its field, as of any other.
        assert "mail" in line_of(pilot, "Email")
        await pilot.press("z")
        await open_editor(pilot, "AccountId")
        await paste(pilot, "analytical")
        await pilot.press("enter")
        await settled(pilot)
        assert changes_of(pilot) == {"LastName": "Byron", "AccountId": contact["AccountId"]}
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert dialog_title(pilot) == "Make this Contact: 2 fields"
        assert [line.split() for line in dialog_lines(pilot)][1] == ["LastName", "Byron"]
        await pilot.press("enter")
        await settled(pilot)
        made = pane_of(pilot).state
        assert made is not None
        assert made.record.id is not None
        assert pane_of(pilot).bookmark() == RecordRef(made.record.id, "Contact")
        assert (pane_of(pilot).title, pane_of(pilot).unsaved) == ("Contact > Byron", 0)
        assert (await org.retrieve("Contact", made.record.id))["AccountId"] == contact["AccountId"]
        # The draft of the other one was kept, and comes back with the next new record; not with a copy.
        await pilot.press("a")
        await settled(pilot)
        assert changes_of(pilot) == {"LastName": "Another"}
        await pilot.press("x", "y", "c")
        await settled(pilot)
        assert changes_of(pilot)["LastName"] == "Byron"
        assert "Name" not in changes_of(pilot)
        # After a crash its draft has all that it began with.
        assert pane_of(pilot).bookmark() == NewRecordRef("Contact")
        await pilot.press("x", "y")
        await settled(pilot)
        assert pane_of(pilot).state is made
        await pilot.press("D")
        while not isinstance(pilot.app.screen, ModalScreen):
            await pilot.pause()
        await pilot.press("y")
        await settled(pilot)
        assert pane_of(pilot).reference != NewRecordRef("Contact")
        assert pane_of(pilot).title == f"Contact > {contact['Name']}"
        assert any("recycle bin" in note for note in notes(pilot))
    gone = await org.query(f"SELECT Id FROM Contact WHERE Id = '{made.record.id}'").first_page()
    assert len(gone.records) == 0


async def test_an_upsert_changes_the_record_that_has_the_external_id_or_makes_it(
    explorer_app: ExplorerApp, org: Org
) -> None:
    page = await org.query("SELECT Id, Account__c, Erp_Number__c FROM Invoice__c LIMIT 1").first_page()
    invoice = page.records[0]
    await org.update(SObject("Invoice__c", Id=invoice.id, Erp_Number__c="E-1"), force=True)
    async with explorer_app(invoice.id) as pilot:
        for number, made in (("E-1", False), ("E-2", True)):
            await pilot.press("a")
            await settled(pilot)
            for name, value in (
                ("Account__c", str(invoice["Account__c"])),
                ("Erp_Number__c", number),
                ("Remarks__c", "mine"),
            ):
                await open_editor(pilot, name)
                await paste(pilot, value)
                await pilot.press("tab")
                await settled(pilot)
            await pilot.press("o")
            await choose(pilot, "by Erp_Number__c")
            assert dialog_title(pilot) == "Upsert Invoice by Erp_Number__c, 3 fields"
            await pilot.press("enter")
            await settled(pilot)
            state = pane_of(pilot).state
            assert state is not None
            assert (state.record.id != invoice.id) is made
            assert state.record["Remarks__c"] == "mine"
            assert ("Made" in notes(pilot)[-1]) is made
