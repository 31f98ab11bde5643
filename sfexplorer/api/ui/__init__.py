"""Widgets for plugin authors, on Textual: pane base, grid, filter line, error card, display of values."""

from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import display_value, fit, safe_lines, safe_text
from sfexplorer.api.ui.error_card import ErrorCard
from sfexplorer.api.ui.filter_line import FilterLine
from sfexplorer.api.ui.grid import Column, Grid, GridSource, RowChosen, RowHighlighted, Rows, RowsNeeded
from sfexplorer.api.ui.pane import PaneWidget

__all__ = [
    "Column",
    "ErrorCard",
    "FilterLine",
    "Grid",
    "GridSource",
    "PaneWidget",
    "RowChosen",
    "RowHighlighted",
    "Rows",
    "RowsNeeded",
    "dialog_css",
    "display_value",
    "fit",
    "safe_lines",
    "safe_text",
]
