"""DISTANCE and GEOLOCATION as SQL."""

from __future__ import annotations

from sfexplorer.demo.executor.operands import Operand, made
from sfexplorer.demo.executor.problems import invalid_field, malformed
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.demo.storage import quoted
from sfexplorer.soql.literals import literal_value
from sfexplorer.soql.tree import Function, Literal, Path

_PLACES = frozenset({"address", "location"})
_PER_KILOMETRE = {"km": 1.0, "mi": 0.621371192237334}
_LIMITS = {"latitude": 90, "longitude": 180}


def distance(scope: Scope, call: Function) -> Operand:
    """How far a place is from another one, in the unit of the call.

    Raises:
        Refusal: When a field is no place, or there is no such place on earth.
    """
    field, other, unit = call.arguments
    spots = [*_spot(scope, field), *_spot(scope, other)]
    named = str(literal_value(unit)).lower() if isinstance(unit, Literal) else "km"
    text = f"(soql_distance({', '.join(each.text for each in spots)}) * {_PER_KILOMETRE[named]})"
    params = tuple(value for each in spots for value in each.params)
    return Operand(made("DISTANCE", "double"), Sql(text, params))


def _spot(scope: Scope, place: Path | Function | Literal) -> tuple[Sql, Sql]:
    """The latitude and longitude of a place."""
    match place:
        case Path():
            return _parts(scope, place)
        case Function(arguments=(Literal() as latitude, Literal() as longitude)):
            return _degrees(scope, latitude, "latitude"), _degrees(scope, longitude, "longitude")
        case _:
            raise malformed(scope.text, place.span.start, "Bind variables only allowed in Apex code")


def _parts(scope: Scope, path: Path) -> tuple[Sql, Sql]:
    column = scope.column(path)
    owner = column.hops[-1].type if column.hops else scope.type
    if column.field.type not in _PLACES or owner is None:
        message = f"field {path.text} does not support function DISTANCE"
        raise invalid_field(scope.text, path.span.start, message)
    found = {}
    for part in owner.parts(column.field.name):
        for word in _LIMITS:
            if part.name.lower().removesuffix("__s").endswith(word):
                found[word] = Sql(f"{column.table}.{quoted(part.name)}")
    return found.get("latitude", Sql("NULL")), found.get("longitude", Sql("NULL"))


def _degrees(scope: Scope, literal: Literal, word: str) -> Sql:
    if literal.kind == "bind":
        raise malformed(scope.text, literal.span.start, "Bind variables only allowed in Apex code")
    value = float(str(literal_value(literal)))
    if abs(value) > _LIMITS[word]:
        message = f"{word.capitalize()} must be between -{_LIMITS[word]} and {_LIMITS[word]}"
        raise malformed(scope.text, literal.span.start, message)
    return Sql("?", (value,))
