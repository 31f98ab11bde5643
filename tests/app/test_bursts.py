"""Keys that come in one burst, as a macro or a slow line sends them, reach the pane that they open."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import TextArea

from sfexplorer.api.testing import ExplorerApp, settled, way_to
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.demo.server import DemoServer
from sfexplorer.registry import Registry

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


async def test_what_is_typed_at_the_first_frame_reaches_what_it_opens(demo_org: DemoServer) -> None:
    app = App(Registry(), way_to(demo_org))
    typed = [Key("ctrl+t", None), *(Key("space" if letter == " " else letter, letter) for letter in TYPED)]

    async def type_at_once() -> None:
        for key in typed:
            app.post_message(key)

    app.call_later(type_at_once)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_one(TextArea).text == TYPED
