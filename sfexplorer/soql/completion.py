"""Completion: what may stand at a place of a half-typed statement."""

from __future__ import annotations

from collections.abc import Iterable

from sfexplorer.soql.completion_clauses import PHRASES, place_in
from sfexplorer.soql.completion_fields import any_field, object_offers, path_offers
from sfexplorer.soql.completion_grammar import accepted, accepted_behind
from sfexplorer.soql.completion_names import frame_scope, name_offers, source_offers
from sfexplorer.soql.completion_offer import Completion, CompletionKind, Offer
from sfexplorer.soql.completion_outline import Frame, outline
from sfexplorer.soql.completion_place import Place
from sfexplorer.soql.completion_search import INNER, returning_frame, search_place
from sfexplorer.soql.completion_typed import Typed, typed_at
from sfexplorer.soql.ranking import ranked
from sfexplorer.soql.schema import Schema
from sfexplorer.soql.schema_scope import Asking, Scope
from sfexplorer.soql.sosl import parse_sosl
from sfexplorer.soql.statement import is_search

__all__ = ["Completion", "CompletionKind", "complete", "missing"]

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
    is_begun = typed.tokens and typed.tokens[0].end < typed.start
    if is_begun and is_search(typed.text[typed.statement.start : typed.statement.end]):
        frame = returning_frame(typed.tokens, typed.start)
        return _in_frame(frame, typed, schema) if frame is not None else _in_search(typed, schema)
    return _in_frame(outline(typed.tokens, typed.start).current, typed, schema)


def _in_frame(frame: Frame, typed: Typed, schema: Asking) -> list[Completion]:
    """What may stand in a SELECT, or in the parentheses of an object of a search."""
    place = place_in(frame, typed.start)
    if typed.is_quoted and place.slot not in ("value", "argument"):
        return []
    scope = frame_scope(frame, schema)
    names: Iterable[Offer] = name_offers(place, frame, scope)
    if typed.is_quoted:
        names = (offer for offer in names if offer.text.startswith("'") or offer.name.startswith("'"))
    fitting = ranked(names, typed.typed, lambda offer: (offer.name, offer.label))
    keywords = [] if typed.is_quoted else _keywords(place, frame, typed)
    joined = _joined(place, frame, scope, typed)
    comes_first = place.slot in ("after object", "after item", "after value", "after")
    offers = [*keywords, *fitting] if comes_first else [*fitting, *keywords]
    return [*joined, *(_completion(offer, typed, typed.start) for offer in offers)]


def _in_search(typed: Typed, schema: Asking) -> list[Completion]:
    """What may stand in a search outside of all parentheses."""
    place = search_place(typed.tokens, typed.start)
    if typed.is_quoted:
        return []
    objects = object_offers(schema) if place.is_object else ()
    fitting = ranked(objects, typed.typed, lambda offer: (offer.name, offer.label))
    head = typed.text[typed.statement.start : typed.start]
    words = accepted_behind(head, _begun(place.words, typed), "", parse_sosl)
    offers = [*fitting, *(Offer(word, "keyword") for word in words)]
    return [_completion(offer, typed, typed.start) for offer in offers]


def _completion(offer: Offer, typed: Typed, start: int) -> Completion:
    text = offer.text or offer.name
    # What is there already is not doubled.
    if text[-1] in "(." and typed.following == text[-1]:
        text = text[:-1]
    return Completion(text, offer.kind, offer.detail, (start, typed.end))


def _keywords(place: Place, frame: Frame, typed: Typed) -> list[Offer]:
    """The keywords that begin with what is typed and that the grammar takes."""
    words = place.words
    if frame.form == "returning":
        words = _search_words(place)
    begun = _begun(words, typed)
    if frame.form == "returning" and place.slot not in UNJUDGED:
        head = typed.text[typed.statement.start : typed.start]
        begun = accepted_behind(head, begun, ")" * (1 + frame.open_before(typed.start)), parse_sosl)
    elif place.slot not in UNJUDGED:
        begun = accepted(typed.text, frame, typed.start, begun)
    return [Offer(word, "keyword") for word in begun]


def _search_words(place: Place) -> tuple[str, ...]:
    """The keywords of a place in the parentheses of an object, where queries have others."""
    if place.words == ("FROM",):
        return INNER
    if place.slot not in ("after", "after value"):
        return tuple(word for word in place.words if word != "SELECT")
    kept = tuple(word for word in place.words if word not in PHRASES)
    return (*kept, *INNER)


def _begun(words: Iterable[str], typed: Typed) -> list[str]:
    """The keywords of which any word begins with what is typed; where the first does, they come first."""
    begun = typed.typed.upper()
    known = list(words)
    at_start = [word for word in known if word.upper().startswith(begun)]
    return [*at_start, *(word for word in known if begun and f" {begun}" in word.upper())]


def _joined(place: Place, frame: Frame, scope: Scope, typed: Typed) -> list[Completion]:
    """Names of several words, of which the first was taken for a whole name: `cust acc`."""
    before = place.before
    if before is None or not typed.typed or typed.text[before.end : typed.start].strip(" "):
        return []
    slot = {"after object": "object", "after item": "item"}.get(place.slot)
    if slot is None:
        return []
    names = (
        source_offers(Place("object"), frame, scope)
        if slot == "object"
        else path_offers(scope, (), any_field)
    )
    known = list(names)
    if any(offer.name.lower() == before.text.lower() for offer in known):
        return []
    fitting = ranked(known, f"{before.text} {typed.typed}", lambda offer: (offer.name, offer.label))
    return [_completion(offer, typed, before.start) for offer in fitting]
