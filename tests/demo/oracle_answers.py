"""What a told query gives: rows in order, groups, counts, and rows with their children."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.demo.oracle import Condition, Row, World, folded, found


@dataclass(frozen=True)
class Order:
    """One entry of an ORDER BY."""

    path: str
    descending: bool
    nulls: str


@dataclass(frozen=True)
class Children:
    """A sub-select over children."""

    relationship: str
    object: str
    column: str
    paths: tuple[str, ...]
    where: Condition | None
    order: tuple[Order, ...]
    limit: int | None


@dataclass(frozen=True)
class Rows:
    """A query that gives records."""

    object: str
    paths: tuple[str, ...]
    where: Condition | None
    order: tuple[Order, ...]
    limit: int
    offset: int
    children: Children | None = None


@dataclass(frozen=True)
class Groups:
    """A query that gives groups: aggregates as (function, path)."""

    object: str
    paths: tuple[str, ...]
    aggregates: tuple[tuple[str, str], ...]
    where: Condition | None
    more_than: int | None


@dataclass(frozen=True)
class Count:
    """`SELECT COUNT()`."""

    object: str
    where: Condition | None


def ordered(world: World, rows: list[Row], object: str, order: tuple[Order, ...]) -> list[Row]:
    """Rows in an order; what is equal stays in the order of the table."""
    for entry in reversed(order):
        there = [row for row in rows if row[entry.path] is not None]
        missing = [row for row in rows if row[entry.path] is None]
        there.sort(
            key=lambda row: placed(world, object, entry.path, row[entry.path]), reverse=entry.descending
        )
        is_last = entry.nulls == "LAST" and not entry.path.endswith("Id")
        rows = [*there, *missing] if is_last else [*missing, *there]
    return rows


def placed(world: World, object: str, path: str, value: Any) -> Any:
    """What a value sorts by: a picklist's by its place among the choices."""
    *before, name = path.split(".")
    owner = world.parents[before[-1]] if before else object
    choices = world.picklists.get(f"{owner}.{name}")
    if choices is None:
        return folded(value)
    return choices.index(value) if value in choices else len(choices)


def rows_of(world: World, query: Rows) -> list[list[Any]]:
    """The values of a query's paths, row by row, those of the children as a list at the end."""
    rows = ordered(world, found(world, query.object, query.where), query.object, query.order)
    rows = rows[query.offset : query.offset + query.limit]
    answer = [[row[path] for path in query.paths] for row in rows]
    if query.children is not None:
        for values, row in zip(answer, rows, strict=True):
            values.append(children_of(world, query.children, row["Id"]))
    return answer


def children_of(world: World, query: Children, parent: str) -> list[list[Any]]:
    """The values of the children of a record."""
    own = [row for row in found(world, query.object, query.where) if row[query.column] == parent]
    rows = ordered(world, own, query.object, query.order)[: query.limit]
    return [[row[path] for path in query.paths] for row in rows]


def groups_of(world: World, query: Groups) -> dict[tuple[Any, ...], list[Any]]:
    """The aggregates of each group, by the values that its rows have in common."""
    groups: defaultdict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in found(world, query.object, query.where):
        groups[tuple(folded(row[path]) for path in query.paths)].append(row)
    return {
        key: [aggregate(world, query.object, rows, *each) for each in query.aggregates]
        for key, rows in groups.items()
        if query.more_than is None or len(rows) > query.more_than
    }


def aggregate(world: World, object: str, rows: list[Row], function: str, path: str) -> Any:
    """What an aggregate function gives of some rows; missing values don't count."""
    values = [value for row in rows if (value := row[path]) is not None]
    match function:
        case "COUNT":
            return len(values)
        case "COUNT_DISTINCT":
            return len({folded(value) for value in values})
    if not values:
        return None
    match function:
        case "SUM":
            return sum(values)
        case "AVG":
            return sum(values) / len(values)
        case "MIN":
            return min(values, key=lambda value: placed(world, object, path, value))
        case _:
            return max(values, key=lambda value: placed(world, object, path, value))
