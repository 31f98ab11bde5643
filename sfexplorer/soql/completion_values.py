"""Operators and values as completion offers them: what fits the field that is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sfexplorer.soql.completion_offer import Offer
from sfexplorer.soql.completion_place import Place
from sfexplorer.soql.quoting import quote
from sfexplorer.soql.schema import FieldDescription
from sfexplorer.soql.schema_name import NAME
from sfexplorer.soql.schema_scope import Scope, relationship
from sfexplorer.soql.schema_types import DATES, IDS, PICKLISTS, TEXTS
from sfexplorer.soql.words import (
    AGGREGATES,
    COUNTED_DATE_LITERALS,
    DATE_FUNCTIONS,
    PLAIN_DATE_LITERALS,
)

EQUALITY = ("=", "!=")
LISTS = ("IN", "NOT IN")
ORDER = ("<", "<=", ">", ">=")
# Those that are written most come first; the rest follow in the alphabet's order.
USUAL_DATES = (
    *("TODAY", "YESTERDAY", "TOMORROW", "THIS_WEEK", "LAST_WEEK", "THIS_MONTH", "LAST_MONTH", "LAST_N_DAYS"),
    *("NEXT_N_DAYS", "THIS_YEAR", "LAST_YEAR"),
)
DATE_NAMES = (*USUAL_DATES, *sorted((PLAIN_DATE_LITERALS | COUNTED_DATE_LITERALS).difference(USUAL_DATES)))


def operator_offers(place: Place, scope: Scope) -> Iterator[Offer]:
    """The operators for what is compared; all of them where its type is not known."""
    return (Offer(operator, "operator") for operator in _operators(place, scope))


def value_offers(place: Place, scope: Scope) -> Iterator[Offer]:
    """The constants that are known of what is compared."""
    field, function = compared(place, scope)
    if place.operator == "LIKE" or function in AGGREGATES or function in DATE_FUNCTIONS:
        return
    if field is None:
        yield from _offers(_targets(place, scope), place)
        yield Offer("NULL", "value")
        return
    if place.operator not in ("INCLUDES", "EXCLUDES", *LISTS) and field.type in DATES and not function:
        yield from date_offers()
    if field.type == "boolean":
        yield from (Offer(word, "value") for word in ("TRUE", "FALSE"))
        return
    if field.type in PICKLISTS:
        yield from _choices(field, place, function == "TOLABEL")
    yield from _offers(_targets(place, scope), place)
    if place.operator in LISTS and not place.listed and field.type in IDS:
        yield Offer("(SELECT", "keyword", detail="a semi-join", text="(SELECT ")
    if place.operator in EQUALITY or place.listed:
        yield Offer("NULL", "value")


def date_offers() -> Iterator[Offer]:
    """All date literals; behind those that count, the number is to be typed."""
    for name in DATE_NAMES:
        is_counted = name in COUNTED_DATE_LITERALS
        yield Offer(
            name, "date", detail="n days" if is_counted else "", text=f"{name}:" if is_counted else ""
        )


def compared(place: Place, scope: Scope) -> tuple[FieldDescription | None, str]:
    """The field that is compared, and the function around it, if there is one."""
    words = [token.text for token in place.left if token.kind == "word"]
    if len(place.left) > 1 and place.left[1].word == "(":
        return (scope.field(words[1:]) if len(words) > 1 else None), place.left[0].word
    return scope.field(words) if words else None, ""


def _operators(place: Place, scope: Scope) -> Sequence[str]:
    field, function = compared(place, scope)
    if function == "DISTANCE":
        return ("<", ">")
    if function in AGGREGATES or function in DATE_FUNCTIONS:
        return (*EQUALITY, *ORDER, *LISTS)
    if field is None:
        return (*EQUALITY, *ORDER, "LIKE", *LISTS, "INCLUDES", "EXCLUDES")
    if field.type == "multipicklist":
        return (*EQUALITY, "INCLUDES", "EXCLUDES")
    if field.type == "boolean":
        return EQUALITY
    if field.type in TEXTS:
        return (*EQUALITY, "LIKE", *LISTS, *ORDER)
    return (*EQUALITY, *LISTS) if field.type in IDS else (*EQUALITY, *ORDER, *LISTS)


def _choices(field: FieldDescription, place: Place, by_label: bool) -> Iterator[Offer]:
    active = [choice for choice in field.picklist_values if choice.active]
    values = [(choice.label or choice.value) if by_label else choice.value for choice in active]
    labels = [choice.label or "" for choice in active]
    yield from _offers(values, place, labels)


def _targets(place: Place, scope: Scope) -> list[str]:
    """The names of objects, for `What.Type = `."""
    words = [token.text for token in place.left if token.kind == "word"]
    if len(words) < 2 or words[-1].lower() != "type":
        return []
    outer = scope.reach(words[:-2])
    if scope.reach(words[:-1]).object is not NAME or outer.object is None:
        return []
    leading = relationship(outer.object, words[-2])
    return list(leading.reference_to) if leading else []


def _offers(values: Sequence[str], place: Place, labels: Sequence[str] = ()) -> Iterator[Offer]:
    needs_list = place.operator in ("IN", "NOT IN", "INCLUDES", "EXCLUDES") and not place.listed
    for number, value in enumerate(values):
        quoted = quote(value)
        label = labels[number] if labels else ""
        detail = label if label != value else ""
        yield Offer(value, "value", label, detail, f"({quoted})" if needs_list else quoted)
