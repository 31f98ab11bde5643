"""The objects stand beside other panes where the screen is wide, and come as a drawer where it is not."""

from __future__ import annotations

from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.app.app import ExplorerApp as App

QUERY = "SELECT Id, Name FROM Account LIMIT 3"


async def test_on_a_wide_screen_it_stands_beside_what_shows_something_else(
    explorer_app: ExplorerApp,
) -> None:
    async with explorer_app(QUERY, size=(120, 30)) as pilot:
        app = pilot.app
        assert isinstance(app, App)
        side, stack = app.workspace.side, app.workspace.stack
        assert side.region.right == stack.region.x
        await pilot.press("f6")
        assert side.has_focus_within
        await pilot.press("slash", *"lead", "enter", "enter")
        await settled(pilot)
        assert [opened.title for opened in stack.opened] == ["Query Account", "Query Lead"]
        await pilot.press("backslash", "backslash")
        await settled(pilot)
        assert not side.display
        assert stack.region.x == 0
        await pilot.press("backslash", "f3")
        await settled(pilot)
        assert not side.display
        assert len(app.screen.query("#objects")) == 2


async def test_on_a_narrow_screen_it_lies_over_the_pane_until_something_is_opened(
    explorer_app: ExplorerApp,
) -> None:
    async with explorer_app(QUERY) as pilot:
        app = pilot.app
        assert isinstance(app, App)
        side, stack = app.workspace.side, app.workspace.stack
        grid = app.focused
        assert not side.display
        await pilot.press("backslash")
        assert stack.region.x == 0
        assert side.has_focus_within
        assert app.screen.get_widget_at(3, 5)[0] is side.query_one("#objects", Grid)
        await pilot.press("escape")
        await settled(pilot)
        assert not side.display
        assert app.focused is grid
        await pilot.press("f11", "f")
        await settled(pilot)
        assert not side.display
        assert stack.active is not None
        assert stack.active.title == "Objects"
