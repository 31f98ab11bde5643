"""Reading beside queries: relationships, what was changed or deleted, an object's basic facts.

GET V/sobjects/X/ID/RELATIONSHIP            a record, a page of records, or 404 for no parent
GET V/sobjects/X/deleted/?start=...&end=... {"deletedRecords": [{"id", "deletedDate"}], ...}
GET V/sobjects/X/updated/?start=...&end=... {"ids": [...], "latestDateCovered": ...}
GET V/sobjects/X                            {"objectDescribe": ..., "recentItems": [...]}
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from sfexplorer.client.addresses import own_path, path_part
from sfexplorer.client.describe import SObjectInfo
from sfexplorer.client.errors import LocatorExpired, NotFound, UnexpectedReply
from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.merging import Describe
from sfexplorer.client.records import Records
from sfexplorer.client.saving import record_path
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject, records_of


class DeletedRecord(msgspec.Struct, frozen=True, rename="camel"):
    """A record that was deleted, and when."""

    id: str
    deleted_date: datetime


class Deleted(msgspec.Struct, frozen=True, rename="camel"):
    """Deleted records, and for which time the org knows of all of them."""

    deleted_records: tuple[DeletedRecord, ...]
    earliest_date_available: datetime
    latest_date_covered: datetime


class Updated(msgspec.Struct, frozen=True, rename="camel"):
    """The ids of changed records, and until when the org knows of all of them."""

    ids: tuple[str, ...]
    latest_date_covered: datetime


class BasicInfo(msgspec.Struct, frozen=True):
    """An object as the list of all has it, and its records that the user has seen last."""

    info: SObjectInfo
    recent: tuple[SObject, ...]


class _Basic(msgspec.Struct, frozen=True, rename="camel"):
    object_describe: SObjectInfo
    recent_items: tuple[dict[str, Any], ...] = ()


def basic_info(reply: Reply) -> BasicInfo:
    """The basic facts that an answer holds."""
    told = reply.decode(_Basic)
    return BasicInfo(told.object_describe, tuple(SObject.from_json(each) for each in told.recent_items))


async def deleted_between(session: Session, type: str, start: datetime, end: datetime) -> Deleted:
    """The records that were deleted between two moments."""
    return (await _between(session, type, "deleted", start, end)).decode(Deleted)


async def updated_between(session: Session, type: str, start: datetime, end: datetime) -> Updated:
    """The ids of the records that were made or changed between two moments."""
    return (await _between(session, type, "updated", start, end)).decode(Updated)


async def _between(session: Session, type: str, what: str, start: datetime, end: datetime) -> Reply:
    path = await session.path(f"sobjects/{path_part(type)}/{what}/")
    return await session.send(Call("GET", path, params={"start": _moment(start), "end": _moment(end)}))


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a datetime for Salesforce needs a time zone")
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00"


async def related(
    session: Session, record: SObject, relationship: str, fields: Sequence[str], describe: Describe
) -> SObject | Records | None:
    """What a relationship of a record leads to: a parent, None, or the first page of children."""
    path = f"{await record_path(session, record)}/{path_part(relationship)}"
    params = {"fields": ",".join(fields)} if fields else {}
    try:
        reply = await session.send(Call("GET", path, params=params))
    except NotFound as error:
        # An empty parent and a name that is none are answered alike.
        name = relationship.lower()
        fields_there = (await describe(record.type)).fields
        is_parent = any((field.relationship_name or "").lower() == name for field in fields_there)
        if error.code == "NOT_FOUND" and is_parent:
            return None
        raise
    told = reply.decode(dict[str, Any])
    children = records_of(told)
    if children is not None:
        return children
    if "attributes" not in told:
        raise UnexpectedReply("the answer is neither a record nor a page of records", status=reply.status)
    return SObject.from_json(told)


async def all_of(session: Session, records: Records) -> AsyncIterator[SObject]:
    """All records, following the pages that the org has not sent yet.

    Raises:
        LocatorExpired: the org has forgotten the query's cursor.
    """
    seen = set()
    given = 0
    while True:
        for record in records:
            yield record
        given += len(records)
        if records.done or records.next_url is None:
            return
        path = own_path(records.next_url, session.oauth.instance_url)
        if path in seen:
            raise UnexpectedReply("the org's pages go round in a circle")
        seen.add(path)
        try:
            reply = await session.send(Call("GET", path, purpose="query"))
        except LocatorExpired as error:
            error.rows_kept = given
            raise
        following = records_of(reply.decode(dict[str, Any]))
        if following is None:
            raise UnexpectedReply("the answer is no page of records")
        records = following
