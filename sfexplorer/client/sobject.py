"""A record in hand: a mapping of field values that knows what the org last said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any, Protocol, Self

from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.records import Records
from sfexplorer.client.values import same, to_wire

# What a record that came as a row has only once somebody asks for it; of a long answer's, most never do.
_LATER = frozenset({"_original", "_spelling", "_stale", "_values", "external_id", "type"})


class _Attributes(Protocol):
    @property
    def type(self) -> str: ...


class ToldRow(Protocol):
    """A row of an org's answer in the form that it was decoded to."""

    @property
    def attributes(self) -> _Attributes:
        """What the org says of the record beside its fields."""

    @property
    def attribute_of(self) -> Mapping[str, str]:
        """Where each field stands whose value is neither a record nor several, by its name."""

    def as_json(self) -> dict[str, Any]:
        """The row as the mapping that the org sent."""


class SObject(MutableMapping[str, Any]):
    """A record of some type. Field names are found in any case and keep the spelling first given.

    Values are as in JSON; dates, times and decimals are taken too and turned into that form. A parent
    (`record["Account"]`) is an SObject, the rows of a sub-select are `Records`.
    """

    __slots__ = ("_original", "_row", "_spelling", "_stale", "_values", "external_id", "type")

    __hash__ = None  # type: ignore[assignment]  # mutable; Mapping would only say so at run time

    def __init__(self, type: str, /, **fields: Any) -> None:
        self.type = type
        self._row: ToldRow | None = None
        self._values: dict[str, Any] = {}
        self._original: dict[str, Any] = {}
        # Lower case to the spelling in use. Made when a name is first spelled another way: most never are.
        self._spelling: dict[str, str] | None = None
        self._stale: frozenset[str] = frozenset()
        self.external_id: tuple[str, str] | None = None
        for name, value in fields.items():
            self[name] = value

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> SObject:
        """The record that an org's answer holds, with nothing changed.

        Raises:
            UnexpectedReply: parents and children are nested too deep.
        """
        try:
            return cls._told(record)
        except RecursionError:
            raise UnexpectedReply("the answer is nested too deep") from None

    @classmethod
    def _told(cls, record: Mapping[str, Any]) -> SObject:
        told = record.get("attributes")
        attributes = told if type(told) is dict else {}
        loaded = cls(str(attributes.get("type", "")))
        # Lists can't come in an answer, and most values are no mappings: one look at the type is enough.
        values = {
            name: _from_json(value) if type(value) is dict else value
            for name, value in record.items()
            if name != "attributes"
        }
        if "Id" not in values and "/sobjects/" in (url := str(attributes.get("url", ""))):
            values["Id"] = url.rpartition("/")[2]
        loaded._values = values
        loaded._original = dict(values)
        return loaded

    @classmethod
    def from_row(cls, row: ToldRow) -> Self:
        """The same for a row that was decoded to a type of its own; it is unpacked when that is needed."""
        loaded = cls.__new__(cls)
        loaded._row = row
        return loaded

    @property
    def id(self) -> str | None:
        """The record's id; None until it was inserted."""
        value = self.get("Id")
        return value if isinstance(value, str) else None

    @id.setter
    def id(self, record_id: str) -> None:
        self["Id"] = record_id

    def set_external_id(self, field: str, value: str | int) -> None:
        """Name the record by a field of its own: what `upsert` looks it up by."""
        self.external_id = (field, str(value))

    @property
    def original(self) -> Mapping[str, Any]:
        """What the org last said, field by field."""
        return MappingProxyType(self._original)

    @property
    def changes(self) -> dict[str, Any]:
        """The fields whose value differs from what the org last told us: just what a save sends."""
        return {name: value for name, value in self._values.items() if self._differs(name, value)}

    def is_changed(self, field: str) -> bool:
        """Whether the field is among the changes."""
        name = self._spelled(field)
        return name in self._values and self._differs(name, self._values[name])

    def revert(self, field: str | None = None) -> None:
        """Go back to what the org last said, in one field or in all."""
        if field is None:
            known = {} if self.id is None else {"Id": self.id}
            self._values = {**known, **self._original}
            self._spelling = None
            return
        name = self._spelled(field)
        if name in self._original:
            self._values[name] = self._original[name]
        else:
            self._values.pop(name, None)

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values: a parent is a mapping as well, the rows of a sub-select are a list."""
        return {name: _as_json(value) for name, value in self.items()}

    def take_over(self, said: Mapping[str, Any]) -> None:
        """Take what the org says now: unchanged fields follow, own changes stay changes."""
        for name, value in said.items():
            own = self._spelled(name)
            if own not in self._values or not self._differs(own, self._values[own]):
                self._store(own, value)
            self._original[own] = value
            self._stale -= {own}

    def mark_saved(self, sent: Mapping[str, Any]) -> None:
        """Note that the org took these values; what was set since they were sent stays a change."""
        for name, value in sent.items():
            self._original[self._spelled(name)] = value
        self._stale |= {*sent, "SystemModstamp"}

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Fields that were saved and not read since: the org may have trimmed, rounded or stamped them."""
        return self._stale

    def __getattr__(self, name: str) -> Any:
        """What is not there yet, made of the row."""
        if name not in _LATER or (row := self._row) is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if name == "type":
            self.type = row.attributes.type
        elif name == "external_id":
            self.external_id = None
        else:
            self._unpack(row)
        return getattr(self, name)

    def __getitem__(self, field: str) -> Any:
        row = self._row
        if row is not None:
            try:
                return getattr(row, row.attribute_of[field])
            except KeyError:
                pass
        return self._values[self._spelled(field)]

    def __setitem__(self, field: str, value: Any) -> None:
        self._store(field, to_wire(value))

    def __delitem__(self, field: str) -> None:
        del self._values[self._spelled(field)]

    def __contains__(self, field: object) -> bool:
        return isinstance(field, str) and self._spelled(field) in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SObject) and self.type == other.type and self._values == other._values

    def __repr__(self) -> str:
        size = f"{len(self._values)} fields, {len(self.changes)} changed"
        return f"<SObject {self.type} {self.id or 'new'}, {size}>"

    def _unpack(self, row: ToldRow) -> None:
        self.type, self.external_id = self.type, self.external_id
        told = SObject.from_json(row.as_json())
        self._values, self._original = told._values, told._original
        self._spelling, self._stale = None, frozenset()
        self._row = None

    def _spelled(self, field: str) -> str:
        """The field's name as spelled in this record; as given if it is new here."""
        if field in self._values:
            return field
        if self._spelling is None:
            self._spelling = {name.lower(): name for name in (*self._original, *self._values)}
        return self._spelling.get(field.lower(), field)

    def _store(self, field: str, value: Any) -> None:
        name = self._spelled(field)
        if self._spelling is not None:
            self._spelling.setdefault(name.lower(), name)
        self._values[name] = value

    def _differs(self, name: str, value: Any) -> bool:
        if name.lower() == "id" or isinstance(value, SObject | Records):
            return False
        return name not in self._original or not same(value, self._original[name])


def records_of(value: Mapping[str, Any]) -> Records | None:
    """The rows that an answer or a sub-select holds; None where it holds none."""
    if not (isinstance(value.get("totalSize"), int) and isinstance(value.get("records"), list)):
        return None
    return Records(
        records=tuple(SObject.from_json(record) for record in value["records"]),
        total_size=value["totalSize"],
        done=bool(value.get("done", True)),
        next_url=value.get("nextRecordsUrl"),
    )


def _as_json(value: Any) -> Any:
    match value:
        case SObject():
            return value.as_json()
        case Records():
            return [record.as_json() for record in value]
        case _:
            return value


def _from_json(value: Mapping[str, Any]) -> Any:
    """A sub-select's rows, a parent, or what else is a mapping in JSON."""
    records = records_of(value)
    if records is not None:
        return records
    # An address or a geolocation is a mapping too; only records carry attributes.
    return SObject.from_json(value) if "attributes" in value else value
