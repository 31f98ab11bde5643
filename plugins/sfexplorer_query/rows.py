"""The records of a query as the rows of a grid: page after page, each read when it is looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from sfexplorer.api import Formatter, RecordRef
from sfexplorer.api.ui.display import alignment, display_value
from sfexplorer.api.ui.grid import Column
from sfexplorer.api.ui.grid_offers import RowNote
from sfexplorer.client import FieldDescribe, SObjectDescribe, is_id
from sfexplorer_query.changing.edits import Edits
from sfexplorer_query.changing.notes import note_of
from sfexplorer_query.columns import Parts, ResultColumn
from sfexplorer_query.records import page_address, reference_of

_LOOKED_AT = 50
"""Rows of the first page that tell what a column without a known type holds."""

_WHOLE_TYPES = frozenset({"id", "reference", "date", "datetime", "time", "boolean"})
"""Half an Id or half a date is of no use, and none of them is long."""

_MISSING = object()

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d.*)?")

FormatterFor = Callable[[FieldDescribe], Formatter]
"""Tells how the values of a field look; asked once for each column."""


class RecordPage(Protocol):
    """What is needed of a page of the client."""

    @property
    def size(self) -> int:
        """How many records it has."""

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The records as decoded JSON."""


class ResultRows:
    """The records that have come so far.

    Args:
        columns: The columns of the query.
        pages: Those that have come.
        describe: The describe of the FROM object, where it is at hand.
        edits: What was changed in them since.
        formatter_for: Tells how the values of a field look.

    Attributes:
        notes: What else there is to say of rows, by what they are known by.
        names: What is shown for Ids; for those without a name nothing.
        origin: The address that the org's pages begin with.
    """

    def __init__(
        self,
        columns: Sequence[ResultColumn],
        pages: Sequence[RecordPage] = (),
        describe: SObjectDescribe | None = None,
        edits: Edits | None = None,
        formatter_for: FormatterFor | None = None,
    ) -> None:
        self.result_columns = columns
        self.describe = describe
        self.edits = edits or Edits()
        self.notes: Mapping[Hashable, RowNote] = {}
        self.names: dict[str, str] = {}
        self.origin = ""
        self.pages: list[RecordPage] = []
        self._starts: list[int] = []
        self._count = 0
        self._spelled: dict[str, str] = {}
        for page in pages:
            self.add(page)
        self._types = [_type_of(column, describe) for column in columns]
        self.columns = tuple(map(self._grid_column, range(len(columns))))
        self._texts = [self._text_of(column, formatter_for) for column in columns]
        self._places = {
            column.path[0]: index for index, column in enumerate(columns) if len(column.path) == 1
        }

    def add(self, page: RecordPage) -> None:
        """Take a further page."""
        self.pages.append(page)
        self._starts.append(self._count)
        self._count += page.size

    def typed(self, describe: SObjectDescribe, formatter_for: FormatterFor | None = None) -> ResultRows:
        """The same rows, shown by the types of their fields."""
        rows = ResultRows(self.result_columns, self.pages, describe, self.edits, formatter_for)
        rows.origin = self.origin
        return rows

    @property
    def row_count(self) -> int:
        """The number of records that have come."""
        return self._count

    def record(self, row: int) -> Mapping[str, Any]:
        """A record as it came."""
        page = bisect_right(self._starts, row) - 1
        return self.pages[page].rows[row - self._starts[page]]

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a row."""
        record = self.record(row)
        over = self._over(record)
        return [self._cell(record, index, over) for index in range(len(self.result_columns))]

    def value(self, row: int, column: int) -> object:
        """The value of a cell, as it came or as it was changed."""
        record, path = self.record(row), self.result_columns[column].path
        over = self._over(record)
        return over[path[0]] if len(path) == 1 and path[0] in over else self._value(record, path)

    def came(self, row: int, column: int) -> object:
        """The value of a cell as it came."""
        return self._value(self.record(row), self.result_columns[column].path)

    def row_key(self, row: int) -> Hashable:
        """The Id of the row's record; its place where it has none."""
        return self.id_of(row) or row

    def id_of(self, row: int) -> str | None:
        """The Id of the row's record, where it has one."""
        reference = self.record_reference(row)
        return reference.id if reference else None

    def record_reference(self, row: int) -> RecordRef | None:
        """The row's record; None where it sums up records."""
        return reference_of(self.record(row))

    def reference(self, row: int, column: int) -> RecordRef | None:
        """The record that a cell leads to, which is not the row's own: a parent."""
        path, record = self.result_columns[column].path, self.record(row)
        if len(path) > 1:
            parent = self._value(record, path[:-1])
            return reference_of(parent) if isinstance(parent, Mapping) else None
        value = self._value(record, path)
        if isinstance(value, Mapping) and "attributes" in value:
            return reference_of(value)
        leads = self.columns[column].link and isinstance(value, str) and is_id(value)
        return RecordRef(str(value)) if leads else None

    def note(self, row: int) -> RowNote | None:
        """What was changed in the row, and what became of it."""
        if self.edits.is_empty:
            return self.notes.get(self.row_key(row)) if self.notes else None
        return note_of(self.edits, self.id_of(row), self._places) or self.notes.get(self.row_key(row))

    def take_saved(self, record_id: str, values: Mapping[str, object]) -> bool:
        """Show values that the org has taken since the rows came; whether any of them is shown.

        Args:
            record_id: The record; it may be none of these rows'.
            values: The values by the fields' names.
        """
        told = {name.lower(): value for name, value in values.items()}
        known = self.edits.saved.get(record_id, {})
        shown = {name: told[name.lower()] for name in self._places if name.lower() in told}
        shown = {name: value for name, value in shown.items() if known.get(name, _MISSING) != value}
        if shown:
            self.edits.mark_saved(record_id, shown)
        return bool(shown)

    def copies(self, row: int, column: int) -> Sequence[tuple[str, str]]:
        """What else there is to copy of a row."""
        copies = []
        for whose, reference in (
            ("", self.record_reference(row)),
            ("Parent's ", self.reference(row, column)),
        ):
            if reference is not None:
                copies.append((f"{whose}Id", reference.id))
                copies.append((f"{whose}{'page' if whose else 'Page'}", page_address(self.origin, reference)))
        return copies

    def _over(self, record: Mapping[str, Any]) -> Mapping[str, object]:
        if self.edits.is_empty or (reference := reference_of(record)) is None:
            return {}
        return self.edits.over(reference.id)

    def _cell(self, record: Mapping[str, Any], index: int, over: Mapping[str, object]) -> str | None:
        column = self.result_columns[index]
        is_over = len(column.path) == 1 and column.path[0] in over
        value = over[column.path[0]] if is_over else self._value(record, column.path)
        if value is None:
            # A sub-select that found nothing comes as null; it is no missing value.
            if column.children:
                return "0 records"
            is_null = is_over or column.is_shared or self._get(record, column.path[0], _MISSING) is None
            return None if is_null else ""
        if self.names and isinstance(value, str) and (name := self.names.get(value)):
            return name
        # What an empty text looks like is no matter of the field.
        return display_value(value) if value == "" else self._texts[index](value)

    def _text_of(self, column: ResultColumn, formatter_for: FormatterFor | None) -> Callable[[object], str]:
        field = _field_of(column, self.describe)
        if field is None and formatter_for is not None and _are_moments(self._samples(column)):
            # A parent's times go by the same clock as the record's own.
            field = FieldDescribe(name=column.title, type="datetime")
        if field is not None and formatter_for is not None:
            return formatter_for(field).text
        return partial(display_value, field_type=_type_of(column, self.describe))

    def _value(self, record: Mapping[str, Any], path: Parts) -> object:
        value: object = record
        for name in path:
            if not isinstance(value, Mapping):
                return None
            value = self._get(value, name)
        return value

    def _get(self, record: Mapping[str, Any], name: str, missing: object = None) -> object:
        """The value of a key: the org answers in its own spelling, whatever the query's was."""
        if name in record:
            return record[name]
        spelled = self._spelled.get(name)
        if spelled is None or spelled not in record:
            spelled = next((key for key in record if key.lower() == name.lower()), name)
            self._spelled[name] = spelled
        return record.get(spelled, missing)

    def _grid_column(self, index: int) -> Column:
        column = self.result_columns[index]
        if known := self._types[index]:
            fixed, align = known in _WHOLE_TYPES, alignment(known)
        else:
            samples = self._samples(column)
            fixed = _are_ids(samples) or _are_dates(samples)
            align = "right" if _are_numbers(samples) else "left"
        return Column(
            key=".".join(column.path),
            title=column.title,
            align=align,
            fixed=fixed,
            type=known or "",
            link=known == "reference" or column.children or _is_of_parent(column),
        )

    def _samples(self, column: ResultColumn) -> list[object]:
        rows = self.pages[0].rows[:_LOOKED_AT] if self.pages else ()
        return [value for row in rows if (value := self._value(row, column.path)) is not None]


def _type_of(column: ResultColumn, describe: SObjectDescribe | None) -> str | None:
    field = _field_of(column, describe)
    return field.type if field else column.type


def _field_of(column: ResultColumn, describe: SObjectDescribe | None) -> FieldDescribe | None:
    if column.type or describe is None or len(column.field) != 1:
        return None
    return describe.field(column.field[0])


def _is_of_parent(column: ResultColumn) -> bool:
    # What an org says of a record beside its fields is no parent.
    return len(column.path) > 1 and column.path[0] != "attributes"


def _are_ids(values: Sequence[object]) -> bool:
    # 15 letters may be a word; what the org sends as an Id has 18 characters with a checksum.
    return bool(values) and all(isinstance(it, str) and len(it) == 18 and is_id(it) for it in values)


def _are_dates(values: Sequence[object]) -> bool:
    return bool(values) and all(isinstance(it, str) and _DATE.fullmatch(it) for it in values)


def _are_moments(values: Sequence[object]) -> bool:
    return _are_dates(values) and all("T" in str(value) for value in values)


def _are_numbers(values: Sequence[object]) -> bool:
    return bool(values) and all(isinstance(it, int | float) and not isinstance(it, bool) for it in values)
