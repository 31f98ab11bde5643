"""A record in hand: a mapping of field values that knows what the org last said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any

from sfexplorer.client.records import Records
from sfexplorer.client.values import same, to_wire


class SObject(MutableMapping[str, Any]):
    """A record of some type. Field names are found in any case and keep the spelling first given.

    Values are as in JSON; dates, times and decimals are taken too and turned into that form. A parent
    (`record["Account"]`) is an SObject, the rows of a sub-select are `Records`.
    """

    __slots__ = ("_original", "_spelling", "_stale", "_values", "type")

    __hash__ = None  # type: ignore[assignment]  # mutable; Mapping would only say so at run time

    def __init__(self, type: str, /, **fields: Any) -> None:
        self.type = type
        self._values: dict[str, Any] = {}
        self._original: dict[str, Any] = {}
        self._spelling: dict[str, str] = {}
        self._stale: frozenset[str] = frozenset()
        self.update(fields)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> SObject:
        """The record that an org's answer holds, with nothing changed."""
        attributes = record.get("attributes") or {}
        loaded = cls(str(attributes.get("type", "")))
        for name, value in record.items():
            if name != "attributes":
                loaded._store(name, _from_json(value))
        if loaded.id is None and "/sobjects/" in (url := str(attributes.get("url", ""))):
            loaded._store("Id", url.rpartition("/")[2])
        loaded._original = dict(loaded._values)
        return loaded

    @property
    def id(self) -> str | None:
        """The record's id; None until it was inserted."""
        value = self.get("Id")
        return value if isinstance(value, str) else None

    @id.setter
    def id(self, record_id: str) -> None:
        self["Id"] = record_id

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
        name = self._spelling.get(field.lower())
        return name is not None and self._differs(name, self._values[name])

    def revert(self, field: str | None = None) -> None:
        """Go back to what the org last said, in one field or in all."""
        names = list(self.changes) if field is None else [self._spelling.get(field.lower(), field)]
        for name in names:
            if name in self._original:
                self._values[name] = self._original[name]
            elif name in self._values:
                self._forget(name)

    def take_over(self, said: Mapping[str, Any]) -> None:
        """Take what the org says now: unchanged fields follow, own changes stay changes."""
        for name, value in said.items():
            own = self._spelling.get(name.lower(), name)
            untouched = own not in self._values or not self._differs(own, self._values[own])
            if untouched:
                self._store(own, value)
            self._original[own] = value
        self._stale -= {self._spelling.get(name.lower(), name) for name in said}

    def mark_saved(self, sent: Mapping[str, Any]) -> None:
        """Note that the org took these values; what was set since they were sent stays a change."""
        for name, value in sent.items():
            self._original[self._spelling.get(name.lower(), name)] = value
        self._stale |= {*sent, "SystemModstamp"}

    @property
    def unconfirmed(self) -> frozenset[str]:
        """Fields that were saved and not read since: the org may have trimmed, rounded or stamped them."""
        return self._stale

    def __getitem__(self, field: str) -> Any:
        values = self._values
        if field in values:
            return values[field]
        name = self._spelling.get(field.lower())
        if name is None:
            raise KeyError(field)
        return values[name]

    def __setitem__(self, field: str, value: Any) -> None:
        self._store(field, to_wire(value))

    def __delitem__(self, field: str) -> None:
        name = self._spelling.get(field.lower())
        if name is None:
            raise KeyError(field)
        self._forget(name)

    def __contains__(self, field: object) -> bool:
        return isinstance(field, str) and field.lower() in self._spelling

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SObject) and self.type == other.type and self._values == other._values

    def __repr__(self) -> str:
        size = f"{len(self._values)} fields, {len(self.changes)} changed"
        return f"<SObject {self.type} {self.id or 'new'}, {size}>"

    def _store(self, field: str, value: Any) -> None:
        self._values[self._spelling.setdefault(field.lower(), field)] = value

    def _forget(self, name: str) -> None:
        del self._values[name]
        del self._spelling[name.lower()]

    def _differs(self, name: str, value: Any) -> bool:
        if name.lower() == "id" or isinstance(value, SObject | Records):
            return False
        return name not in self._original or not same(value, self._original[name])


def _from_json(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "records" in value and "totalSize" in value:
        return Records(
            records=tuple(SObject.from_json(record) for record in value["records"] or ()),
            total_size=int(value["totalSize"]),
            done=bool(value.get("done", True)),
            next_url=value.get("nextRecordsUrl"),
        )
    # An address or a geolocation is a mapping too; only records carry attributes.
    return SObject.from_json(value) if "attributes" in value else value
