"""Which names of the org and of the language fit a place."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.soql.completion_fields import (
    any_field,
    child_offers,
    field_offers,
    filterable,
    groupable,
    object_offers,
    path_offers,
    polymorphic_offers,
    relationship_offers,
    sortable,
    target_offers,
)
from sfexplorer.soql.completion_functions import argument_fields, argument_values, function_offers
from sfexplorer.soql.completion_offer import Offer
from sfexplorer.soql.completion_outline import Frame, aliases, grouped_names
from sfexplorer.soql.completion_place import Place
from sfexplorer.soql.completion_values import operator_offers, value_offers
from sfexplorer.soql.schema_scope import Asking, Scope, scope_of
from sfexplorer.soql.words import AGGREGATES

SCOPES = (
    *("everything", "mine", "team", "delegated", "mine_and_my_groups", "my_territory", "my_team_territory"),
    "scopingRule",
)


def frame_scope(frame: Frame, schema: Asking) -> Scope:
    """What the names in a SELECT stand for."""
    parent = frame_scope(frame.parent, schema) if frame.parent and frame.form == "sub-select" else None
    return scope_of(frame.sources(), frame.form, parent, schema)


def name_offers(place: Place, frame: Frame, scope: Scope) -> Iterator[Offer]:
    """The names of the org and of the language that fit a place."""
    match place.slot:
        case "item":
            yield from path_offers(scope, place.path, any_field)
            if not place.path:
                is_search = frame.form == "returning"
                for offer in function_offers(place):
                    if not (is_search and offer.name.strip("()") in AGGREGATES):
                        yield offer
                yield from _selected(frame)
        case "operand":
            if place.clause == "WHERE":
                yield from path_offers(scope, place.path, filterable)
            yield from function_offers(place) if not place.path else ()
            if place.clause == "HAVING":
                names = grouped_names(frame)
                yield from path_offers(scope, place.path, lambda field: field.name.lower() in names)
        case "group":
            yield from path_offers(scope, place.path, groupable)
            yield from function_offers(place) if not place.path else ()
        case "order":
            yield from (Offer(alias, "alias") for alias in aliases(frame) if not place.path)
            yield from path_offers(scope, place.path, sortable)
            yield from function_offers(place) if not place.path else ()
        case "argument":
            yield from argument_values(place)
            yield from path_offers(scope, place.path, argument_fields(place))
            yield from function_offers(place) if not place.path else ()
        case "object" | "relation":
            yield from source_offers(place, frame, scope)
        case "operator":
            yield from operator_offers(place, scope)
        case "value":
            yield from value_offers(place, scope)
        case "scope":
            yield from (Offer(name, "scope") for name in SCOPES)
        case "typeof" | "typeof object" | "typeof field":
            yield from _typeof_offers(place, scope)


def _selected(frame: Frame) -> Iterator[Offer]:
    """What a list of fields may have besides fields and functions."""
    yield from (
        Offer(f"FIELDS({scope})", "function", detail=f"{scope.lower()} fields")
        for scope in ("ALL", "STANDARD", "CUSTOM")
    )
    yield Offer("TYPEOF", "keyword", detail="fields by the kind of parent")
    if frame.form in ("query", "sub-select"):
        yield Offer("(SELECT", "keyword", detail="a sub-select", text="(SELECT ")


def source_offers(place: Place, frame: Frame, scope: Scope) -> Iterator[Offer]:
    """What FROM may name."""
    if place.slot == "relation" or place.path:
        reached = scope.reach(place.path)
        if reached.object is not None and reached.failed is None:
            is_child = frame.form == "sub-select"
            yield from child_offers(reached.object) if is_child else relationship_offers(reached.object)
    elif frame.form == "sub-select" and frame.parent is not None:
        parent = frame_scope(frame.parent, scope.schema)
        yield from child_offers(parent.object) if parent.object else ()
    else:
        yield from object_offers(scope.schema)


def _typeof_offers(place: Place, scope: Scope) -> Iterator[Offer]:
    """The parts of a TYPEOF."""
    if place.slot == "typeof":
        reached = scope.reach(place.path)
        if reached.object is not None and reached.failed is None:
            yield from polymorphic_offers(reached.object)
    elif place.slot == "typeof object":
        leading = scope.leading(place.relation)
        yield from target_offers(leading.reference_to) if leading else ()
    elif place.object:
        inner = Scope(scope.schema, scope.schema.object(place.object))
        yield from path_offers(inner, place.path, any_field)
    else:
        reached = scope.reach(place.relation)
        yield from field_offers(reached.object) if reached.object and reached.failed is None else ()
