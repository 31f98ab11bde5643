"""The way back: from a save by the journal, from a conflict through it, from a closed app by the draft."""

from __future__ import annotations

import shutil
from typing import Any

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.client import Org, SObject
from tests.plugins.record.driving import (
    changes_of,
    dialog_lines,
    dialog_title,
    edit,
    go_to,
    line_of,
    notes,
    pane_of,
    save,
)


async def test_from_an_edit_over_a_conflict_to_a_merge_and_back_again(
    explorer_app: ExplorerApp, contact: SObject, org: Org, demo_org: Any
) -> None:
    id = str(contact.id)
    async with explorer_app(id) as pilot:
        await edit(pilot, "Title", "Mine")
        await edit(pilot, "Department", "Engines")
        demo_org.touch(id, Title="Theirs")
        await save(pilot)
        await pilot.press("right", "enter")
        await settled(pilot)
        assert (await org.retrieve("Contact", id))["Title"] == "Mine"
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        # What was there before the save is what the others had put there.
        assert [line.split() for line in dialog_lines(pilot)] == [
            ["Title", "Mine", "->", "Theirs"],
            ["Department", "Engines", "->", "∅"],
        ]
        await pilot.press("enter")
        await settled(pilot)
        back = await org.retrieve("Contact", id)
        assert (back["Title"], back["Department"]) == ("Theirs", None)
        # The way back is a save like others, and can be taken back itself; not over what came since.
        demo_org.touch(id, Department="Newer")
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert dialog_title(pilot) == "Changed again since then"
        assert dialog_lines(pilot)[1].split() == [">", "Department", "∅", "Newer", "Engines", "?"]
        await pilot.press("left", "enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        back = await org.retrieve("Contact", id)
        assert (back["Title"], back["Department"]) == ("Mine", "Newer")


async def test_edits_are_kept_as_a_draft_and_come_back_with_what_others_did(
    explorer_app: ExplorerApp, contact: SObject, demo_org: Any, explorer_home: Any, patches: Any
) -> None:
    id = str(contact.id)
    drafts = explorer_home / "data" / "drafts"
    async with explorer_app(id) as pilot:
        await edit(pilot, "Title", "Mine")
        await edit(pilot, "Fax", "+44 1")
        # Kept at once: a line that is cut would not ask.
        assert len(list(drafts.rglob("*.jsonl"))) == 1
        await go_to(pilot, "Department")
        await pilot.press("e", *"Engi")
        pane_of(pilot).keep_draft()
        await settled(pilot)
        assert b"Engi" in next(drafts.rglob("*.jsonl")).read_bytes()
        await pilot.press("backspace", "ctrl+q")
        await settled(pilot)
        await pilot.press("k")
        await settled(pilot)
    demo_org.touch(id, Title="Theirs")
    async with explorer_app(id) as pilot:
        assert changes_of(pilot) == {"Title": "Mine", "Fax": "+44 1", "Department": "Eng"}
        assert any("3 edits are back from the draft" in note for note in notes(pilot))
        await go_to(pilot, "Title")
        assert "Someone else changed it too; in the org now: Theirs" in line_of(pilot, "Title")
        await save(pilot)
        assert dialog_title(pilot).startswith("Someone else saved this record")
        await pilot.press("left", "enter")
        await settled(pilot)
        assert patches() == [{"Fax": "+44 1", "Department": "Eng"}]
        assert list(drafts.rglob("*.jsonl")) == []
        await edit(pilot, "Title", "Lost")
        # What can't be kept is not lost by leaving all the same.
        shutil.rmtree(drafts)
        drafts.write_text("no folder")
        await pilot.press("ctrl+q", "k")
        await settled(pilot)
        assert "The draft can't be kept" in notes(pilot)[-1]
        assert changes_of(pilot) == {"Title": "Lost"}
        drafts.unlink()
        await pilot.press("x", "y")
        await settled(pilot)
        assert list(drafts.rglob("*.jsonl")) == []
