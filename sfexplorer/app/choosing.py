"""The list of panes: those that are open, and those that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from sfexplorer.api.contributions import Pane
from sfexplorer.api.explorer import Explorer
from sfexplorer.app.dialogs import Choice
from sfexplorer.app.pane_stack import PaneStack


def choose_pane(screen: Screen[Any], explorer: Explorer, stack: PaneStack, startable: Sequence[Pane]) -> None:
    """Let the person choose one of the open panes, or one of those that can start, and show it."""
    options = [opened.title for opened in stack.opened] + [f"New: {pane.title}" for pane in startable]
    if not options:
        explorer.tell("No plugin that is loaded has a pane to start with.", "warning")
        return

    def chosen(place: int | None) -> None:
        if place is None:
            return
        if place < len(stack.opened):
            stack.show(stack.opened[place])
        else:
            stack.build(explorer, startable[place - len(stack.opened)], None, beside=True)

    place = stack.opened.index(stack.active) if stack.active else 0
    screen.app.push_screen(Choice("Panes", options, place), chosen)
