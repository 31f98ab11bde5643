"""What a grid shows: columns, and rows that it asks for one by one, only those in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sfexplorer.api.fuzzy import fuzzy_score
from sfexplorer.api.ui.display import Align

_LATER = 0.1
"""What a column's fit counts less than that of the one before: the first says what the row is."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid.

    Attributes:
        key: What the source calls it: a field path, an alias.
        title: What the header says.
        align: The side that the values stand on.
        min_width: Columns of the terminal that it has at the least.
        max_width: Its most, unless the screen has room to spare.
        fixed: Never cut and as wide as its widest value, as for Ids: half an Id is of no use.
        type: The type that a describe gives its field; empty where there is none.
        link: Whether Enter on its cells leads to something else than on the other cells of the row.
    """

    key: str
    title: str
    align: Align = "left"
    min_width: int = 3
    max_width: int = 40
    fixed: bool = False
    type: str = ""
    link: bool = False


class GridSource(Protocol):
    """Rows for a grid; asked for a row only when the row comes into sight."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, the same for all rows."""

    @property
    def row_count(self) -> int:
        """The number of rows that can be asked for now; call `Grid.rows_changed` when it changed."""

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a row as they came (the grid makes them safe); None is null and drawn apart."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A source whose rows are in memory.

    Attributes:
        columns: The columns.
        rows: The texts of each row, one for each column.
        origins: For rows that were filtered: the place of each in what was filtered.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str | None]] = ()
    origins: Sequence[int] | None = field(default=None)

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a row."""
        return self.rows[row]

    def origin(self, row: int) -> int:
        """The place that the row had before all filtering."""
        return row if self.origins is None else self.origins[row]

    def filtered(self, pattern: str, keys: Sequence[str] | None = None) -> Rows:
        """The rows that fit a fuzzy pattern, best first, equals in their order; all rows for a blank pattern.

        Args:
            pattern: What the person typed.
            keys: The keys of the columns to look at; None looks at all.
        """
        if not pattern.strip():
            return self
        places = [place for place, column in enumerate(self.columns) if keys is None or column.key in keys]
        scored: list[tuple[float, int]] = []
        for row, cells in enumerate(self.rows):
            scores = [
                score - _LATER * place
                for place in places
                if (text := cells[place]) and (score := fuzzy_score(pattern, text)) is not None
            ]
            if scores:
                scored.append((-max(scores), row))
        order = [row for _, row in sorted(scored)]
        return Rows(self.columns, [self.rows[row] for row in order], [self.origin(row) for row in order])
