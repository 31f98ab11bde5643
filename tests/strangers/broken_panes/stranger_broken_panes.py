"""A plugin whose hook raises."""

from __future__ import annotations

from sfexplorer.api import Pane, hookimpl


@hookimpl
def panes() -> list[Pane]:
    raise RuntimeError("broken in panes")
