"""Types for the rows of a query, made from a row that came: typed, it is decoded in two thirds of the time.

A type fits exactly the rows that have the same fields. One that has others (TYPEOF gives such) is decoded as
the mapping that it is, and the type for the next ones is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, cast

import msgspec

from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.sobject import SObject

# A type takes 0.1 ms to make: rows of ever new shapes are better off without.
_MOST_TYPES = 12

# What a type has beside its fields is told apart by its annotation.
_NO_FIELD = {"attribute_of": ClassVar[Mapping[str, str]]}

_decode_mapping = msgspec.json.Decoder(dict[str, Any]).decode


class Attributes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What an org says of a record beside its fields; sums have no address."""

    type: str
    url: str | None = None


class Row(msgspec.Struct, gc=False):
    """A decoded row; `attribute_of` tells where each field stands. JSON has no cycles: no `gc` is needed."""

    attribute_of: ClassVar[Mapping[str, str]] = {}

    attributes: Attributes

    def as_json(self) -> dict[str, Any]:
        """The row as the mapping that the org sent."""
        told: dict[str, Any] = msgspec.to_builtins(self)
        if self.attributes.url is None:
            told["attributes"].pop("url", None)
        return told


def mapping_of(raw: msgspec.Raw) -> dict[str, Any]:
    """A row as the mapping that the org sent.

    Raises:
        UnexpectedReply: it is none.
    """
    try:
        return _decode_mapping(raw)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        pass
    raise UnexpectedReply("the answer holds a row that is no record")


class RowReader:
    """Makes records of the rows of one query."""

    def __init__(self) -> None:
        self._decoder: msgspec.json.Decoder[Row] | None = None
        self._types_left = _MOST_TYPES

    def record(self, raw: msgspec.Raw) -> SObject:
        """The record that a row holds."""
        return next(self.records((raw,)))

    def records(self, raws: Iterable[msgspec.Raw]) -> Iterator[SObject]:
        """The records that rows hold, each made when it is asked for.

        Raises:
            UnexpectedReply: a row is no record.
        """
        from_row = SObject.from_row
        for raw in raws:
            if self._decoder is not None:
                try:
                    yield from_row(self._decoder.decode(raw))
                    continue
                except msgspec.MsgspecError:
                    pass
            yield self._learned(raw)

    def _learned(self, raw: msgspec.Raw) -> SObject:
        told = mapping_of(raw)
        self._types_left -= 1
        made = _row_type(told) if self._types_left >= 0 else None
        self._decoder = None if made is None else msgspec.json.Decoder(made)
        return SObject.from_json(told)


def _row_type(told: Mapping[str, Any]) -> type[Row] | None:
    """The type of rows like this one; None where it isn't told what a record is."""
    attributes = told.get("attributes")
    if not isinstance(attributes, Mapping) or not attributes.keys() <= {"type", "url"}:
        return None
    names = [name for name in told if name != "attributes"]
    attribute_of = {name: f"field_{number}" for number, name in enumerate(names)}
    made = msgspec.defstruct(
        "TypedRow",
        [(attribute_of[name], _value_type(told[name])) for name in names],
        bases=(Row,),
        namespace={"__annotations__": _NO_FIELD, "attribute_of": attribute_of},
        rename={attribute: name for name, attribute in attribute_of.items()},
        forbid_unknown_fields=True,
        gc=False,
    )
    return cast("type[Row]", made)


def _value_type(value: object) -> Any:
    nested = _row_type(value) if isinstance(value, Mapping) else None
    return Any if nested is None else nested | None
