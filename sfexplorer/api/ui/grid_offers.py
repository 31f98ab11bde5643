"""What a source of a grid may offer beside its texts, and what stands in where it doesn't.

A source offers something by having the method; it is looked for once, when the grid gets the source. The
methods are called from threads too: sorting, filtering and copying must not hold up the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from sfexplorer.api.ui.grid_source import GridSource


@dataclass(frozen=True, slots=True)
class RowNote:
    """What a person should know of a row.

    Attributes:
        sign: What stands before the row: `*` changed, `!` failed.
        changed: The columns whose cells are not as the org has them.
        text: What the line beside the grid says while the cursor is on the row.
    """

    sign: str = ""
    changed: frozenset[int] = frozenset()
    text: str = ""


NO_NOTE = RowNote()


@runtime_checkable
class OffersValues(Protocol):
    """A source that has the values behind its texts."""

    def value(self, row: int, column: int) -> object:
        """The value as the org sent it."""


@runtime_checkable
class OffersKeys(Protocol):
    """A source whose rows are the same rows when they come again in other places."""

    def row_key(self, row: int) -> Hashable:
        """What the row is known by: the record's Id."""


@runtime_checkable
class OffersNotes(Protocol):
    """A source that has something to say about single rows."""

    def note(self, row: int) -> RowNote | None:
        """What it says about the row."""


@runtime_checkable
class OffersCopies(Protocol):
    """A source that knows more to copy than what its rows show."""

    def copies(self, row: int, column: int) -> Sequence[tuple[str, str]]:
        """For each a title for the menu, and the text that is copied."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What a source has, or what stands in for it.

    Attributes:
        value: The value behind a cell, else its text.
        row_key: What a row is known by, else its place.
        note: What there is to say of a row.
        copies: What else there is to copy.
        has_values: Whether there are values that differ from the texts.
        has_keys: Whether rows are known again in other places.
    """

    value: Callable[[int, int], object]
    row_key: Callable[[int], Hashable]
    note: Callable[[int], RowNote | None]
    copies: Callable[[int, int], Sequence[tuple[str, str]]]
    has_values: bool
    has_keys: bool


def offers_of(source: GridSource) -> Offers:
    """What a source has, or what stands in for it."""
    return Offers(
        value=source.value
        if isinstance(source, OffersValues)
        else lambda row, column: source.cells(row)[column],
        row_key=source.row_key if isinstance(source, OffersKeys) else lambda row: row,
        note=source.note if isinstance(source, OffersNotes) else lambda row: None,
        copies=source.copies if isinstance(source, OffersCopies) else lambda row, column: (),
        has_values=isinstance(source, OffersValues),
        has_keys=isinstance(source, OffersKeys),
    )
