"""The menu behind `|`: which columns of a grid are shown, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.api.ui.grid_columns import ColumnChoice

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid

_HINT = "Space shows or hides   { } moves   r as at first   Esc goes back"
_NAME_WIDTH = 40


class ColumnsMenu(ModalScreen[None]):
    """Lists all columns, the hidden ones too; what is chosen is seen at once.

    Args:
        grid: The grid whose columns they are.
    """

    DEFAULT_CSS = dialog_css("ColumnsMenu")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,vertical_line", "leave", "Back", id="columns.leave", tooltip="Go back to the rows"),
        Binding("space", "turn", "Show", id="columns.toggle", tooltip="Show or hide the column"),
        Binding("left_curly_bracket,K", "move(-1)", "Earlier", id="columns.earlier", tooltip="Move it up"),
        Binding("right_curly_bracket,J", "move(1)", "Later", id="columns.later", tooltip="Move it down"),
        Binding("r", "reset", "As at first", id="columns.reset", tooltip="All columns as they came"),
        Binding("j", "go('down')", "Down", show=False, id="columns.down", tooltip="To the next column"),
        Binding("k", "go('up')", "Up", show=False, id="columns.up", tooltip="To the column before"),
    ]

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self._grid = grid

    def compose(self) -> ComposeResult:
        """The columns, and the keys below them."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Columns"
            yield OptionList(*self._lines())
            yield Static(_HINT, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Begin with the column of the cursor."""
        options = self.query_one(OptionList)
        options.focus()
        options.highlighted = self._places.index(self._grid.cursor_column) if self._places else None

    @property
    def _choice(self) -> ColumnChoice:
        return self._grid.view.choice

    @property
    def _places(self) -> tuple[int, ...]:
        return self._choice.all_places(self._grid.source.columns)

    def _lines(self) -> list[Text]:
        columns, hidden = self._grid.source.columns, self._choice.hidden
        lines: list[Text] = []
        for place in self._places:
            column = columns[place]
            name = fit(safe_text(column.title or column.key), _NAME_WIDTH)
            sign, style = (" ", "dim") if place in hidden else ("x", "")
            lines.append(Text(f" {sign}  {name} {column.type}", style, no_wrap=True))
        return lines

    def _choose(self, choice: ColumnChoice, highlighted: int) -> None:
        self._grid.choose_columns(choice)
        options = self.query_one(OptionList)
        options.set_options(self._lines())
        options.highlighted = highlighted

    @property
    def _highlighted(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def action_turn(self) -> None:
        """Show or hide the column."""
        choice = self._choice.toggled(self._places[self._highlighted], self._grid.source.columns)
        self._choose(choice, self._highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter and the mouse show or hide, too."""
        event.stop()
        self.action_turn()

    def action_move(self, steps: int) -> None:
        """Move the column, also past hidden ones."""
        at = self._highlighted
        target = max(min(at + steps, len(self._places) - 1), 0)
        self._choose(self._choice.swapped(at, target, self._grid.source.columns), target)

    def action_reset(self) -> None:
        """All columns as they came."""
        self._choose(ColumnChoice(), 0)

    def action_go(self, direction: str) -> None:
        """Go to another column."""
        options = self.query_one(OptionList)
        if direction == "down":
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_leave(self) -> None:
        """Go back to the rows."""
        self.dismiss(None)
