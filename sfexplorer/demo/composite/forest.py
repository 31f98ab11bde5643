"""Trees of records: parents with their children nested in them, read level by level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sfexplorer.demo.composite.rows import type_in
from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.objects import Schema

MOST_ROWS = 200
_MOST_LEVELS = 5
_MOST_TYPES = 5


@dataclass(frozen=True, slots=True)
class Node:
    """A record of a tree.

    Attributes:
        name: its reference id.
        parent: the reference id of the record that it is nested in; "" for a root.
        lookup: the field that refers to that.
    """

    type: SObjectType
    name: str
    fields: dict[str, Any]
    parent: str = ""
    lookup: str = ""


def levels_of(schema: Schema, roots: list[dict[str, Any]]) -> list[list[Node]]:
    """The records of all trees, roots first.

    Raises:
        Refusal: When they are too many, too deep, of too many sObjects, or have no names to be told apart by.
    """
    levels: list[list[Node]] = []
    level = [_node(schema, each) for each in roots]
    while level:
        levels.append([_flat(node) for node in level])
        if len(levels) > _MOST_LEVELS:
            raise _too_many("levels", _MOST_LEVELS)
        if sum(map(len, levels)) > MOST_ROWS:
            raise _too_many("records", MOST_ROWS)
        level = [each for node in level for each in _nested(schema, node)]
    if len({node.type.name for each in levels for node in each}) > _MOST_TYPES:
        raise _too_many("types of records", _MOST_TYPES)
    return levels


def twins(levels: list[list[Node]]) -> list[str]:
    """The reference ids that more than one record has."""
    names = [node.name for level in levels for node in level]
    return sorted({name for name in names if names.count(name) > 1})


def _node(schema: Schema, fields: dict[str, Any], parent: str = "", lookup: str = "") -> Node:
    found = type_in(schema, fields)
    name = fields["attributes"].get("referenceId")
    if not isinstance(name, str) or not name:
        message = "Include a reference ID for each record in the request."
        raise refusal(403, "INVALID_INPUT", message)
    return Node(found, name, fields, parent, lookup)


def _nested(schema: Schema, node: Node) -> Iterator[Node]:
    for key, value in node.fields.items():
        relation = node.type.child(key)
        if relation is None or not _is_list(value):
            continue
        for each in value["records"]:
            if not isinstance(each, dict):
                raise refusal(400, "JSON_PARSER_ERROR", "Each record must be an object at [line:1, column:1]")
            child = _node(schema, each, node.name, relation.field)
            if child.type.name != relation.child:
                message = f"The records of {key} must be of type {relation.child}, not {child.type.name}."
                raise refusal(400, "INVALID_INPUT", message)
            yield child


def _flat(node: Node) -> Node:
    """A record without those that are nested in it."""
    fields = {
        key: value
        for key, value in node.fields.items()
        if node.type.child(key) is None or not _is_list(value)
    }
    return Node(node.type, node.name, fields, node.parent, node.lookup)


def _is_list(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("records"), list)


def _too_many(what: str, most: int) -> Refusal:
    message = (
        f"We can\u2019t process more than {most} {what} per request with this resource. "
        f"Reduce the number of {what} and try again."
    )
    return refusal(400, "INVALID_INPUT", message)
