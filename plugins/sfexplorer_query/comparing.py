"""What differs: between two records, and between a result and the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sfexplorer.api.ui.display import display_value
from sfexplorer.api.ui.grid_offers import RowNote
from sfexplorer.client import SObject
from sfexplorer_query.rows import ResultRows

Kind = Literal["added", "gone", "changed"]

MOST_ROWS = 50_000
"""Of larger results the one before is not kept: it would double what they take."""


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A field of two records.

    Attributes:
        name: The field.
        one: Its value in the first.
        other: Its value in the second.
    """

    name: str
    one: object
    other: object

    @property
    def differs(self) -> bool:
        """Whether the two have not the same value."""
        return bool(self.one != self.other)


def field_pairs(one: SObject, other: SObject) -> list[FieldPair]:
    """The fields of two records, those that differ first."""
    names = dict.fromkeys([*one, *other])
    pairs = [FieldPair(name, one.get(name), other.get(name)) for name in names]
    return sorted(pairs, key=lambda pair: not pair.differs)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as it was.

    Attributes:
        kind: What became of it.
        key: What the row is known by in its result.
        title: What a person knows it by.
        changes: For a row that was changed: the column's title, the text before, the text now.
        columns: The places of the columns that were changed.
    """

    kind: Kind
    key: object
    title: str
    changes: tuple[tuple[str, str, str], ...] = ()
    columns: frozenset[int] = frozenset()

    @property
    def told(self) -> str:
        """What was changed, in a line."""
        return ", ".join(f"{title} {before} -> {after}" for title, before, after in self.changes)

    @property
    def note(self) -> RowNote:
        """What the grid says of the row."""
        if self.kind == "added":
            return RowNote("+", text="Not in the last run")
        return RowNote("~", self.columns, f"Last run: {self.told}")


def differences(before: ResultRows, now: ResultRows) -> list[Difference]:
    """What differs between two results with the same columns, in the order of the rows; what is gone last.

    Rows are known again by their Ids, those of totals by all that is no number.
    """
    known = {_key(before, row): row for row in range(before.row_count)}
    return list(_differences(before, now, known))


def _differences(before: ResultRows, now: ResultRows, known: dict[object, int]) -> Iterator[Difference]:
    for row in range(now.row_count):
        key = _key(now, row)
        was = known.pop(key, None)
        if was is None:
            yield Difference("added", now.row_key(row), _title(now, row))
        elif changes := list(_changes(before, was, now, row)):
            columns, told = zip(*changes, strict=True)
            yield Difference("changed", now.row_key(row), _title(now, row), tuple(told), frozenset(columns))
    for key, row in known.items():
        yield Difference("gone", key, _title(before, row))


def _changes(
    before: ResultRows, was: int, now: ResultRows, row: int
) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for place, column in enumerate(now.columns):
        one, other = before.came(was, place), now.came(row, place)
        if _plain(one) != _plain(other):
            yield place, (column.title, display_value(one), display_value(other))


def _plain(value: object) -> object:
    """A value without what an org says of it beside its fields, which differs each time."""
    if isinstance(value, Mapping):
        return {
            name: _plain(part) for name, part in value.items() if name not in ("attributes", "nextRecordsUrl")
        }
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _key(rows: ResultRows, row: int) -> object:
    if (record_id := rows.id_of(row)) is not None:
        return record_id
    values = (rows.came(row, place) for place in range(len(rows.columns)))
    return tuple(None if isinstance(value, int | float) else str(value) for value in values)


def _title(rows: ResultRows, row: int) -> str:
    name = rows.record(row).get("Name")
    return name if isinstance(name, str) and name else " ".join(filter(None, rows.cells(row)[:2]))
