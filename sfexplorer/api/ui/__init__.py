"""Widgets for plugin authors, on Textual: the pane's base, the grid, the place for errors."""

from sfexplorer.api.ui.error_card import ErrorCard
from sfexplorer.api.ui.pane import PaneWidget

__all__ = ["ErrorCard", "PaneWidget"]
