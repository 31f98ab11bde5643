"""The ways to a record, and the records that it points to."""

from __future__ import annotations

from typing import Any

import pytest

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from sfexplorer_record.pane import RecordPane
from tests.plugins.record.driving import edit, go_to, line_of, pane_of, paste


async def test_a_record_has_one_pane_however_it_is_named(explorer_app: ExplorerApp, contact: SObject) -> None:
    id = str(contact.id)
    async with explorer_app(id) as pilot:
        await edit(pilot, "Title", "Chief")
        for name in (
            id[:15],
            f"https://acme.example/lightning/r/Contact/{id}/view",
            str(contact["AccountId"]),
            id,
        ):
            await pilot.press("ctrl+g")
            await paste(pilot, name)
            await pilot.press("enter")
            await settled(pilot)
        assert pane_of(pilot).unsaved == 1
        assert len(pilot.app.screen.query(RecordPane)) == 2


async def test_a_parent_that_the_org_refuses_to_name_costs_the_others_nothing(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, org: Org
) -> None:
    owner = await org.retrieve("User", str(contact["OwnerId"]), ["Name"])
    refusal = [{"message": "No such column 'Name' on entity 'Account'.", "errorCode": "INVALID_FIELD"}]
    demo_org.faults({"path": r"query.*Account\.Name", "status": 400, "body": refusal, "count": 100})
    async with explorer_app(contact.id) as pilot:
        await go_to(pilot, "AccountId")
        assert f" {contact['AccountId']} " in line_of(pilot, "AccountId")
        await go_to(pilot, "OwnerId")
        assert owner["Name"] in line_of(pilot, "OwnerId")


@pytest.mark.parametrize("status", [400, 403])
async def test_an_org_that_names_no_parent_is_not_asked_for_ever(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, status: int
) -> None:
    refusal = [{"message": "no", "errorCode": "INSUFFICIENT_ACCESS"}]
    demo_org.faults({"path": "/query", "status": status, "body": refusal, "count": 500})
    async with explorer_app(contact.id) as pilot:
        assert not pane_of(pilot).card.display
        asked = [request for request in demo_org.log() if "/query" in request["path"]]
        assert 0 < len(asked) <= 25
