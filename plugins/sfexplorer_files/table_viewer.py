"""The screen with the rows of a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui import Column, Grid, GridBox, Rows, dialog_css, safe_text

_MOST_COLUMNS = 200


class TableViewer(ModalScreen[None]):
    """Shows a table, its first row as the head; it can be sorted, filtered and copied like any list.

    Args:
        title: What the table is called.
        table: Its rows, which need not be alike.
    """

    DEFAULT_CSS = (
        dialog_css("TableViewer")
        + """
    TableViewer > .dialog { width: 96%; height: 90%; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="table.leave", tooltip="Go back to the files"),
    ]

    def __init__(self, title: str, table: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._title, self._rows = title, table_rows(table)

    def compose(self) -> ComposeResult:
        """The rows, the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._title))
            yield GridBox(Grid(self._rows), heading=f"{self._rows.row_count:,} rows")
            yield Static("/ Filter  s Sort  y Copy  v View  Esc goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """The arrows move at once."""
        self.query_one(Grid).focus()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def table_rows(table: Sequence[Sequence[str]]) -> Rows:
    """The rows behind the first, each with as many cells as that has."""
    head = table[0][:_MOST_COLUMNS]
    rows = [[*row[: len(head)], *[None] * (len(head) - len(row))] for row in table[1:]]
    numbers = [bool(rows) and all(_is_number(row[place]) for row in rows[:100]) for place in range(len(head))]
    columns = [
        Column(str(place), title, align="right" if is_number else "left")
        for place, (title, is_number) in enumerate(zip(head, numbers, strict=True))
    ]
    return Rows(columns, rows)


def _is_number(text: str | None) -> bool:
    try:
        float(text or "")
    except ValueError:
        return False
    return True
