"""Told queries as SOQL."""

from __future__ import annotations

from typing import Any

from sfexplorer.soql import quote
from tests.demo.oracle import Both, Compare, Condition, Days, Join, Negation
from tests.demo.oracle_answers import Children, Count, Groups, Order, Rows


def soql(query: Rows | Groups | Count) -> str:
    """The text of a query."""
    match query:
        case Count():
            return f"SELECT COUNT() FROM {query.object}{_where(query.where)}"
        case Groups():
            aggregates = [f"{name}({path}) a{place}" for place, (name, path) in enumerate(query.aggregates)]
            named = [f"{path} k{place}" for place, path in enumerate(query.paths)]
            text = f"SELECT {', '.join([*named, *aggregates])} FROM {query.object}{_where(query.where)}"
            grouped = f" GROUP BY {', '.join(query.paths)}" if query.paths else ""
            having = f" HAVING COUNT(Id) > {query.more_than}" if query.more_than is not None else ""
            return text + grouped + having
        case Rows():
            items = [*query.paths, *([_children(query.children)] if query.children else [])]
            text = f"SELECT {', '.join(items)} FROM {query.object}{_where(query.where)}{_order(query.order)}"
            return f"{text} LIMIT {query.limit} OFFSET {query.offset}"


def _children(query: Children) -> str:
    limit = f" LIMIT {query.limit}" if query.limit is not None else ""
    text = f"SELECT {', '.join(query.paths)} FROM {query.relationship}{_where(query.where)}"
    return f"({text}{_order(query.order)}{limit})"


def _order(order: tuple[Order, ...]) -> str:
    entries = [
        f"{each.path}{' DESC' if each.descending else ''}{f' NULLS {each.nulls}' if each.nulls else ''}"
        for each in order
    ]
    return f" ORDER BY {', '.join(entries)}" if entries else ""


def _where(condition: Condition | None) -> str:
    return f" WHERE {_condition(condition)}" if condition is not None else ""


def _condition(condition: Condition) -> str:
    match condition:
        case Negation(inner):
            return f"NOT ({_condition(inner)})"
        case Both(word, parts):
            return f" {word} ".join(_unit(part) for part in parts)
        case Join():
            word = "NOT IN" if condition.negated else "IN"
            query = f"SELECT {condition.column} FROM {condition.object}{_where(condition.where)}"
            return f"{condition.path} {word} ({query})"
        case Compare(path, "LIKE", parts):
            escaped = "".join(part if part in ("%", "_") else _plain(part) for part in parts)
            return f"{path} LIKE '{escaped}'"
        case Compare(path, operator, tuple() as values):
            return f"{path} {operator} ({', '.join(map(_value, values))})"
        case Compare(path, operator, value):
            return f"{path} {operator} {_value(value)}"


def _unit(condition: Condition) -> str:
    text = _condition(condition)
    return text if isinstance(condition, Compare | Join) else f"({text})"


def _plain(part: str) -> str:
    """A part of a pattern in which nothing acts as a wildcard."""
    return quote(part)[1:-1].replace("%", "\\%").replace("_", "\\_")


def _value(value: Any) -> str:
    return value.text if isinstance(value, Days) else quote(value)
