"""The columns of records of which nobody knows what was asked for: made from the records themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sfexplorer_query.columns import Parts, ResultColumn

_LOOKED_AT = 200
"""So many records tell what columns there are; a parent that is null in one is there in another."""

_DEEPEST = 5
"""Salesforce follows no more relationships; a hostile answer might."""


def columns_of_records(records: Sequence[Mapping[str, Any]]) -> tuple[ResultColumn, ...]:
    """A column for each field that is in any of the records, in the order in which they come.

    Fields of parents are columns of their own (`Account.Name`), records of sub-selects stand in one.
    """
    found: dict[Parts, bool] = {}
    for record in records[:_LOOKED_AT]:
        for path, is_children in _fields(record, ()):
            found[path] = found.get(path, False) or is_children
    parents = {path[:length] for path in found for length in range(1, len(path))}
    return tuple(
        ResultColumn(".".join(path), path, path, children=is_children)
        for path, is_children in found.items()
        if path not in parents
    )


def _fields(record: Mapping[str, Any], before: Parts) -> Iterator[tuple[Parts, bool]]:
    for name, value in record.items():
        path = (*before, name)
        if name == "attributes":
            continue
        if isinstance(value, Mapping) and "attributes" in value and len(path) < _DEEPEST:
            yield from _fields(value, path)
        else:
            yield path, isinstance(value, Mapping) and "records" in value
