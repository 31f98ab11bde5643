"""What a grid tells its pane."""

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
    """The view came within a page of the last row there is; said once for each `row_count`."""

    after: int

    def can_replace(self, message: Message) -> bool:
        """Whether the later of two can stand for both."""
        return isinstance(message, RowsNeeded) and message.grid is self.grid
