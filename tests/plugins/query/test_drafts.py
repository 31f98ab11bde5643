"""A text that was typed survives the app's death, until it was run or is not wanted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sfexplorer.api.testing import settled
from sfexplorer_query.drafts import drafts_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.query.conftest import OpenQuery


async def test_a_draft_is_offered_again_followed_and_gone_once_it_was_run(
    open_query: OpenQuery, explorer_home: Path
) -> None:
    folder = drafts_folder()
    folder.mkdir(parents=True)
    (folder / "left.soql").write_text("SELECT Id FROM User")
    async with open_query() as querying:
        assert querying.message == "1 draft kept from before: Ctrl+O lists them"
        await querying.reach("PickDialog", "ctrl+o")
        await querying.press("enter")
        assert querying.pane.editor.text == "SELECT Id FROM User"
        assert querying.pane.unsaved == 1
        await querying.type(" LIMIT 3")
        await querying.pilot.pause(0.1)
        await settled(querying.pilot)
        assert (folder / "left.soql").read_text() == "SELECT Id FROM User LIMIT 3"
        await querying.press("f5")
        await querying.pilot.pause(0.1)
        await settled(querying.pilot)
        assert os.listdir(folder) == []
        await querying.press("ctrl+t", *"FIND")
        await querying.pilot.pause(0.1)
        await settled(querying.pilot)
        assert len(os.listdir(folder)) == 1
        await querying.press("f6", "x", "y")
        assert os.listdir(folder) == []
