"""Merging by field what two people did to one record since it was loaded.

A save isn't answered with what the org made of the values: it trims text and rounds numbers to the field's
scale. What was saved and not read since is therefore compared as the org would have stored it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sfexplorer.client.describe import SObjectDescribe
from sfexplorer.client.errors import RecordConflict
from sfexplorer.client.records import Records
from sfexplorer.client.sobject import SObject
from sfexplorer.client.values import is_number, is_rounding, is_trimming, parse_datetime, same

Describe = Callable[[str], Awaitable[SObjectDescribe]]

STAMP = "SystemModstamp"
# What the org itself writes at each save: moved, but nothing that a person changed.
_HOUSEKEEPING = frozenset(
    {STAMP, "LastModifiedDate", "LastModifiedById", "LastViewedDate", "LastReferencedDate"}
)


def loaded_fields(record: SObject) -> list[str]:
    """The record's own fields that the org has told of; not parents and sub-selects."""
    return [name for name, value in record.original.items() if not isinstance(value, SObject | Records)]


def is_unmoved(record: SObject, stamp: str | None) -> bool:
    """Whether the stamp that the record has in the org now is the one that it was loaded with."""
    known = None if STAMP in record.unconfirmed else record.original.get(STAMP)
    return known is not None and stamp is not None and parse_datetime(known) == parse_datetime(stamp)


async def merge(record: SObject, theirs: Mapping[str, Any], describe: Describe) -> dict[str, Any]:
    """Take over what others have changed, field by field, and tell it; own changes stay changes.

    Args:
        record: the record with own changes.
        theirs: what the org says now of all fields that were loaded.
        describe: tells of an object by its name; asked where the org may have rounded what was saved before.

    Raises:
        RecordConflict: somebody else changed one of the same fields.
    """
    await _confirm(record, theirs, describe)
    contested = [name for name in record.changes if _contested(record, name, theirs)]
    if contested:
        raise conflict_of(record, theirs, contested)
    moved = {
        name: value
        for name, value in theirs.items()
        if name in record.original and name not in _HOUSEKEEPING and _moved(record, name, value)
    }
    record.take_over(theirs)
    return moved


async def _confirm(record: SObject, theirs: Mapping[str, Any], describe: Describe) -> None:
    """Start from what the org made of the values that we saved, where nobody else has changed it since."""
    for name in record.unconfirmed - _HOUSEKEEPING:
        if name not in theirs or name not in record.original:
            continue
        sent, stored = record.original[name], theirs[name]
        alike = same(sent, stored) or is_trimming(sent, stored)
        if not alike and is_number(sent) and is_number(stored):
            # Nothing but the field's own scale tells a rounding from another's small change.
            field = (await describe(record.type)).field(name)
            alike = field is not None and is_rounding(sent, stored, field.scale)
        if alike:
            record.take_over({name: stored})


def _contested(record: SObject, name: str, theirs: Mapping[str, Any]) -> bool:
    if name not in theirs or name not in record.original:
        return False
    return _moved(record, name, theirs[name]) and not same(theirs[name], record[name])


def _moved(record: SObject, name: str, value: Any) -> bool:
    """Whether somebody else changed the field since the org last told us, or since we saved it."""
    return not same(record.original[name], value)


def conflict_of(record: SObject, theirs: Mapping[str, Any], names: list[str]) -> RecordConflict:
    """The error about fields that both have changed."""
    return RecordConflict(
        f"somebody else has changed {', '.join(names)} since this record was loaded",
        base={name: record.original[name] for name in names if name in record.original},
        theirs={name: theirs[name] for name in names if name in theirs},
        yours={name: record[name] for name in names},
        status=412,
    )
