"""Saving what changed, without undoing what somebody else changed in between.

    GET   V/sobjects/X/ID?fields=SystemModstamp,<the changed ones>    has it moved since it was loaded?
    GET   V/sobjects/X/ID?fields=<all that were loaded>               only then: merge field by field
    PATCH V/sobjects/X/ID   If-Unmodified-Since: <the stamp's second> exactly the changes

Stamps have milliseconds and the header only seconds (servers compare whole ones), so neither alone is enough:
the first read sees a change in the same second, the header one between read and save.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from sfexplorer.client.addresses import path_part
from sfexplorer.client.blobs.upload import body_of, note_saved
from sfexplorer.client.errors import RequestRefused, SalesforceError, UnexpectedReply
from sfexplorer.client.exchange import Call
from sfexplorer.client.merging import STAMP, Describe, conflict_of, is_unmoved, loaded_fields, merge
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.values import parse_datetime

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
        unmodified = _unmodified_since(stamp, refused)
        if not changes or await _patch(session, path, record.type, changes, unmodified):
            record.mark_saved(changes)
            note_saved(record, path, changes)
            return Saved(changes, taken)
        refused = stamp
    raise conflict_of(record, {}, list(record.changes))


async def record_path(session: Session, record: SObject) -> str:
    """The path of a record that the org has.

    Raises:
        ValueError: the record has no type or no id.
    """
    if not record.type or not record.id:
        raise ValueError(f"a record needs type and id for this: {record!r}")
    return await session.path(f"sobjects/{path_part(record.type)}/{path_part(record.id)}")


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


async def read_again(session: Session, record: SObject) -> None:
    """Take over what the org says now of the fields that are known of a record, and of its stamp."""
    path = await record_path(session, record)
    record.take_over(await _read_with_stamp(session, path, loaded_fields(record), record))


async def _catch_up(
    session: Session, path: str, record: SObject, describe: Describe
) -> tuple[str | None, dict[str, Any]]:
    """The stamp in the org now, and what was taken over from others since the record was loaded."""
    changed = [name for name, value in record.changes.items() if not isinstance(value, Mapping)]
    theirs = await _read_with_stamp(session, path, changed, record)
    stamp = theirs.get(STAMP)
    if is_unmoved(record, stamp):
        return stamp, {}
    theirs = await _read_with_stamp(session, path, [*loaded_fields(record), *changed], record)
    return theirs.get(STAMP), await merge(record, theirs, describe)


async def _read_with_stamp(session: Session, path: str, fields: list[str], record: SObject) -> SObject:
    try:
        return await read_record(session, path, [STAMP, *fields])
    except SalesforceError as error:
        # A few objects have no stamp; then the fields alone must tell.
        if error.code != "INVALID_FIELD" or STAMP in record.original:
            raise
    return await read_record(session, path, fields)


def _unmodified_since(stamp: str | None, refused: str | None) -> dict[str, str]:
    if stamp is None:
        return {}
    moment = parse_datetime(stamp)
    if stamp == refused:
        # Refused although nothing moved: this server minds the milliseconds that the header can't hold.
        moment += timedelta(seconds=1)
    return {"If-Unmodified-Since": format_datetime(moment.replace(microsecond=0), usegmt=True)}


async def _patch(
    session: Session, path: str, type: str, changes: Mapping[str, Any], unmodified: Mapping[str, str]
) -> bool:
    """Send the changes; False if the record was saved by somebody else in this very moment."""
    headers, content = await body_of(type, changes)
    call = Call("PATCH", path, headers={**headers, **unmodified}, content=content, purpose="save")
    try:
        await session.send(call)
    except RequestRefused as error:
        if error.status != 412:
            raise
        return False
    return True
