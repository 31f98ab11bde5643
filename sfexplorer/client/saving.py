"""Saving what changed, without undoing what somebody else changed in between.

    GET   V/sobjects/X/ID?fields=SystemModstamp,<the changed ones>    has it moved since it was loaded?
    GET   V/sobjects/X/ID?fields=<all that were loaded>               only then: merge field by field
    PATCH V/sobjects/X/ID   If-Unmodified-Since: <the stamp's second> exactly the changes

Stamps have milliseconds and the header only seconds (servers compare whole ones), so neither alone is enough:
the first read sees a change in the same second, the header one between read and save.

A save isn't answered with what the org made of the values: it trims text and rounds numbers to the field's
scale. What was saved and not read since is therefore compared as the org would have stored it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

import msgspec

from sfexplorer.client.describe import SObjectDescribe
from sfexplorer.client.errors import RecordConflict, RequestRefused, SalesforceError, UnexpectedReply
from sfexplorer.client.exchange import Call
from sfexplorer.client.records import Records
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.values import is_number, is_rounding, is_trimming, parse_datetime, same

Describe = Callable[[str], Awaitable[SObjectDescribe]]

STAMP = "SystemModstamp"
# What the org itself writes at each save: moved, but nothing that a person changed.
_HOUSEKEEPING = frozenset(
    {STAMP, "LastModifiedDate", "LastModifiedById", "LastViewedDate", "LastReferencedDate"}
)
_LONGEST_FIELD_LIST = 12_000
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the fields sent, and those that others had changed and that were taken over."""

    sent: Mapping[str, Any]
    taken_over: Mapping[str, Any]


async def save_changes(
    session: Session, record: SObject, describe: Describe, *, force: bool = False
) -> Saved:
    """Send exactly the record's changes; nothing is sent where there are none.

    Args:
        session: who saves.
        record: what to save; afterwards it has no changes.
        describe: tells of an object by its name; asked where the org may have rounded what was saved before.
        force: overwrite whatever others have done.

    Raises:
        RecordConflict: somebody else changed one of the same fields; the record still has its changes.
    """
    path = await record_path(session, record)
    taken: dict[str, Any] = {}
    refused: str | None = None
    for _ in range(_TRIES):
        stamp = None
        if not force and record.changes.keys() & record.original.keys():
            stamp, moved = await _catch_up(session, path, record, describe)
            taken |= moved
        changes = record.changes
        if not changes or await _patch(session, path, changes, _unmodified_since(stamp, refused)):
            record.mark_saved(changes)
            return Saved(changes, taken)
        refused = stamp
    raise _conflict(record, {}, list(record.changes))


async def record_path(session: Session, record: SObject) -> str:
    """The path of a record that the org has.

    Raises:
        ValueError: the record has no type or no id.
    """
    if not record.type or not record.id:
        raise ValueError(f"a record needs type and id for this: {record!r}")
    return await session.path(f"sobjects/{quote(record.type, safe='')}/{quote(record.id, safe='')}")


async def read_record(session: Session, path: str, fields: Iterable[str] = ()) -> SObject:
    """The record as it is in the org now, with the given fields or with all."""
    listed = ",".join(dict.fromkeys(fields))
    # More would not fit into a URL; without a list the org gives all.
    params = {"fields": listed} if 0 < len(listed) <= _LONGEST_FIELD_LIST else {}
    reply = await session.send(Call("GET", path, params=params))
    told = reply.decode(dict[str, Any])
    if "attributes" not in told:
        raise UnexpectedReply("the answer is no record", status=reply.status)
    return SObject.from_json(told)


def loaded_fields(record: SObject) -> list[str]:
    """The record's own fields that the org has told of; not parents and sub-selects."""
    return [name for name, value in record.original.items() if not isinstance(value, SObject | Records)]


async def _catch_up(
    session: Session, path: str, record: SObject, describe: Describe
) -> tuple[str | None, dict[str, Any]]:
    """The stamp in the org now, and what was taken over from others since the record was loaded."""
    changed = [name for name, value in record.changes.items() if not isinstance(value, Mapping)]
    theirs = await _read_with_stamp(session, path, changed, record)
    stamp = theirs.get(STAMP)
    known = None if STAMP in record.unconfirmed else record.original.get(STAMP)
    if known is not None and stamp is not None and parse_datetime(known) == parse_datetime(stamp):
        return stamp, {}
    theirs = await _read_with_stamp(session, path, [*loaded_fields(record), *changed], record)
    await _confirm(record, theirs, describe)
    contested = [name for name in record.changes if _contested(record, name, theirs)]
    if contested:
        raise _conflict(record, theirs, contested)
    moved = {
        name: value
        for name, value in theirs.items()
        if name in record.original and name not in _HOUSEKEEPING and _moved(record, name, value)
    }
    record.take_over(theirs)
    return theirs.get(STAMP), moved


async def _read_with_stamp(session: Session, path: str, fields: list[str], record: SObject) -> SObject:
    try:
        return await read_record(session, path, [STAMP, *fields])
    except SalesforceError as error:
        # A few objects have no stamp; then the fields alone must tell.
        if error.code != "INVALID_FIELD" or STAMP in record.original:
            raise
    return await read_record(session, path, fields)


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


def _conflict(record: SObject, theirs: Mapping[str, Any], names: list[str]) -> RecordConflict:
    return RecordConflict(
        f"somebody else has changed {', '.join(names)} since this record was loaded",
        base={name: record.original[name] for name in names if name in record.original},
        theirs={name: theirs[name] for name in names if name in theirs},
        yours={name: record[name] for name in names},
        status=412,
    )


def _unmodified_since(stamp: str | None, refused: str | None) -> dict[str, str]:
    if stamp is None:
        return {}
    moment = parse_datetime(stamp)
    if stamp == refused:
        # Refused although nothing moved: this server minds the milliseconds that the header can't hold.
        moment += timedelta(seconds=1)
    return {"If-Unmodified-Since": format_datetime(moment.replace(microsecond=0), usegmt=True)}


async def _patch(session: Session, path: str, changes: Mapping[str, Any], headers: Mapping[str, str]) -> bool:
    """Send the changes; False if the record was saved by somebody else in this very moment."""
    try:
        await session.send(
            Call(
                "PATCH",
                path,
                headers={"Content-Type": "application/json", **headers},
                content=msgspec.json.encode(changes),
                purpose="save",
            )
        )
    except RequestRefused as error:
        if error.status != 412:
            raise
        return False
    return True
