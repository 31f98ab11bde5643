"""The org's schema: every sObject, found by name or by key prefix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sfexplorer.demo.describes import describe, item
from sfexplorer.demo.fieldtypes import ChildRelationship, DefaultFrom, FieldType, PicklistValue, SObjectType
from sfexplorer.demo.schemafile import Sources, read_objects

__all__ = [
    "ChildRelationship",
    "DefaultFrom",
    "FieldType",
    "PicklistValue",
    "SObjectType",
    "Schema",
    "describe",
    "item",
    "load_schema",
]

BUNDLED = Path(__file__).with_name("schema")


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """All sObjects of an org, in alphabetical order, and the files that they were read from."""

    objects: tuple[SObjectType, ...]
    sources: Sources | None = field(default=None, repr=False, compare=False)
    _by_name: Mapping[str, SObjectType] = field(init=False, repr=False, compare=False)
    _by_prefix: Mapping[str, SObjectType] = field(init=False, repr=False, compare=False)
    _counted_by: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {each.name.lower(): each for each in self.objects})
        prefixed = {each.key_prefix: each for each in self.objects if each.key_prefix}
        object.__setattr__(self, "_by_prefix", prefixed)
        object.__setattr__(self, "_counted_by", _counted_by(self.objects))

    def __iter__(self) -> Iterator[SObjectType]:
        return iter(self.objects)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._by_name

    def __getitem__(self, name: str) -> SObjectType:
        """The sObject of this name, in whatever case it is written; KeyError when there is none."""
        return self._by_name[name.lower()]

    def get(self, name: str) -> SObjectType | None:
        """The sObject of this name, in whatever case it is written."""
        return self._by_name.get(name.lower())

    def of_id(self, id: str) -> SObjectType | None:
        """The sObject that an id belongs to, by the id's first three characters."""
        return self._by_prefix.get(id[:3])

    def counted_by(self, type: SObjectType) -> tuple[str, ...]:
        """The references of an sObject to parents that count its records."""
        return self._counted_by.get(type.name, ())


def _counted_by(objects: Iterable[SObjectType]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for parent in objects:
        for each in parent.fields:
            relation = parent.child(each.roll_up.relationship) if each.roll_up is not None else None
            if relation is not None:
                found.setdefault(relation.child, {})[relation.field] = None
    return {child: tuple(references) for child, references in found.items()}


def load_schema(folder: Path | None = None) -> Schema:
    """The bundled schema, with the sObjects and fields of a folder of JSON files added to it.

    Raises:
        ValueError: When a file doesn't fit the format of `schema/README.md`; the text names file and key.
    """
    return _bundled() if folder is None else Schema(*read_objects(BUNDLED, folder))


@cache
def _bundled() -> Schema:
    # Tests start hundreds of orgs in one process, and nothing changes a schema.
    return Schema(*read_objects(BUNDLED))
