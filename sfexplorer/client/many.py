"""Saving many records by sObject collections, each with a result of its own (WIRE rest.md, 2).

POST   V/composite/sobjects          inserts
PATCH  V/composite/sobjects          updates: the same with ids
PATCH  V/composite/sobjects/X/FIELD  upserts by an external id
DELETE V/composite/sobjects?ids=...
POST   V/composite/sobjects/X        <- {"ids": [...], "fields": [...]} -> records, null for what is not there
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Literal, TypeVar

from sfexplorer.client.addresses import path_part
from sfexplorer.client.blobs.upload import has_files
from sfexplorer.client.errors import (
    FileChanged,
    NotFound,
    SalesforceError,
    SaveRejected,
    UnexpectedReply,
)
from sfexplorer.client.exchange import Call, json_call
from sfexplorer.client.inserting import insert_record
from sfexplorer.client.merging import STAMP, Describe, is_unmoved, loaded_fields, merge
from sfexplorer.client.saving import save_changes
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.sobjectcollections import MOST, SaveResult, expect_one_call, send_all
from sfexplorer.client.upserting import Upserted, key_of, upsert, without_key

T = TypeVar("T")


async def insert_many(
    session: Session, records: Sequence[SObject], *, all_or_none: bool = False
) -> list[SaveResult]:
    """Make new records; those that the org refuses hold up no others, unless `all_or_none`.

    What a lost connection leaves unknown is told as its error, record by record, and never sent again.
    """
    together = _without_files(records, all_or_none)
    path = await session.path("composite/sobjects")

    def call(carried: Sequence[SObject]) -> Call:
        return _saving("POST", path, [_body(each, each.changes) for each in carried], all_or_none)

    results = {id(each.record): each for each in await send_all(session, together, call)}
    results |= await _alone(records, partial(insert_record, session))
    return [results[id(record)] for record in records]


async def update_many(
    session: Session,
    records: Sequence[SObject],
    describe: Describe,
    *,
    force: bool = False,
    all_or_none: bool = False,
) -> list[SaveResult]:
    """Save exactly the changes of each record, and undo nobody else's; what has none is not sent.

    Whether others have changed them is asked once for each 200 records of an object.
    """
    together = _without_files(records, all_or_none)
    results = {} if force else await _caught_up(session, together, describe)
    if all_or_none and any(not result.success for result in results.values()):
        return [results.get(id(record)) or SaveResult(record, _held_back()) for record in records]
    sent = [record for record in together if id(record) not in results and record.changes]
    path = await session.path("composite/sobjects")

    def call(carried: Sequence[SObject]) -> Call:
        bodies = [{**_body(each, each.changes), "id": each.id} for each in carried]
        return _saving("PATCH", path, bodies, all_or_none)

    for result in await send_all(session, sent, call):
        results[id(result.record)] = result
    save = partial(save_changes, session, describe=describe, force=force)
    results |= await _alone(records, save)
    return [results.get(id(record)) or SaveResult(record) for record in records]


async def upsert_many(
    session: Session, records: Sequence[SObject], *, all_or_none: bool = False
) -> list[SaveResult]:
    """Change the records that have their external ids, and make those that are not there yet.

    Raises:
        ValueError: a record has no external id, or `all_or_none` can't be promised.
    """
    grouped = sorted(_without_files(records, all_or_none), key=_key)
    if all_or_none and len({_key(record) for record in records}) > 1:
        raise ValueError("each object and external id field is a call; all or none of them can't be promised")
    results: dict[int, SaveResult] = {}
    for (type, field), group in groupby(grouped, key=_key):
        path = await session.path(f"composite/sobjects/{path_part(type)}/{path_part(field)}")

        def call(carried: Sequence[SObject], path: str = path) -> Call:
            bodies = [{**_body(each, without_key(each)), **key_of(each)} for each in carried]
            return _saving("PATCH", path, bodies, all_or_none)

        for result in await send_all(session, list(group), call):
            results[id(result.record)] = result
            if result.success:
                result.record.take_over(key_of(result.record))
    results |= await _alone(records, partial(upsert, session))
    return [results[id(record)] for record in records]


async def delete_many(
    session: Session, records: Sequence[SObject], *, all_or_none: bool = False
) -> list[SaveResult]:
    """Put records into the recycle bin."""
    expect_one_call(records, all_or_none)
    path = await session.path("composite/sobjects")

    def call(carried: Sequence[SObject]) -> Call:
        ids = ",".join(str(record.id) for record in carried)
        parameters = {"ids": ids, "allOrNone": str(all_or_none).lower()}
        return Call("DELETE", path, params=parameters, purpose="save")

    return await send_all(session, records, call, takes_over=False)


async def retrieve_many(
    session: Session, type: str, ids: Sequence[str], fields: Sequence[str]
) -> list[SObject | None]:
    """The records of some ids, in their order; None for what is not there."""
    path = await session.path(f"composite/sobjects/{path_part(type)}")
    found: list[SObject | None] = []
    for chunk in _chunks(ids):
        reply = await session.send(json_call("POST", path, {"ids": chunk, "fields": fields}, "read"))
        told = reply.decode(list[dict[str, Any] | None])
        if len(told) != len(chunk):
            raise UnexpectedReply("the org answers with another number of records than asked for")
        found += [None if each is None else SObject.from_json(each) for each in told]
    return found


def _without_files(records: Sequence[SObject], all_or_none: bool) -> list[SObject]:
    """The records that can go out together: many with files don't fit into one call.

    Raises:
        ValueError: all or none of the records are to be saved, and they don't go out in one call.
    """
    expect_one_call(records, all_or_none)
    together = [record for record in records if not has_files(record.changes)]
    if all_or_none and len(together) < len(records) > 1:
        raise ValueError("records with files go out one by one; all or none of them can't be promised")
    return together


async def _alone(
    records: Sequence[SObject], save: Callable[[SObject], Awaitable[object]]
) -> dict[int, SaveResult]:
    """Save by themselves those records that hold files. Nothing is raised: others may have been saved."""
    results: dict[int, SaveResult] = {}
    for record in records:
        if not has_files(record.changes):
            continue
        try:
            done = await save(record)
            results[id(record)] = SaveResult(record, created=isinstance(done, Upserted) and done.created)
        except SalesforceError as error:
            results[id(record)] = SaveResult(record, error)
        except OSError as error:
            failure = FileChanged(f"its file can't be read: {error.strerror or error}")
            results[id(record)] = SaveResult(record, failure)
        except (TypeError, ValueError) as error:
            # No id, or a value that JSON can't hold.
            results[id(record)] = SaveResult(record, SaveRejected(str(error)))
    return results


async def _caught_up(
    session: Session, records: Sequence[SObject], describe: Describe
) -> dict[int, SaveResult]:
    """Take over what others have changed; the results of those records that can't be saved."""
    refused: dict[int, SaveResult] = {}
    checked = [record for record in records if record.id and record.changes.keys() & record.original.keys()]
    for type, group in groupby(sorted(checked, key=lambda each: each.type), key=lambda each: each.type):
        for chunk in _chunks(list(group)):
            try:
                there = await _now(session, type, chunk, describe)
            except SalesforceError as failure:
                refused |= {id(record): SaveResult(record, failure) for record in chunk}
                continue
            for record, theirs in zip(chunk, there, strict=True):
                error = await _merged(record, theirs, describe)
                if error is not None:
                    refused[id(record)] = SaveResult(record, error)
    return refused


