"""What goes wrong on the way stays in the pane, with a key to try again, and costs no edit."""

from __future__ import annotations

from typing import Any

from textual.screen import ModalScreen

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.client import SObject
from tests.plugins.record.driving import card_text, changes_of, edit, hint_of, open_editor, pane_of, paste


async def test_each_request_may_fail_and_be_tried_again(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any
) -> None:
    async with explorer_app(contact.id) as pilot:
        await edit(pilot, "Title", "Chief")
        await open_editor(pilot, "AccountId")
        demo_org.faults({"path": "/(query|parameterizedSearch)", "status": 500, "count": 50})
        await paste(pilot, "anal")
        await settled(pilot)
        assert hint_of(pilot).startswith("!")
        demo_org.faults()
        await paste(pilot, "y")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert changes_of(pilot) == {"Title": "Chief"}
        for key, path in (("t", "/composite/batch"), ("s", "/describe/layouts")):
            demo_org.faults({"path": path, "status": 503, "count": 50})
            await pilot.press(key)
            await settled(pilot)
            assert "Try again" in card_text(pilot)
            demo_org.faults()
            pane_of(pilot).card.focus()
            await pilot.press("r")
            await settled(pilot)
            assert card_text(pilot) == ""
            pane_of(pilot).view.fields.focus()
        assert pane_of(pilot).view.related.query_one(Grid).source.row_count > 5
        assert pane_of(pilot).view.selection.layout
        demo_org.faults({"path": f"/sobjects/Contact/{contact.id}", "method": "DELETE", "status": 400})
        await pilot.press("D")
        while not isinstance(pilot.app.screen, ModalScreen):
            await pilot.pause()
        await pilot.press("y")
        await settled(pilot)
        assert card_text(pilot)
        assert changes_of(pilot) == {"Title": "Chief"}
