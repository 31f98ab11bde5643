"""Ingest jobs: each row of a table is written by itself, and one that is refused holds up no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sfexplorer.demo.bulk.jobs import Job, RowResult, invalid_job
from sfexplorer.demo.bulk.tables import Table, body_of
from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.externalid import key_field, upsert_record
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.org import Org
from sfexplorer.demo.writing import Change, create_record, delete_record, update_record

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Target:
    """What a job writes to, and for whom."""

    type: SObjectType
    user_id: str
    external_id: str = ""


Write = Callable[[Org, Target, dict[str, Any]], tuple[str, bool]]


def _insert(org: Org, target: Target, body: dict[str, Any]) -> tuple[str, bool]:
    return create_record(org, target.type, Change(body, target.user_id)), True


def _update(org: Org, target: Target, body: dict[str, Any]) -> tuple[str, bool]:
    record_id = _id_in(body, "an update")
    update_record(org, target.type, record_id, Change(body, target.user_id))
    return record_id, False


def _delete(org: Org, target: Target, body: dict[str, Any]) -> tuple[str, bool]:
    record_id = _id_in(body, "a delete")
    delete_record(org, target.type, record_id, target.user_id)
    return record_id, False


def _hard_delete(org: Org, target: Target, body: dict[str, Any]) -> tuple[str, bool]:
    record_id, created = _delete(org, target, body)
    org.store.erase(target.type, record_id)
    return record_id, created


def _upsert(org: Org, target: Target, body: dict[str, Any]) -> tuple[str, bool]:
    field = key_field(target.type, target.external_id)
    value = str(_taken(body, field.name) or "")
    if not value:
        raise refusal(400, "MISSING_ARGUMENT", f"{field.name} not specified", [])
    ids, created = upsert_record(org, target.type, field, value, Change(body, target.user_id))
    if len(ids) > 1:
        message = f"{field.name}: more than one record found for external id field: [{', '.join(ids)}]"
        raise refusal(400, "DUPLICATE_EXTERNAL_ID", message, [])
    return ids[0], created


OPERATIONS: dict[str, Write] = {
    "insert": _insert,
    "update": _update,
    "upsert": _upsert,
    "delete": _delete,
    "hardDelete": _hard_delete,
}


def check(operation: str, external_id: str, type: SObjectType) -> None:
    """See to it that a job can be done at all.

    Raises:
        Refusal: When it can't.
    """
    if operation not in OPERATIONS:
        raise invalid_job(f"Invalid operation: {operation}")
    if operation == "upsert":
        if not external_id:
            raise invalid_job("External ID was blank for upsert job")
        try:
            key_field(type, external_id)
        except Refusal:
            raise invalid_job(
                f"Field name provided, {external_id} does not match an External ID, Salesforce Id, or "
                f"indexed field for {type.name}"
            ) from None


def write_rows(org: Org, job: Job, table: Table, first: int) -> None:
    """Write some of the rows, and note what became of each."""
    found = org.schema[job.object]
    target = Target(found, job.user_id, job.external_id)
    started = perf_counter()
    for row in table.rows[first : first + CHUNK]:
        result = _written(org, job, target, dict(zip(table.header, row, strict=True)), row)
        job.results.append(result)
        job.processed += 1
        job.failed += bool(result.error)
    job.milliseconds += int((perf_counter() - started) * 1000)


def _written(org: Org, job: Job, target: Target, named: dict[str, str], row: tuple[str, ...]) -> RowResult:
    body = body_of(named)
    try:
        with org.store.transaction():
            record_id, created = OPERATIONS[job.operation](org, target, body)
    except Refusal as refused:
        given = next((text for name, text in named.items() if name.lower() == "id"), "")
        return RowResult(row, given, error=_told(refused))
    return RowResult(row, record_id, created)


def _told(refused: Refusal) -> str:
    """The error as the failed results have it: `CODE:message:fields --`."""
    fault = refused.faults[0]
    return f"{fault.code}:{fault.message}:{', '.join(fault.fields or ())} --"


def _id_in(body: dict[str, Any], verb: str) -> str:
    text = _taken(body, "Id")
    if not text:
        raise refusal(400, "MISSING_ARGUMENT", f"Id not specified in {verb} call", [])
    return str(text)


def _taken(body: dict[str, Any], name: str) -> Any:
    """A value taken out of a body, whatever the case of its name."""
    for each in body:
        if each.lower() == name.lower():
            return body.pop(each)
    return None
