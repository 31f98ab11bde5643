"""What stands where a plugin's pane failed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.api.explorer import Explorer
from sfexplorer.api.ui import PaneWidget, safe_lines


class FaultedPane(PaneWidget):
    """Says that a pane failed and what it said; everything else goes on."""

    DEFAULT_CSS = """
    FaultedPane > Static { padding: 1 2; height: auto; }
    """

    def __init__(self, explorer: Explorer, title: str, error: Exception) -> None:
        super().__init__(explorer)
        self.title = f"{title} (failed)"
        self._told = (
            f"! The pane {title} failed: {type(error).__name__}: {error}\n\n"
            "The fault is in the plugin; everything else goes on.\n"
            "x closes this pane. Start with --without PLUGIN to leave the plugin out."
        )

    def compose_pane(self) -> Iterable[Widget]:
        """What happened, and what to do."""
        message = Static(safe_lines(self._told), id="fault", markup=False)
        message.can_focus = True
        yield message
