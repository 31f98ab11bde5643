"""The menu behind `y`: what to copy out of a grid, and in which form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from sfexplorer.api.ui.background import run_beside
from sfexplorer.api.ui.clipboard import beginning, copy_text
from sfexplorer.api.ui.copy_forms import FORMS, Form
from sfexplorer.api.ui.copying import Extent, copy, request
from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import fit
from sfexplorer.api.ui.raw_values import raw_text

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid

_KEYS = {"y": "cell", "r": "row", "c": "column", "m": "marked", "a": "all", "u": "first", "2": "second"}
"""The keys that take a line at once, and what they are called in settings."""

_NAME_WIDTH = 16
_HINT = "Enter copies   Left Right the form   Esc goes back"


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu.

    Attributes:
        key: The key that takes it at once.
        title: What would be copied.
        about: How much that is, or how it begins.
        extent: Which part of the grid; None copies `text`.
        text: What is copied, where it is not a part of the grid.
    """

    key: str
    title: str
    about: str
    extent: Extent | None = None
    text: str = ""


def choices_of(grid: Grid) -> Iterator[Choice]:
    """What can be copied where the cursor is."""
    view, row, column = grid.view, grid.cursor_row, grid.cursor_column
    title, rows = grid.source.columns[column].title, f"{view.row_count:,} rows"
    yield Choice("y", "Cell", beginning(raw_text(view.offers.value(row, column)) or "(no value)"), "cell")
    yield Choice("r", "Row", f"{len(view.places):,} columns", "row")
    yield Choice("c", "Column", f"{title} of {rows}", "column")
    if grid.marks:
        yield Choice("m", "Marked rows", f"{len(grid.marks):,}", "marked")
    yield Choice("a", "All rows shown", rows, "shown")
    for number, (name, text) in enumerate(view.offers.copies(row, column), 1):
        yield Choice("u" if number == 1 else str(number), name, beginning(text), text=text)


class CopyMenu(ModalScreen[None]):
    """Asks what to copy and copies it.

    Args:
        grid: The grid to copy from.
    """

    DEFAULT_CSS = (
        dialog_css("CopyMenu")
        + """
    CopyMenu #forms { height: 1; margin: 1 0 0 0; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="copy.leave", tooltip="Copy nothing"),
        Binding("right,l,tab", "form(1)", "Form", id="copy.form", tooltip="The next form"),
        Binding(
            "left,h,shift+tab", "form(-1)", "Form", show=False, id="copy.back", tooltip="The form before"
        ),
        Binding("j", "move(1)", "Down", show=False, id="copy.down", tooltip="To the next line"),
        Binding("k", "move(-1)", "Up", show=False, id="copy.up", tooltip="To the line above"),
        *(
            Binding(key, f"take({key!r})", "Copy", show=False, id=f"copy.{name}", tooltip=f"Copy {name}")
            for key, name in _KEYS.items()
        ),
    ]

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self._grid = grid
        self._choices = tuple(choices_of(grid))

    def compose(self) -> ComposeResult:
        """What to copy, the forms, the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Copy"
            yield OptionList(*map(_line, self._choices))
            yield Static(id="forms")
            yield Static(_HINT, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Tell the form that was used last."""
        self.query_one(OptionList).focus()
        self._tell_form()

    @property
    def _form(self) -> Form:
        return FORMS[self._grid.copy_form]

    def _tell_form(self) -> None:
        text = Text("as  ")
        for form in FORMS:
            text.append(f" {form.title} ", "reverse bold" if form is self._form else "")
            text.append(" ")
        self.query_one("#forms", Static).update(text)

    def action_form(self, steps: int) -> None:
        """Copy in another form."""
        self._grid.copy_form = (self._grid.copy_form + steps) % len(FORMS)
        self._tell_form()

    def action_move(self, lines: int) -> None:
        """Go to another line."""
        options = self.query_one(OptionList)
        if lines > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_leave(self) -> None:
        """Copy nothing."""
        self.dismiss(None)

    def action_take(self, key: str) -> None:
        """Take the line with a key."""
        for choice in self._choices:
            if choice.key == key:
                self._copy(choice)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the line."""
        event.stop()
        self._copy(self._choices[event.option_index])

    def _copy(self, choice: Choice) -> None:
        grid = self._grid
        self.dismiss(None)
        if choice.extent is None:
            copy_text(grid, choice.text, f"{choice.title}: {choice.about}")
            return
        wanted = request(grid, choice.extent, self._form)
        run_beside(grid, partial(copy, grid, wanted), "grid.copy")


def _line(choice: Choice) -> Text:
    return Text.assemble(
        (f" {choice.key}  ", "bold"), fit(choice.title, _NAME_WIDTH), " ", (choice.about, "dim"), no_wrap=True
    )
