"""Keys that come in one burst, as a macro or a slow line sends them, reach the pane that they open."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import TextArea

from sfexplorer.api.testing import ExplorerApp, settled

TYPED = "select id from account"


async def test_what_is_typed_behind_the_key_that_opens_a_pane_is_in_the_pane(
    explorer_app: ExplorerApp,
) -> None:
    async with explorer_app() as pilot:
        pilot.app.post_message(Key("ctrl+t", None))
        for letter in TYPED:
            pilot.app.post_message(Key("space" if letter == " " else letter, letter))
        await settled(pilot)
        assert pilot.app.screen.query_one(TextArea).text == TYPED
