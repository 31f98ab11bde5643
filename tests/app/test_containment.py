"""The private places of Textual that the shell overrides are still there, and do what the shell relies on."""

from __future__ import annotations

import inspect

from textual.app import App
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.app.app import ExplorerApp as Ours
from sfexplorer.app.containment import dialog_at_fault, pane_at_fault
from sfexplorer.app.workspace import Workspace


def test_textual_hands_every_exception_to_the_place_we_override() -> None:
    assert list(inspect.signature(App._handle_exception).parameters) == ["self", "error"]
    assert inspect.iscoroutinefunction(Widget._message_loop_exit)
    assert list(inspect.signature(App.run_action).parameters)[:2] == ["self", "action"]


class BrokenDialog(ModalScreen[None]):
    def compose(self) -> list[Static]:
        raise RuntimeError("broken dialog")


async def test_a_dialog_that_raises_costs_the_dialog(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, Ours)
        app.push_screen(BrokenDialog())
        await pilot.press("down")
        await settled(pilot)
        assert isinstance(app.screen, Workspace)
        assert any("broken dialog" in notification.message for notification in app._notifications)
        assert app.return_code in (None, 0)


def test_an_exception_of_the_shell_itself_is_nobodys_to_contain() -> None:
    error = RuntimeError("nobody's")
    assert pane_at_fault(error) is None
    assert dialog_at_fault(error) is None
