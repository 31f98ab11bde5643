"""sObject collections: calls that carry up to 200 records, and what the org tells of each.

    POST  V/composite/sobjects   <- {"allOrNone": false, "records": [{"attributes": {"type": ...}, ...}]}
    -> [{"id": ..., "success": true, "errors": []}, {"success": false, "errors": [{"statusCode": ...}]}]

Records of one object that stand beside each other are one chunk to the org, and a call may have ten chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from sfexplorer.client.errors import Problem, SalesforceError, SaveRejected, UnexpectedReply
from sfexplorer.client.exchange import Call
from sfexplorer.client.refusals import error_of
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject

MOST = 200
MOST_CHUNKS = 10


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of one record of many.

    Attributes:
        record: the record; a new one has its id by now.
        error: why it was not saved; None where it was.
        created: whether an upsert made it.
    """

    record: SObject
    error: SalesforceError | None = None
    created: bool = False

    @property
    def success(self) -> bool:
        """Whether the record was saved or deleted."""
        return self.error is None


class _Told(msgspec.Struct, frozen=True):
    success: bool
    id: str | None = None
    created: bool = False
    errors: tuple[_Error, ...] = ()


class _Error(msgspec.Struct, frozen=True, rename="camel"):
    message: str = ""
    status_code: str = ""
    fields: tuple[str, ...] | None = None


def in_calls(records: Sequence[SObject]) -> Iterator[list[SObject]]:
    """The records, in their order, in as few calls as the org takes them in."""
    carried: list[SObject] = []
    chunks = 0
    for record in records:
        chunks += not carried or carried[-1].type != record.type
        if len(carried) == MOST or chunks > MOST_CHUNKS:
            yield carried
            carried, chunks = [], 1
        carried.append(record)
    if carried:
        yield carried


def expect_one_call(records: Sequence[SObject], all_or_none: bool) -> None:
    """See to it that records of which all or none are to be saved go out together.

    Raises:
        ValueError: they don't.
    """
    if all_or_none and sum(1 for _ in in_calls(records)) > 1:
        raise ValueError("so many records go out in several calls; all or none of them can't be promised")


async def send_all(
    session: Session,
    records: Sequence[SObject],
    call: Callable[[Sequence[SObject]], Call],
    *,
    takes_over: bool = True,
) -> list[SaveResult]:
    """The results of the records, in their order.

    Args:
        session: who saves.
        records: what to save.
        call: makes the call that carries some of them.
        takes_over: whether the records have, when saved, no changes any more.
    """
    # All are made before the first is sent: a value that JSON can't hold must not hide what was saved.
    calls = [(each, [record.changes for record in each], call(each)) for each in in_calls(records)]
    results: list[SaveResult] = []
    for carried, sent, made in calls:
        try:
            told = (await session.send(made)).decode(list[_Told])
            if len(told) != len(carried):
                raise UnexpectedReply("the org answers with another number of results than records sent")
        except SalesforceError as error:
            # What succeeded before stays told; nothing further is sent behind a failure of this kind.
            results += [SaveResult(record, error) for record in carried]
            return results + [SaveResult(record, _unsent(error)) for record in records[len(results) :]]
        for record, changes, each in zip(carried, sent, told, strict=True):
            results.append(_result(record, changes, each, takes_over=takes_over))
    return results


def _unsent(error: SalesforceError) -> SalesforceError:
    return SaveRejected(
        f"not sent, because of another call: {error.message}", code="PROCESSING_HALTED", hint="Send it again."
    )


def _result(record: SObject, changes: Mapping[str, Any], told: _Told, *, takes_over: bool) -> SaveResult:
    if not told.success:
        problems = [Problem(each.status_code, each.message, each.fields or ()) for each in told.errors]
        unknown = [Problem("UNKNOWN_EXCEPTION", "the org does not say why it refused the record")]
        return SaveResult(record, error_of(problems or unknown, 400, "save"))
    if takes_over:
        if told.id is not None:
            record.id = told.id
            changes = {**changes, "Id": told.id}
        record.mark_saved(changes)
    return SaveResult(record, created=told.created)
