"""What a grid tells its pane. Rows and columns are places in the source, however they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from sfexplorer.api.ui.grid import Grid


# Not frozen, unlike other data: Textual writes its own bookkeeping into a message.
@dataclass(eq=False)
class GridMessage(Message):
    """Something that happened in a grid."""

    grid: Grid

    @property
    def control(self) -> Grid:
        """The grid, for `@on(..., "#selector")`."""
        return self.grid


@dataclass(eq=False)
class RowHighlighted(GridMessage):
    """The cursor came to another row. A burst, as of a held key, arrives as one: the last."""

    row: int

    def can_replace(self, message: Message) -> bool:
        """Whether the later of two can stand for both."""
        return isinstance(message, RowHighlighted) and message.grid is self.grid


@dataclass(eq=False)
class RowChosen(GridMessage):
    """A row was gone into, by Enter or a double click."""

    row: int
    column: int


@dataclass(eq=False)
class RowsNeeded(GridMessage):
    """The view came within a page of the last row there is; said once for each `row_count`.

    Not said while rows are sorted or filtered: the person works on what is loaded.
    """

    after: int

    def can_replace(self, message: Message) -> bool:
        """Whether the later of two can stand for both."""
        return isinstance(message, RowsNeeded) and message.grid is self.grid


@dataclass(eq=False)
class GridChanged(GridMessage):
    """Marks, order, filter or columns are others, or one of these is further on its way."""

    def can_replace(self, message: Message) -> bool:
        """Whether the later of two can stand for both."""
        return isinstance(message, GridChanged) and message.grid is self.grid


@dataclass(eq=False)
class SortWanted(GridMessage):
    """The person wants the org to sort all the rows, not only those that are loaded."""

    column: int
    descending: bool


@dataclass(eq=False)
class EditWanted(GridMessage):
    """The person wants to edit a cell."""

    row: int
    column: int
