"""Completion: what may stand at a place of a half-typed statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sfexplorer.soql.completion_clauses import place_in
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
from sfexplorer.soql.completion_grammar import accepted
from sfexplorer.soql.completion_offer import Completion, CompletionKind, Offer
from sfexplorer.soql.completion_outline import Frame, aliases, grouped_names, outline
from sfexplorer.soql.completion_place import Place
from sfexplorer.soql.completion_typed import Typed, typed_at
from sfexplorer.soql.completion_values import operator_offers, value_offers
from sfexplorer.soql.ranking import ranked
from sfexplorer.soql.schema import Schema
from sfexplorer.soql.schema_scope import Asking, Scope, scope_of

__all__ = ["Completion", "CompletionKind", "complete", "missing"]

SCOPES = (
    *("everything", "mine", "team", "delegated", "mine_and_my_groups", "my_territory", "my_team_territory"),
    "scopingRule",
)


# What begins a statement or stands in it as it stands in no other.
UNJUDGED = ("start", "with", "subselect", "value")


def complete(text: str, offset: int, schema: Schema | None = None) -> list[Completion]:
    """What may stand at an offset of the text, best first, the word there being what is typed of it.

    Without a schema there are only words of the language. What a schema does not know yet is left out:
    `missing` tells which objects are to be fetched.

    Args:
        text: the text of an editor, with any number of statements.
        offset: the place of the cursor in it.
        schema: what is known of the org.
    """
    return _complete(text, offset, Asking(schema))


def missing(text: str, offset: int, schema: Schema) -> tuple[str, ...]:
    """The objects that completion at an offset would like to know and that are not fetched yet.

    Args:
        text: the text of an editor.
        offset: the place of the cursor in it.
        schema: what is known of the org.
    """
    asking = Asking(schema)
    _complete(text, offset, asking)
    return tuple(asking.wanted)


def _complete(text: str, offset: int, schema: Asking) -> list[Completion]:
    typed = typed_at(text, offset)
    if typed is None:
        return []
    found = outline(typed.text, typed.statement.start, typed.statement.end, typed.start)
    place = place_in(found.current, typed.start)
    if typed.is_quoted and place.slot not in ("value", "argument"):
        return []
    scope = frame_scope(found.current, schema)
    names: Iterable[Offer] = _named(place, found.current, scope)
    if typed.is_quoted:
        names = (offer for offer in names if offer.text.startswith("'") or offer.name.startswith("'"))
    fitting = ranked(names, typed.typed, lambda offer: (offer.name, offer.label))
    keywords = [] if typed.is_quoted else _keywords(place, found.current, typed)
    joined = _joined(place, found.current, scope, typed)
    comes_first = place.slot in ("after object", "after item", "after value", "after")
    offers = [*keywords, *fitting] if comes_first else [*fitting, *keywords]
    return [*joined, *(_completion(offer, typed, typed.start) for offer in offers)]


def frame_scope(frame: Frame, schema: Asking) -> Scope:
    """What the names in a SELECT stand for."""
    parent = frame_scope(frame.parent, schema) if frame.parent and frame.form == "sub-select" else None
    return scope_of(frame.sources(), frame.form, parent, schema)


def _completion(offer: Offer, typed: Typed, start: int) -> Completion:
    text = offer.text or offer.name
    # What is there already is not doubled.
    if text[-1] in "(." and typed.following == text[-1]:
        text = text[:-1]
    return Completion(text, offer.kind, offer.detail, (start, typed.end))


def _keywords(place: Place, frame: Frame, typed: Typed) -> list[Offer]:
    """The keywords that begin with what is typed, in the order of the grammar."""
    begun = typed.typed.upper()
    at_start = [word for word in place.words if word.upper().startswith(begun)]
    at_second = [word for word in place.words if begun and f" {begun}" in word.upper()]
    words = [*at_start, *at_second]
    if place.slot not in UNJUDGED:
        words = accepted(typed.text, frame, typed.start, words)
    return [Offer(word, "keyword") for word in words]


def _named(place: Place, frame: Frame, scope: Scope) -> Iterator[Offer]:
    """The names of the org and of the language that fit a place."""
    match place.slot:
        case "item":
            yield from path_offers(scope, place.path, any_field)
            if not place.path:
                yield from function_offers(place)
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
            yield from _sources(place, frame, scope)
        case "operator":
            yield from operator_offers(place, scope)
        case "value":
            yield from value_offers(place, scope)
        case "scope":
            yield from (Offer(name, "scope") for name in SCOPES)
        case "typeof" | "typeof object" | "typeof field":
            yield from _typeof(place, scope)


def _selected(frame: Frame) -> Iterator[Offer]:
    """What a list of fields may have besides fields and functions."""
    yield from (
        Offer(f"FIELDS({scope})", "function", detail=f"{scope.lower()} fields")
        for scope in ("ALL", "STANDARD", "CUSTOM")
    )
    yield Offer("TYPEOF", "keyword", detail="fields by the kind of parent")
    if frame.form != "semi-join":
        yield Offer("(SELECT", "keyword", detail="a sub-select", text="(SELECT ")


def _sources(place: Place, frame: Frame, scope: Scope) -> Iterator[Offer]:
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


def _typeof(place: Place, scope: Scope) -> Iterator[Offer]:
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


def _joined(place: Place, frame: Frame, scope: Scope, typed: Typed) -> list[Completion]:
    """Names of several words, of which the first was taken for a whole name: `cust acc`."""
    before = place.before
    if before is None or not typed.typed or typed.text[before.end : typed.start].strip(" "):
        return []
    slot = {"after object": "object", "after item": "item"}.get(place.slot)
    if slot is None:
        return []
    names = _sources(Place("object"), frame, scope) if slot == "object" else path_offers(scope, (), any_field)
    known = list(names)
    if any(offer.name.lower() == before.text.lower() for offer in known):
        return []
    fitting = ranked(known, f"{before.text} {typed.typed}", lambda offer: (offer.name, offer.label))
    return [_completion(offer, typed, before.start) for offer in fitting]
