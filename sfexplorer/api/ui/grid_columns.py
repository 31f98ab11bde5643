"""Which columns of a source a person wants to see, in which order, how wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sfexplorer.api.ui.grid_source import Column

_NARROWEST, _WIDEST = 3, 240


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person chose; it holds for all sources with the same columns.

    Attributes:
        order: The places of the columns in the source, in the order of the screen; None is the source's own.
        hidden: The places of those that are not shown.
        widths: The widths that were set, by place.
    """

    order: tuple[int, ...] | None = None
    hidden: frozenset[int] = frozenset()
    widths: Mapping[int, int] = field(default_factory=dict)

    def all_places(self, columns: Sequence[Column]) -> tuple[int, ...]:
        """The places of all columns, the hidden ones too, in the order of the screen."""
        return self.order if self.order is not None else tuple(range(len(columns)))

    def places(self, columns: Sequence[Column]) -> tuple[int, ...]:
        """The places of the columns that are shown, in their order."""
        return tuple(place for place in self.all_places(columns) if place not in self.hidden)

    def toggled(self, place: int, columns: Sequence[Column]) -> ColumnChoice:
        """A column hidden or shown again; the last that is shown stays."""
        hidden = self.hidden ^ {place}
        return self if len(hidden) >= len(columns) else replace(self, hidden=hidden)

    def moved(self, place: int, steps: int, columns: Sequence[Column]) -> ColumnChoice:
        """A column moved by so many of those that are shown."""
        shown = list(self.places(columns))
        at = shown.index(place)
        target = max(min(at + steps, len(shown) - 1), 0)
        if target == at:
            return self
        neighbour = shown[target]
        order = [each for each in self.all_places(columns) if each != place]
        order.insert(order.index(neighbour) + (target > at), place)
        return replace(self, order=tuple(order))

    def swapped(self, at: int, other: int, columns: Sequence[Column]) -> ColumnChoice:
        """Two columns, by their places in the order, each at the place of the other."""
        order = list(self.all_places(columns))
        order[at], order[other] = order[other], order[at]
        return replace(self, order=tuple(order))

    def widened(self, place: int, width: int) -> ColumnChoice:
        """A column that is so wide, whatever its data."""
        widths = {**self.widths, place: max(min(width, _WIDEST), _NARROWEST)}
        return replace(self, widths=widths)
