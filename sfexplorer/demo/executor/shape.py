"""The JSON shape of a query's records, and reading rows into it.

A `Shape` is a record: its `attributes`, then the selected fields in their order, parents as records within.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Protocol

from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.localizing import Localize, localizer
from sfexplorer.demo.executor.masking import masked
from sfexplorer.demo.executor.operands import Operand
from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import Stored, compound_json, to_json

Row = tuple[Stored, ...]
Read = Callable[[Row], Any]
_DOUBLES = frozenset({"double", "currency", "percent"})
# What the API puts behind a stored value; SQLite does it in a fraction of Python's time.
_SUFFIXES = {"datetime": "+0000", "time": "Z"}


def told(field: FieldType, value: Sql) -> Sql:
    """The SQL of a value in the API's form, as far as SQL can say it."""
    if field.mask is not None:
        return masked(field, value)
    if field.computed and field.type in _DOUBLES:
        # SQLite gives a computed column that happens to be whole as an integer.
        return template("CAST({} AS REAL)", value)
    suffix = _SUFFIXES.get(field.type)
    return value if suffix is None else template(f"({{}} || '{suffix}')", value)


class Entry(Protocol):
    """What stands behind a key of a record."""

    def reader(self, base: str) -> Read:
        """A function from a row to the value; `base` is the path that the version's resources start with."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field's value, from one column that holds what `told` gives."""

    field: FieldType
    position: int

    @property
    def plain(self) -> bool:
        """Whether the column's value is the API's; SQLite has no booleans."""
        return self.field.type != "boolean"

    def reader(self, base: str) -> Read:
        """The value in the API's form."""
        if self.plain:
            return itemgetter(self.position)
        return lambda row: to_json(self.field, row[self.position])


@dataclass(frozen=True, slots=True)
class FormattedLeaf:
    """A value as the user reads it, from one column that holds it as it is stored."""

    localize: Localize
    position: int

    def reader(self, base: str) -> Read:
        """The text of FORMAT."""
        return lambda row: self.localize(row[self.position])


def value_column(value: Operand) -> Sql:
    """The column that a value's entry reads."""
    return value.sql if value.formatted else told(value.field, value.sql)


def value_entry(value: Operand, position: int, context: Context) -> Entry:
    """What stands behind the key of a value whose column is at this position."""
    if value.formatted:
        return FormattedLeaf(localizer(value.field, context), position)
    return Leaf(value.field, position)


@dataclass(frozen=True, slots=True)
class BlobLeaf:
    """A blob, of which the API tells the path; the column gives the record's id where there is a blob."""

    field: FieldType
    type: SObjectType
    position: int

    def reader(self, base: str) -> Read:
        """The path where the bytes are."""
        prefix = f"{base}/sobjects/{self.type.name}/"

        def read(row: Row) -> str | None:
            found = row[self.position]
            return None if found is None else f"{prefix}{found!s}/{self.field.name}"

        return read


@dataclass(frozen=True, slots=True)
class CompoundLeaf:
    """An address or a location, made of several columns."""

    field: FieldType
    type: SObjectType
    positions: dict[str, int]

    def reader(self, base: str) -> Read:
        """The object of the parts, or null where all are missing."""
        return lambda row: compound_json(
            self.type, self.field, {name: row[position] for name, position in self.positions.items()}
        )


@dataclass(frozen=True, slots=True)
class Later:
    """A place that is kept for child records, which are read after the row."""

    def reader(self, base: str) -> Read:
        """Nothing yet."""
        return lambda row: None


@dataclass(slots=True)
class Shape:
    """A record: of one sObject, or as the Name pseudo-object of whatever a reference points to."""

    type: SObjectType | None
    id_position: int
    targets: tuple[SObjectType, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict)

    def reader(self, base: str) -> Callable[[Row], dict[str, Any] | None]:
        """A function from a row to the record, or to null where the row has none."""
        position = self.id_position
        known = (self.type.name, f"{base}/sobjects/{self.type.name}/") if self.type is not None else None
        keys = ("attributes", *self.entries)
        places = [each.position if isinstance(each, Leaf) else position for each in self.entries.values()]
        # Always two at least, since itemgetter gives a bare value for one.
        values = itemgetter(position, *places, position)
        others = [
            (key, each.reader(base))
            for key, each in self.entries.items()
            if not isinstance(each, Leaf) or not each.plain
        ]

        def read(row: Row) -> dict[str, Any] | None:
            found = row[position]
            if found is None:
                return None
            # Pages have thousands of records: `strict` alone would cost a twentieth of their time.
            record: dict[str, Any] = dict(zip(keys, values(row)))  # noqa: B905
            name, prefix = known or self._named(base, str(found))
            record["attributes"] = {"type": name, "url": f"{prefix}{found!s}"}
            for key, other in others:
                record[key] = other(row)
            return record

        return read

    def _named(self, base: str, record_id: str) -> tuple[str, str]:
        """What the attributes of a Name say: its own name, and the path of the sObject of the id."""
        name = next((each.name for each in self.targets if each.key_prefix == record_id[:3]), None)
        return "Name", f"{base}/sobjects/{name}/" if name else ""


@dataclass(frozen=True, slots=True)
class Variants:
    """The record of a TYPEOF: which fields it has depends on what the reference points to."""

    id_position: int
    by_prefix: dict[str, Shape]
    otherwise: Shape | None

    def reader(self, base: str) -> Read:
        """The record of the branch that fits the row, or null."""
        readers = {prefix: shape.reader(base) for prefix, shape in self.by_prefix.items()}
        fallback = self.otherwise.reader(base) if self.otherwise else None

        def read(row: Row) -> dict[str, Any] | None:
            reader = readers.get(str(row[self.id_position])[:3], fallback)
            return reader(row) if reader else None

        return read
