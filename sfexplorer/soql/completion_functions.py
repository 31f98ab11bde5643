"""Functions as completion offers them, and what their arguments are."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.soql.completion_fields import Allowed, any_field, groupable
from sfexplorer.soql.completion_offer import Offer
from sfexplorer.soql.completion_place import Place
from sfexplorer.soql.schema import FieldDescription
from sfexplorer.soql.schema_types import DATES, FORMATTED, LABELLED, NUMERIC, PLACES
from sfexplorer.soql.words import AGGREGATES, DATE_FUNCTIONS, FUNCTION_SPELLINGS

DETAILS = {
    "COUNT": "how many values",
    "COUNT_DISTINCT": "how many different values",
    "SUM": "the sum",
    "AVG": "the average",
    "MIN": "the least",
    "MAX": "the greatest",
    "FORMAT": "as the user reads it",
    "TOLABEL": "the label of a picklist value",
    "CONVERTCURRENCY": "in the user's currency",
    "CONVERTTIMEZONE": "in the user's time zone",
    "GROUPING": "1 in a row of subtotals",
    "DISTANCE": "between two places",
    "GEOLOCATION": "latitude and longitude",
    "ROLLUP": "with subtotals",
    "CUBE": "with all subtotals",
}
SELECTED = (
    *("COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX", "FORMAT", "TOLABEL", "CONVERTCURRENCY"),
    *("GROUPING", "DISTANCE"),
)
DATE_NAMES = tuple(sorted(DATE_FUNCTIONS))
UNITS = ("'mi'", "'km'")


def function_offers(place: Place) -> Iterator[Offer]:
    """The functions that may stand at a place where a field may."""
    for name in _functions(place):
        spelled = FUNCTION_SPELLINGS.get(name, name)
        detail = DETAILS.get(name, "of a date")
        yield Offer(spelled, "function", detail=detail, text=f"{spelled}(")
    if place.slot == "item":
        yield Offer("COUNT()", "function", detail="how many rows", text="COUNT()")


def _functions(place: Place) -> tuple[str, ...]:
    match place.slot, place.clause:
        case ("item", _):
            return (*SELECTED, *DATE_NAMES)
        case ("operand", "WHERE"):
            return ("DISTANCE", "TOLABEL", *DATE_NAMES)
        case ("operand", _):
            return (*SELECTED[:6], "GROUPING")
        case ("group", _):
            return ("ROLLUP", "CUBE", *DATE_NAMES) if not place.argument else DATE_NAMES
        case ("order", _):
            return (*SELECTED[:6], *DATE_NAMES, "DISTANCE", "GROUPING")
        case ("argument", _):
            return _inner_functions(place)
        case _:
            return ()


def _inner_functions(place: Place) -> tuple[str, ...]:
    function = place.function
    if function in DATE_FUNCTIONS:
        return ("CONVERTTIMEZONE",)
    if function == "FORMAT":
        return ("CONVERTCURRENCY", *SELECTED[:6])
    if function == "DISTANCE" and place.argument == 1:
        return ("GEOLOCATION",)
    return DATE_NAMES if function in ("ROLLUP", "CUBE") else ()


def argument_fields(place: Place) -> Allowed:
    """Which fields a function takes."""
    function = place.function
    if function in AGGREGATES:
        return _summable if function in ("SUM", "AVG") else _aggregatable
    if function in ("ROLLUP", "CUBE", "GROUPING"):
        return groupable
    if function in DATE_FUNCTIONS:
        return _datetime if function == "HOUR_IN_DAY" else _date
    if function == "DISTANCE":
        return _place if place.argument < 2 else _none
    return {
        "CONVERTTIMEZONE": _datetime,
        "TOLABEL": _labelled,
        "FORMAT": _formatted,
        "CONVERTCURRENCY": _currency,
        "GEOLOCATION": _none,
    }.get(function, any_field)


def argument_values(place: Place) -> Iterator[Offer]:
    """The constants that a function takes."""
    if place.function == "DISTANCE" and place.argument == 2:
        yield from (Offer(unit, "value") for unit in UNITS)


def _aggregatable(field: FieldDescription) -> bool:
    return field.aggregatable


def _summable(field: FieldDescription) -> bool:
    return field.aggregatable and field.type in NUMERIC


def _date(field: FieldDescription) -> bool:
    return field.type in DATES


def _datetime(field: FieldDescription) -> bool:
    return field.type == "datetime"


def _place(field: FieldDescription) -> bool:
    return field.type in PLACES


def _labelled(field: FieldDescription) -> bool:
    return field.type in LABELLED


def _formatted(field: FieldDescription) -> bool:
    return field.type in FORMATTED


def _currency(field: FieldDescription) -> bool:
    return field.type == "currency"


def _none(field: FieldDescription) -> bool:
    return False
