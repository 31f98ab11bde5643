"""What the names in one SELECT stand for: its object, its aliases, and where paths lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal as OneOf

from sfexplorer.soql.schema import ChildDescription, FieldDescription, ObjectDescription, ObjectName, Schema
from sfexplorer.soql.schema_name import NAME

# `returning` is an object of a search.
Form = OneOf["query", "sub-select", "semi-join", "returning"]


class Asking:
    """A schema that remembers which objects were asked for and are not fetched yet."""

    __slots__ = ("_known", "_names", "_schema", "wanted")

    def __init__(self, schema: Schema | None) -> None:
        self._schema = schema
        self._known: dict[str, ObjectDescription | None] = {}
        self._names: dict[str, str] | None = None
        self.wanted: dict[str, None] = {}

    def objects(self) -> Iterable[ObjectName]:
        """All objects of the org."""
        return self._schema.objects() if self._schema is not None else ()

    @property
    def names(self) -> dict[str, str]:
        """The names of all objects as they are spelled, by their lower case."""
        if self._names is None:
            self._names = {known.name.lower(): known.name for known in self.objects()}
        return self._names

    def object(self, name: str) -> ObjectDescription | None:
        """The object of that name, asked for once."""
        folded = name.lower()
        if folded not in self._known:
            found = self._schema.object(name) if self._schema is not None else None
            self._known[folded] = found
            # A name that is only half typed is nothing to fetch.
            if found is None and folded in self.names:
                self.wanted[self.names[folded]] = None
        return self._known[folded]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a path of relationships leads.

    Attributes:
        object: the object at its end; None where it is not fetched.
        failed: the number of the part that names no relationship of `object`; None where all do.
        steps: how many relationships were followed.
    """

    object: ObjectDescription | None
    failed: int | None = None
    steps: int = 0


@dataclass(slots=True)
class Scope:
    """The object of one SELECT, and what other names its paths may begin with."""

    schema: Asking
    object: ObjectDescription | None
    aliases: dict[str, ObjectDescription | None] = field(default_factory=dict)

    def reach(self, parts: Sequence[str]) -> Reach:
        """Where relationships lead, the first of which may be an alias or the object's own name."""
        at = self.object
        first = 0
        if parts and parts[0].lower() in self.aliases:
            is_own_name = at is not None and parts[0].lower() == at.name.lower()
            if not (is_own_name and at is not None and relationship(at, parts[0])):
                at, first = self.aliases[parts[0].lower()], 1
        for number, part in enumerate(parts[first:], first):
            if at is None:
                return Reach(None)
            leading = relationship(at, part)
            if leading is None:
                return Reach(at, number, number - first)
            at = self.target(leading)
        return Reach(at, None, len(parts) - first)

    def field(self, parts: Sequence[str]) -> FieldDescription | None:
        """The field at the end of a path; None where it is unknown."""
        reached = self.reach(parts[:-1])
        if reached.object is None or reached.failed is not None:
            return None
        return field_of(reached.object, parts[-1])

    def leading(self, parts: Sequence[str]) -> FieldDescription | None:
        """The reference that the last relationship of a path follows; None where it is unknown."""
        if not parts:
            return None
        reached = self.reach(parts[:-1])
        if reached.object is None or reached.failed is not None:
            return None
        return relationship(reached.object, parts[-1])

    def target(self, leading: FieldDescription) -> ObjectDescription | None:
        """The object that a reference leads to."""
        if is_polymorphic(leading):
            return NAME
        return self.schema.object(leading.reference_to[0]) if leading.reference_to else None


def is_polymorphic(leading: FieldDescription) -> bool:
    """Whether paths behind the reference have the fields of the Name object."""
    return leading.name_pointing or len(leading.reference_to) > 1


def relationship(of: ObjectDescription, name: str) -> FieldDescription | None:
    """The reference that a path follows by that name."""
    return _first(of.fields, lambda field: (field.relationship_name or "").lower() == name.lower())


def field_of(of: ObjectDescription, name: str) -> FieldDescription | None:
    """The field of that name, in any case."""
    folded = name.lower()
    return _first(of.fields, lambda field: field.name.lower() == folded)


def children(of: ObjectDescription, name: str) -> ChildDescription | None:
    """The child relationship of that name, in any case."""
    folded = name.lower()
    found = (child for child in of.child_relationships if (child.relationship_name or "").lower() == folded)
    return next(found, None)


def scope_of(
    sources: Sequence[tuple[Sequence[str], str | None]], form: Form, parent: Scope | None, schema: Asking
) -> Scope:
    """The scope of a SELECT.

    Args:
        sources: the entries of FROM: a path and an alias.
        form: where the SELECT stands.
        parent: the scope around it.
        schema: what is known of the org.
    """
    if not sources:
        return Scope(schema, None)
    path, alias = sources[0]
    found = _child_object(path, parent) if form == "sub-select" else schema.object(path[-1])
    scope = Scope(schema, found)
    if found is not None:
        scope.aliases[found.name.lower()] = found
    scope.aliases[path[-1].lower()] = found
    if alias:
        scope.aliases[alias.lower()] = found
    for further, name in sources[1:]:
        reached = scope.reach(further)
        known = reached.object if reached.failed is None else None
        scope.aliases[(name or further[-1]).lower()] = known
    return scope


def _child_object(path: Sequence[str], parent: Scope | None) -> ObjectDescription | None:
    if parent is None or parent.object is None:
        return None
    child = children(parent.object, path[-1])
    return parent.schema.object(child.child_sobject) if child else None


def _first(
    fields: Iterable[FieldDescription], fits: Callable[[FieldDescription], bool]
) -> FieldDescription | None:
    return next(filter(fits, fields), None)
