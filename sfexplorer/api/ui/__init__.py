"""Widgets for plugin authors, on Textual: pane base, grid, filter line, error card, display of values.

Names are looked up when first used: the first frame of the app has no grid yet.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfexplorer.api.ui.dialog import dialog_css
    from sfexplorer.api.ui.display import display_value, fit, safe_lines, safe_text
    from sfexplorer.api.ui.error_card import ErrorCard
    from sfexplorer.api.ui.filter_line import FilterLine
    from sfexplorer.api.ui.grid import Column, Grid, GridSource, RowChosen, RowHighlighted, Rows, RowsNeeded
    from sfexplorer.api.ui.grid_box import GridBox
    from sfexplorer.api.ui.grid_marking import chosen_rows, clear_marks, mark, marked_rows
    from sfexplorer.api.ui.grid_messages import EditWanted, GridChanged, SortWanted
    from sfexplorer.api.ui.grid_offers import RowNote
    from sfexplorer.api.ui.grid_sorting import Sorting
    from sfexplorer.api.ui.grid_state import GridState, restore, state_of
    from sfexplorer.api.ui.pane import PaneWidget

__all__ = [
    "Column",
    "EditWanted",
    "ErrorCard",
    "FilterLine",
    "Grid",
    "GridBox",
    "GridChanged",
    "GridSource",
    "GridState",
    "PaneWidget",
    "RowChosen",
    "RowHighlighted",
    "RowNote",
    "Rows",
    "RowsNeeded",
    "SortWanted",
    "Sorting",
    "chosen_rows",
    "clear_marks",
    "dialog_css",
    "display_value",
    "fit",
    "mark",
    "marked_rows",
    "restore",
    "safe_lines",
    "safe_text",
    "state_of",
]

HOMES = {
    name: module
    for module, names in {
        "dialog": "dialog_css",
        "display": "display_value fit safe_lines safe_text",
        "error_card": "ErrorCard",
        "filter_line": "FilterLine",
        "grid": "Column Grid GridSource RowChosen RowHighlighted Rows RowsNeeded",
        "grid_box": "GridBox",
        "grid_marking": "chosen_rows clear_marks mark marked_rows",
        "grid_messages": "EditWanted GridChanged SortWanted",
        "grid_offers": "RowNote",
        "grid_sorting": "Sorting",
        "grid_state": "GridState restore state_of",
        "pane": "PaneWidget",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> object:
    """A public name of a module that was not needed so far."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    globals()[name] = found
    return found
