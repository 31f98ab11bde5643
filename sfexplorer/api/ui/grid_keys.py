"""What a grid's keys do beside moving: what each is called, what it does, and when it does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from sfexplorer.api.ui.grid_marking import toggle_all_marks, toggle_mark
from sfexplorer.api.ui.grid_messages import EditWanted, SortWanted
from sfexplorer.api.ui.grid_sorting import Sorting

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid


@dataclass(frozen=True, slots=True)
class GridKey:
    """A key of a grid.

    Attributes:
        name: Its id behind `grid.`, by which a person can give it another key.
        keys: The keys, as Textual names them.
        title: What the list of keys calls it.
        tooltip: A sentence more.
        run: What it does.
        shown: Whether the line below the panes tells it.
        offered: Whether it does anything now.
    """

    name: str
    keys: str
    title: str
    tooltip: str
    run: Callable[[Grid], object]
    shown: bool = False
    offered: Callable[[Grid], bool] = lambda grid: True

    @property
    def binding(self) -> Binding:
        """The key as Textual wants it."""
        return Binding(
            self.keys,
            f"do({self.name!r})",
            self.title,
            show=self.shown,
            id=f"grid.{self.name}",
            tooltip=self.tooltip,
        )


def _has_rows(grid: Grid) -> bool:
    return grid.view.row_count > 0


def _cycle_sorting(grid: Grid) -> None:
    column, before = grid.cursor_column, grid.ordering.arrangement.sorting
    if before is None or before.column != column:
        grid.ordering.sort(Sorting(column))
    else:
        grid.ordering.sort(None if before.descending else Sorting(column, descending=True))


def _ask_sorted(grid: Grid) -> None:
    before = grid.ordering.arrangement.sorting
    again = before is not None and before.column == grid.cursor_column and not before.descending
    grid.post_message(SortWanted(grid, grid.cursor_column, descending=again))


def _edit(grid: Grid) -> None:
    grid.post_message(EditWanted(grid, grid.cursor_row, grid.cursor_column))


def _copy(grid: Grid) -> None:
    from sfexplorer.api.ui.copy_menu import CopyMenu  # Dialogs are heavy, and needed only when asked for.

    grid.app.push_screen(CopyMenu(grid))


def view_cell(grid: Grid) -> None:
    """Show the whole value under the cursor."""
    from sfexplorer.api.ui.cell_viewer import CellViewer

    row, column = grid.cursor_row, grid.cursor_column
    grid.app.push_screen(CellViewer(grid.source.columns[column].title, grid.view.offers.value(row, column)))


def _choose_columns(grid: Grid) -> None:
    from sfexplorer.api.ui.columns_menu import ColumnsMenu

    grid.app.push_screen(ColumnsMenu(grid))


def _hide(grid: Grid) -> None:
    grid.choose_columns(grid.view.choice.toggled(grid.cursor_column, grid.source.columns))


def _widen(columns: int) -> Callable[[Grid], None]:
    def widen(grid: Grid) -> None:
        width = grid.window.width_of(grid.window.column) + columns
        grid.choose_columns(grid.view.choice.widened(grid.cursor_column, width))

    return widen


def _move_column(steps: int) -> Callable[[Grid], None]:
    return lambda grid: grid.choose_columns(
        grid.view.choice.moved(grid.cursor_column, steps, grid.source.columns)
    )


def _toggle_raw(grid: Grid) -> None:
    grid.view.raw = not grid.view.raw
    grid.redraw()


def _has_columns(grid: Grid) -> bool:
    return len(grid.source.columns) > 0


GRID_KEYS = (
    GridKey("mark", "space", "Mark", "Mark or unmark the row", toggle_mark, shown=True, offered=_has_rows),
    GridKey(
        "mark_all",
        "asterisk",
        "Mark all",
        "Mark all rows that are shown, or take all marks away",
        toggle_all_marks,
        offered=_has_rows,
    ),
    GridKey("copy", "y", "Copy", "Copy cell, row, column or marks", _copy, shown=True, offered=_has_rows),
    GridKey("view", "v", "Value", "Show the whole value of the cell", view_cell, offered=_has_rows),
    GridKey("sort", "s", "Sort", "Sort what is loaded by this column: up, down, not at all", _cycle_sorting),
    GridKey(
        "ask_sorted",
        "S",
        "Sort all",
        "Let the org sort by this column, also what isn't loaded; again for down",
        _ask_sorted,
        offered=lambda grid: grid.can_ask_sorted,
    ),
    *(
        GridKey(name, keys, title, tooltip, run, offered=_has_columns)
        for name, keys, title, tooltip, run in (
            ("columns", "vertical_line", "Columns", "Show, hide and move columns", _choose_columns),
            ("hide", "minus", "Hide", "Hide this column; | shows it again", _hide),
            ("narrower", "less_than_sign", "Narrower", "Make this column narrower", _widen(-2)),
            ("wider", "greater_than_sign", "Wider", "Make this column wider", _widen(2)),
            ("earlier", "left_curly_bracket", "Move left", "Move this column to the left", _move_column(-1)),
            ("later", "right_curly_bracket", "Move right", "Move this column to the right", _move_column(1)),
        )
    ),
    GridKey(
        "raw",
        "R",
        "Raw",
        "Values as the org has them, or formatted again",
        _toggle_raw,
        offered=lambda grid: grid.view.offers.has_values,
    ),
    GridKey("edit", "e", "Edit", "Edit the cell", _edit, offered=lambda grid: grid.can_edit),
)

BINDINGS: list[BindingType] = [key.binding for key in GRID_KEYS]
BY_NAME = {key.name: key for key in GRID_KEYS}

MOVES: list[BindingType] = [
    Binding(keys, action, title, show=False, id=f"grid.{name}", tooltip=tooltip)
    for name, keys, action, title, tooltip in (
        ("up", "up,k", "move(-1)", "Up", "To the row above"),
        ("down", "down,j", "move(1)", "Down", "To the row below"),
        ("left", "left,h", "move_column(-1)", "Left", "To the column before"),
        ("right", "right,l", "move_column(1)", "Right", "To the next column"),
        ("page_up", "pageup", "page(-1.0)", "Page up", "A screen up"),
        ("page_down", "pagedown", "page(1.0)", "Page down", "A screen down"),
        ("half_page_up", "ctrl+u", "page(-0.5)", "Half page up", "Half a screen up"),
        ("half_page_down", "ctrl+d", "page(0.5)", "Half page down", "Half a screen down"),
        ("first", "home,g", "first", "First", "To the first row"),
        ("last", "end,G", "last", "Last", "To the last row there is"),
    )
]
"""The keys that move; a subclass may give their actions more to do."""
