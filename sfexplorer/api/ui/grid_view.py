"""A source as a person wants to see it: rows sorted or filtered, columns hidden or moved, values raw.

To the window it is a source like any other. What is known to the pane by its place in the source is here
called an origin.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from sfexplorer.api.ui.grid_columns import ColumnChoice
from sfexplorer.api.ui.grid_offers import Offers, offers_of
from sfexplorer.api.ui.grid_source import Column, GridSource
from sfexplorer.api.ui.raw_values import raw_text


@dataclass(slots=True)
class View:
    """The rows and columns to be shown of a source.

    Attributes:
        source: What the pane gave.
        choice: The columns that are shown.
        order: The origins of the rows that are shown; None shows all as they come.
        ascending: Whether `order` goes up, as it does when rows are only left out.
        raw: Whether values are shown as the org sent them.
        offers: What the source has beside its texts.
        places: The origins of the columns that are shown.
        columns: The columns that are shown.
    """

    source: GridSource
    choice: ColumnChoice = field(default_factory=ColumnChoice)
    order: Sequence[int] | None = None
    ascending: bool = True
    raw: bool = False
    offers: Offers = field(init=False)
    places: tuple[int, ...] = field(init=False)
    columns: Sequence[Column] = field(init=False)

    def __post_init__(self) -> None:
        self.offers = offers_of(self.source)
        self.choose(self.choice)

    def choose(self, choice: ColumnChoice) -> None:
        """Show other columns, or in another order."""
        self.choice = choice
        columns = self.source.columns
        self.places = choice.places(columns)
        self.columns = tuple(columns[place] for place in self.places)

    @property
    def row_count(self) -> int:
        """The number of rows that are shown."""
        return self.source.row_count if self.order is None else len(self.order)

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a row that is shown."""
        texts = self.texts(self.origin(row))
        return texts if self.choice.order is None and not self.choice.hidden else self._chosen(texts)

    def texts(self, origin: int) -> Sequence[str | None]:
        """The texts of all columns of a row of the source, raw where that is wanted."""
        if not self.raw or not self.offers.has_values:
            return self.source.cells(origin)
        return [raw_text(self.offers.value(origin, column)) for column in range(len(self.source.columns))]

    def shown_texts(self, origin: int) -> Sequence[str | None]:
        """The texts of a row of the source in the columns that are shown, in any order."""
        texts = self.texts(origin)
        return self._chosen(texts) if self.choice.hidden else texts

    def _chosen(self, texts: Sequence[str | None]) -> Sequence[str | None]:
        return [texts[place] for place in self.places]

    def origin(self, row: int) -> int:
        """The place in the source of a row that is shown; 0 when there is none."""
        if self.order is None:
            return row
        return self.order[row] if 0 <= row < len(self.order) else 0

    def row_of(self, origin: int) -> int:
        """Where a row of the source is shown, or one near to it."""
        if self.order is None:
            return origin
        if self.ascending:
            return min(bisect_left(self.order, origin), max(len(self.order) - 1, 0))
        try:
            return self.order.index(origin)
        except ValueError:
            return 0

    def column_of(self, origin: int) -> int:
        """Where a column of the source is shown; the first when it is hidden."""
        return self.places.index(origin) if origin in self.places else 0

    def column_origin(self, column: int) -> int:
        """The place in the source of a column that is shown."""
        return self.places[column] if 0 <= column < len(self.places) else 0

    @property
    def given_widths(self) -> dict[int, int]:
        """The widths that were set by hand, by the place of their columns among those that are shown."""
        widths = self.choice.widths
        return {shown: widths[place] for shown, place in enumerate(self.places) if place in widths}

    def shows(self, origin: int) -> bool:
        """Whether a row of the source is among those that are shown."""
        if self.order is None:
            return 0 <= origin < self.source.row_count
        row = self.row_of(origin)
        return row < len(self.order) and self.order[row] == origin
