"""What doesn't fit stays on the screen, with the reason at its field."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import SObject
from sfexplorer_record.editors import FieldEditor
from tests.plugins.record.driving import edit, go_to, hint_of, line_of, open_editor, pane_of, save


def editor_of(pilot: Any) -> FieldEditor:
    return pane_of(pilot).query_one(FieldEditor)


async def test_a_text_that_does_not_fit_stays_with_the_reason_below_it(
    explorer_app: ExplorerApp, contact: SObject, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        for field, text, told in (
            ("Birthdate", "yesterday", "Not a date"),
            ("LastName", "", "is required"),
            ("Title", "x" * 129, "Too long by 1"),
            ("ReportsToId", "nobody", "Not a record Id"),
        ):
            await edit(pilot, field, text)
            assert told in hint_of(pilot)
            assert editor_of(pilot).query_one(Input).value == text
            await pilot.press("escape")
            await settled(pilot)
            assert not pane_of(pilot).query(FieldEditor)
        assert pane_of(pilot).unsaved == 0
        assert patches() == []


async def test_an_id_of_another_object_is_told_at_the_field(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "AccountId", str(contact.id))
        assert "Contact" in hint_of(pilot)
        assert "Account" in hint_of(pilot)
        state = pane_of(pilot).state
        assert state is not None
        assert state.record.changes == {}


async def test_a_read_only_field_says_so_and_opens_no_editor(
    explorer_app: ExplorerApp, contact: SObject
) -> None:
    async with explorer_app(contact.id) as pilot:
        await go_to(pilot, "CreatedDate")
        assert "read only" in line_of(pilot, "CreatedDate")
        await pilot.press("e")
        await settled(pilot)
        assert not pane_of(pilot).query(FieldEditor)
        assert "CreatedDate is read only." in [note.message for note in pilot.app._notifications]


async def test_what_the_org_refuses_stands_at_its_field_and_the_edits_stay(
    explorer_app: ExplorerApp, contact: SObject, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        await edit(pilot, "Email", "no mail address")
        await save(pilot)
        # Said once, at the field, with the key that mends it: trying the same again would be refused again.
        assert not pane_of(pilot).card.display
        assert pane_of(pilot).unsaved == 2
        shown = line_of(pilot, "Email")
        assert shown.startswith("*>Email")
        assert "mail" in shown.split("\n")[1]
        assert shown.rstrip().endswith("e Mend")
        assert pilot.app.focused is pane_of(pilot).view.fields
        await open_editor(pilot, "Email")
        assert "mail" in hint_of(pilot)
        assert "!" in hint_of(pilot)
        await pilot.press("escape")
        await settled(pilot)
        await edit(pilot, "Email", "ada@engines.example")
        assert not pane_of(pilot).card.display
        assert "\n" not in line_of(pilot, "Email")
        await save(pilot)
        assert patches()[-1] == {"Title": "Chief", "Email": "ada@engines.example"}
        assert pane_of(pilot).unsaved == 0


async def test_what_the_org_says_of_no_field_stands_above_without_a_key_to_send_it_again(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        code = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
        refusals = [
            {"message": "Chiefs need a boss.", "errorCode": code, "fields": []},
            {"message": "No such title.", "errorCode": code, "fields": ["Title"]},
        ]
        demo_org.faults({"path": "/sobjects/", "method": "PATCH", "status": 400, "body": refusals})
        await save(pilot)
        told = str(pane_of(pilot).card.render())
        assert "Chiefs need a boss." in told
        assert "No such title." not in told
        assert "Try again" not in told
        assert "No such title." in line_of(pilot, "Title")


async def test_a_lost_connection_keeps_the_edits_and_can_be_tried_again(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, patches: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        demo_org.faults({"path": "/sobjects/", "method": "PATCH", "status": 500})
        await save(pilot)
        assert pane_of(pilot).card.display
        assert pane_of(pilot).unsaved == 1
        demo_org.faults()
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert patches()[-1] == {"Title": "Chief"}
        assert pane_of(pilot).unsaved == 0


@pytest.mark.parametrize(
    ("id", "told"),
    [("zzz000000000001", "begin with zzz"), ("003000000000001", "003000000000001")],
)
async def test_an_id_that_leads_nowhere_is_told_in_the_pane(
    explorer_app: ExplorerApp, id: str, told: str
) -> None:
    async with explorer_app(id) as pilot:
        card = pane_of(pilot).card
        assert card.display
        assert told in f"{card.render()} {pane_of(pilot).title}"