async def _now(
    session: Session, type: str, records: Sequence[SObject], describe: Describe
) -> list[SObject | None]:
    """What the org has now of records of an object: their stamps, and what was loaded or changed of any."""
    names = dict.fromkeys(name for record in records for name in (*loaded_fields(record), *record.changes))
    fields = await _fields_there(type, [STAMP, *names], describe)
    return await retrieve_many(session, type, [str(record.id) for record in records], fields)


async def _fields_there(type: str, names: Sequence[str], describe: Describe) -> list[str]:
    """The names once each, without those that the object does not have: a few objects have no stamp."""
    known = await describe(type)
    return list(dict.fromkeys(found.name for name in names if (found := known.field(name)) is not None))


async def _merged(record: SObject, theirs: SObject | None, describe: Describe) -> SalesforceError | None:
    if theirs is None:
        return NotFound("the record is not there, or no longer", status=404)
    if is_unmoved(record, theirs.get(STAMP)):
        return None
    try:
        await merge(record, theirs, describe)
    except SalesforceError as error:
        return error
    return None


def _saving(
    method: Literal["POST", "PATCH"], path: str, bodies: list[dict[str, Any]], all_or_none: bool
) -> Call:
    return json_call(method, path, {"allOrNone": all_or_none, "records": bodies})


def _body(record: SObject, changes: Mapping[str, Any]) -> dict[str, Any]:
    return {"attributes": {"type": record.type}, **changes}


def _held_back() -> SaveRejected:
    return SaveRejected(
        "not sent, because another record could not be saved", code="ALL_OR_NONE_OPERATION_ROLLED_BACK"
    )


def _key(record: SObject) -> tuple[str, str]:
    if record.external_id is None:
        raise ValueError(f"a record needs an external id for this: {record!r}")
    return record.type, record.external_id[0]


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), MOST):
        yield items[start : start + MOST]
