"""Types for the rows of a query, made from a row that came: typed, it is decoded in two thirds of the time.

A type fits exactly the rows that have the same fields. One that has others (TYPEOF gives such) is decoded as
the mapping that it is, and the type for the next ones is made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal, cast

import msgspec

from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.sobject import SObject

# A type takes 0.1 ms to make: rows of ever new shapes are better off without.
_MOST_TYPES = 12
# A query names parents of parents up to the fifth; what claims to have more is no row to make types for.
_MOST_PARENTS = 5

# What a type has beside its fields is told apart by its annotation.
_NO_FIELD = {"attribute_of": ClassVar[Mapping[str, str]]}

# What a field holds that is no record; null is among them, a parent that comes later makes a type of its own.
Simple = str | int | float | bool | None

_decode_mapping = msgspec.json.Decoder(dict[str, Any]).decode


class Attributes(msgspec.Struct):
    """What an org says of a record beside its fields."""

    type: str


class Row(msgspec.Struct, gc=False):
    """A decoded row; `attribute_of` tells where simple values stand. JSON has no cycles: no `gc` is needed.

    A row with an Id goes without its address, which holds nothing else.
    """

    attribute_of: ClassVar[Mapping[str, str]] = {}

    attributes: Attributes

    def as_json(self) -> dict[str, Any]:
        """The row as a mapping."""
        told: dict[str, Any] = msgspec.to_builtins(self)
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
        self._decode: Callable[[msgspec.Raw], Row] | None = None
        # A row that the next type is made from, if there is a next row: of many answers one is all.
        self._model: Mapping[str, Any] | None = None
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
            if self._model is not None:
                self._decode, self._model = self._decoder_of(self._model), None
            if self._decode is not None:
                try:
                    yield from_row(self._decode(raw))
                    continue
                except msgspec.MsgspecError:
                    pass
            self._model = mapping_of(raw)
            yield SObject.from_json(self._model)

    def _decoder_of(self, told: Mapping[str, Any]) -> Callable[[msgspec.Raw], Row] | None:
        self._types_left -= 1
        made = _row_type(told, _MOST_PARENTS) if self._types_left >= 0 else None
        return None if made is None else msgspec.json.Decoder(made).decode


def _row_type(told: Mapping[str, Any], parents: int) -> type[Row] | None:
    """The type of rows like this one, with so many parents; None where it isn't told what a record is."""
    attributes = told.get("attributes")
    if not isinstance(attributes, Mapping) or not _is_known(attributes):
        return None
    names = [name for name in told if name != "attributes"]
    place = {name: f"field_{number}" for number, name in enumerate(names)}
    types = {name: _value_type(told[name], parents) for name in names}
    simple = {name: place[name] for name in names if types[name] is Simple}
    made = msgspec.defstruct(
        "TypedRow",
        [
            ("attributes", _attributes_type(attributes, has_id="Id" in told)),
            *((place[name], types[name]) for name in names),
        ],
        bases=(Row,),
        namespace={"__annotations__": _NO_FIELD, "attribute_of": simple},
        rename={attribute: name for name, attribute in place.items()},
        forbid_unknown_fields=True,
        gc=False,
    )
    return cast("type[Row]", made)


def _is_known(attributes: Mapping[str, Any]) -> bool:
    return (
        "type" in attributes
        and attributes.keys() <= {"type", "url"}
        and all(isinstance(each, str) for each in attributes.values())
    )


def _attributes_type(attributes: Mapping[str, Any], *, has_id: bool) -> type[Attributes]:
    # The one text that it may be is made once, and not for each row.
    fields: list[tuple[str, Any]] = [("type", Literal.__getitem__(attributes["type"]))]
    if "url" in attributes and not has_id:
        fields.append(("url", str))
    made = msgspec.defstruct(
        "TypedAttributes", fields, bases=(Attributes,), forbid_unknown_fields=not has_id, gc=False
    )
    return cast("type[Attributes]", made)


def _value_type(value: object, parents: int) -> Any:
    if not isinstance(value, dict | list):
        return Simple
    nested = _row_type(value, parents - 1) if parents and isinstance(value, dict) else None
    return Any if nested is None else nested | None
