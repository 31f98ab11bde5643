"""The columns of a query: which fields its rows have, and what a describe says of their types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sfexplorer.client.describe import FieldDescribe
from sfexplorer.client.errors import NotFound
from sfexplorer.client.merging import Describe
from sfexplorer.soql.errors import SoqlError
from sfexplorer.soql.parser import parse
from sfexplorer.soql.tree import ChildQuery, Expression, Field, Function, Path, Query, SelectItem, TypeOf

_AGGREGATES = frozenset({"COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX", "GROUPING"})
# These give the field's value in another form, under the field's own name.
_FORMS = frozenset({"TOLABEL", "FORMAT", "CONVERTCURRENCY", "CONVERTTIMEZONE"})
_OWN_TYPES = {"COUNT": "int", "COUNT_DISTINCT": "int", "GROUPING": "int", "AVG": "double"}
_OF_THE_FIELD = frozenset({"SUM", "MIN", "MAX", "CONVERTCURRENCY", "CONVERTTIMEZONE"})

CHILDREN = "records"
UNKNOWN = "anyType"


@dataclass(frozen=True, slots=True)
class Selected:
    """What a query asks for: its dotted name in the rows, the field, and the type if it is plain."""

    name: str
    field: tuple[str, ...] = ()
    type: str | None = None


def tree_of(soql: str) -> Query | None:
    """The query's tree; None for what only the org understands."""
    try:
        return parse(soql)
    except SoqlError:
        return None


def selected(query: Query) -> tuple[Selected, ...]:
    """What the query names, in its order; what `FIELDS()` stands for is not named."""
    roots = {query.source.path.text.lower(), (query.source.alias or "").lower()}
    is_summed = query.group_by is not None or any(map(_is_aggregate, query.select))
    return tuple(_selected(query.select, roots, is_summed=is_summed))


def named_in(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The dotted names of the fields of rows, in their order; a parent that is null in all is one of them."""
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(name for name, _ in flat(row)))
    parents = _parents(names)
    return [name for name in names if name not in parents]


def flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a row with those of its parents, by dotted names."""
    for name, value in row.items():
        if isinstance(value, dict) and "attributes" in value:
            yield from flat(value, f"{before}{name}.")
        elif name != "attributes":
            yield before + name, value


def columns(soql: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The dotted names of a query's columns: as selected, in the org's spelling, and what else rows have."""
    found = named_in(rows)
    spelled = {name.lower(): name for name in found}
    query = tree_of(soql)
    wanted = [] if query is None else [each.name for each in selected(query)]
    names = dict.fromkeys(spelled.get(name.lower(), name) for name in wanted)
    parents = _parents(name.lower() for name in names)
    names.update(dict.fromkeys(name for name in found if name.lower() not in parents))
    return list(names)


async def column_types(soql: str, rows: Iterable[Mapping[str, Any]], describe: Describe) -> dict[str, str]:
    """The type of each column as describes name it, `records` for a sub-select, or `anyType`."""
    query = tree_of(soql)
    known = {} if query is None else {each.name.lower(): each for each in selected(query)}
    source = "" if query is None else query.source.path.text
    types = {}
    for name in columns(soql, rows):
        asked = known.get(name.lower(), Selected(name, tuple(name.split("."))))
        types[name] = asked.type or await _field_type(source, asked.field, describe)
    return types


async def _field_type(source: str, path: tuple[str, ...], describe: Describe) -> str:
    """The type of the field that a path leads to from an object; a parent of several objects ends the way."""
    *parents, last = path or ("",)
    for parent in parents:
        link = await _field(source, describe, "relationship_name", parent)
        if link is None or len(link.reference_to) != 1:
            return UNKNOWN
        source = link.reference_to[0]
    field = await _field(source, describe, "name", last)
    return UNKNOWN if field is None else field.type


async def _field(source: str, describe: Describe, by: str, name: str) -> FieldDescribe | None:
    if not source or not name:
        return None
    try:
        fields = (await describe(source)).fields
    except NotFound:
        return None
    return next((each for each in fields if (getattr(each, by) or "").lower() == name.lower()), None)


def _selected(items: Iterable[SelectItem], roots: set[str], *, is_summed: bool) -> Iterator[Selected]:
    unnamed = 0
    for item in items:
        match item:
            case ChildQuery():
                yield Selected(item.query.source.path.parts[-1], type=CHILDREN)
            case Field(expression=Path() as path):
                field = _relative(path, roots)
                name = item.alias or (field[-1] if is_summed else ".".join(field))
                yield Selected(name, field)
            case Field(expression=Function() as function):
                argument = _argument(function)
                field = _relative(argument, roots) if argument is not None else ()
                keeps_name = function.name.upper() in _FORMS and field and not is_summed
                if item.alias or keeps_name:
                    name = item.alias or ".".join(field)
                elif function.arguments:
                    name, unnamed = f"expr{unnamed}", unnamed + 1
                else:
                    continue  # COUNT() alone has no rows
                yield _computed(name, function.name.upper(), field)
            case TypeOf(path=path):
                yield Selected(".".join(_relative(path, roots)), type=UNKNOWN)


def _computed(name: str, function: str, field: tuple[str, ...]) -> Selected:
    if function in _OWN_TYPES:
        return Selected(name, type=_OWN_TYPES[function])
    if function in _OF_THE_FIELD:
        return Selected(name, field)
    return Selected(name, type="string" if function in {"TOLABEL", "FORMAT"} else UNKNOWN)


def _parents(names: Iterable[str]) -> set[str]:
    return {name[:at] for name in names for at, letter in enumerate(name) if letter == "."}


def _is_aggregate(item: SelectItem) -> bool:
    match item:
        case Field(expression=Function(name=name)):
            return name.upper() in _AGGREGATES
    return False


def _argument(function: Function) -> Path | None:
    """The first field that the function takes, however deep."""
    inner: Iterator[Expression] = (each for each in function.arguments if isinstance(each, Path | Function))
    for each in inner:
        found = each if isinstance(each, Path) else _argument(each)
        if found is not None:
            return found
    return None


def _relative(path: Path, roots: set[str]) -> tuple[str, ...]:
    """The path from the row, without the object's name or alias that it may begin with."""
    return path.parts[1:] if len(path.parts) > 1 and path.parts[0].lower() in roots else path.parts
