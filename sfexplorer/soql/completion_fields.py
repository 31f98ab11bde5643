"""Fields, relationships and objects as completion offers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sfexplorer.soql.completion_offer import Offer
from sfexplorer.soql.schema import FieldDescription, ObjectDescription
from sfexplorer.soql.schema_scope import Asking, Scope, is_polymorphic
from sfexplorer.soql.schema_types import PLACES

# Relationships that a path may follow.
DEEPEST_PATH = 5

Allowed = Callable[[FieldDescription], bool]


def any_field(field: FieldDescription) -> bool:
    """All fields can be selected."""
    return True


def filterable(field: FieldDescription) -> bool:
    """What WHERE can compare; addresses only by DISTANCE."""
    return field.filterable and field.type not in PLACES


def sortable(field: FieldDescription) -> bool:
    """What ORDER BY can sort."""
    return field.sortable


def groupable(field: FieldDescription) -> bool:
    """What GROUP BY can group."""
    return field.groupable


def path_offers(scope: Scope, path: tuple[str, ...], allowed: Allowed) -> Iterator[Offer]:
    """What may follow the relationships of a path: fields, and further relationships below five."""
    reached = scope.reach(path)
    if reached.object is None or reached.failed is not None or reached.steps > DEEPEST_PATH:
        return
    yield from field_offers(reached.object, allowed)
    if reached.steps < DEEPEST_PATH:
        yield from relationship_offers(reached.object)
    if not path:
        own = reached.object.name.lower()
        yield from (Offer(alias, "alias", text=f"{alias}.") for alias in scope.aliases if alias != own)


def field_offers(of: ObjectDescription, allowed: Allowed = any_field) -> Iterator[Offer]:
    """The fields of an object, the Id and the name before the others in the alphabet's order."""
    fields = sorted(filter(allowed, of.fields), key=lambda field: (_rank(field), field.name))
    for field in fields:
        yield Offer(field.name, "field", field.label, _detail(field))


def relationship_offers(of: ObjectDescription) -> Iterator[Offer]:
    """The relationships from an object to its parents, each with the dot that follows."""
    for field in sorted(of.fields, key=lambda field: field.relationship_name or ""):
        name = field.relationship_name
        if name:
            yield Offer(name, "relationship", _parent_label(field), _targets(field), f"{name}.")


def child_offers(of: ObjectDescription) -> Iterator[Offer]:
    """The relationships that a sub-select can read from."""
    for child in sorted(of.child_relationships, key=lambda child: child.relationship_name or ""):
        if child.relationship_name:
            detail = f"{child.child_sobject} by {child.field}"
            yield Offer(child.relationship_name, "relationship", child.child_sobject, detail)


def object_offers(schema: Asking) -> Iterator[Offer]:
    """All objects."""
    return (Offer(known.name, "object", known.label, known.label) for known in schema.objects())


def polymorphic_offers(of: ObjectDescription) -> Iterator[Offer]:
    """The relationships that TYPEOF can part."""
    for field in of.fields:
        if field.relationship_name and is_polymorphic(field):
            yield Offer(field.relationship_name, "relationship", _parent_label(field), _targets(field))


def target_offers(names: Iterable[str]) -> Iterator[Offer]:
    """The objects that a reference may point to."""
    return (Offer(name, "object") for name in names)


def _rank(field: FieldDescription) -> int:
    return {"Id": 0, "Name": 1}.get(field.name, 2)


def _detail(field: FieldDescription) -> str:
    kind = f"{field.type} to {_targets(field)}" if field.reference_to else field.type
    return f"{kind}  {field.label}" if field.label else kind


def _targets(field: FieldDescription) -> str:
    shown = list(field.reference_to[:3])
    return ", ".join(shown) + (" …" if len(field.reference_to) > 3 else "")


def _parent_label(field: FieldDescription) -> str:
    return field.label.removesuffix(" ID")
