"""The way from pane to pane, and back to where one was."""

from __future__ import annotations

from sfexplorer.api.references import ObjectRef
from sfexplorer.api.testing import ExplorerApp, settled
from sfexplorer.api.ui import Grid
from sfexplorer.app.app import ExplorerApp as App
from sfexplorer.app.lines import TitleLine


async def test_back_returns_along_the_way_to_the_same_row(explorer_app: ExplorerApp) -> None:
    async with explorer_app() as pilot:
        app = pilot.app
        assert isinstance(app, App)
        stack = app.workspace.stack
        await pilot.press("enter")
        await settled(pilot)
        grid = app.screen.query_one("QueryPane Grid", Grid)
        await pilot.press("pagedown", "pagedown", "down", "enter")
        await settled(pilot)
        row, scroll = grid.cursor_row, grid.scroll_y
        assert row > 10
        line = app.screen.query_one(TitleLine).render().plain
        assert line.startswith(" Acme (demo) > Objects > Query Account > ")
        # Beside the way: what is opened from here stands behind it, what is gone to anew doesn't move.
        app.workspace.explorer.open(ObjectRef("Contact"))
        await settled(pilot)
        assert stack.active is stack.opened[0]
        for expected in (2, 1):
            await pilot.press("backspace" if expected == 2 else "escape")
            await settled(pilot)
            assert stack.active is stack.opened[expected]
        assert grid.has_focus
        assert (grid.cursor_row, grid.scroll_y) == (row, scroll)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert [tab.further for tab in stack.tabs] == [False, True, True, False]
        await pilot.press("x")
        await settled(pilot)
        assert grid.has_focus
        assert grid.cursor_row == row + 1
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert stack.active is stack.opened[0]
        assert any("Here it began" in notification.message for notification in app._notifications)
        # A command's pane stands beside the way, and leads back all the same.
        await pilot.press("ctrl+t", "f6", "escape")
        await settled(pilot)
        assert stack.active is stack.opened[0]
        assert not stack.tabs[-1].further
