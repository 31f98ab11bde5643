"""Writing the records of a collection: each by itself, or all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sfexplorer.demo.composite.results import Result, failure, rolled_back
from sfexplorer.demo.errors import Refusal, malformed_id, refusal, unsupported_type
from sfexplorer.demo.externalid import upsert_record
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.org import Org
from sfexplorer.demo.streaming.platformevents import accepted
from sfexplorer.demo.writing import Change, create_record, delete_record, update_record

MOST_ROWS = 200
# Runs of records of one type.
_MOST_CHUNKS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A record to be written.

    Attributes:
        fields: its values, without its id.
        key: the id that it is found by, or the value of its external id; "" where it has none.
        twice: whether a row before it has the same key.
    """

    type: SObjectType
    fields: dict[str, Any]
    key: str = ""
    twice: bool = False


# Writes a row for a user; gives what its result tells.
Write = Callable[[Org, Row, str], dict[str, Any]]


class _Undone(Exception):
    """Some records are not valid, and none must stay."""


def type_in(schema: Schema, fields: dict[str, Any]) -> SObjectType:
    """The sObject that a record's attributes name.

    Raises:
        Refusal: When they name none that there is.
    """
    attributes = fields.get("attributes")
    name = attributes.get("type") if isinstance(attributes, dict) else None
    if not isinstance(name, str) or not name:
        raise refusal(
            400, "INVALID_INPUT", "Each record must contain an attributes map with a value for type."
        )
    found = schema.get(name)
    if found is None:
        raise unsupported_type(name)
    return found


def check_count(types: Sequence[SObjectType]) -> None:
    """See to it that the records of a call aren't too many, nor their types too mixed.

    Raises:
        Refusal: When they are.
    """
    if len(types) > MOST_ROWS:
        message = f"record limit reached. cannot submit more than {MOST_ROWS} records into this call"
        raise refusal(400, "EXCEEDED_ID_LIMIT", message)
    if sum(1 for _ in groupby(types, lambda each: each.name)) > _MOST_CHUNKS:
        message = (
            f"Cannot have more than {_MOST_CHUNKS} chunks in a single operation. "
            "Please rearrange the data to reduce chunking."
        )
        raise refusal(400, "LIMIT_EXCEEDED", message)


def keyed(rows: Sequence[tuple[SObjectType, dict[str, Any]]], name: str) -> list[Row]:
    """Rows whose key stands in a field, which is taken out of them."""
    made: list[Row] = []
    seen: set[str] = set()
    for type, fields in rows:
        rest = {each: value for each, value in fields.items() if each.lower() != name.lower()}
        given = next((value for each, value in fields.items() if each.lower() == name.lower()), None)
        key = "" if given is None else str(given)
        identity = canonical(key) or key.lower()
        made.append(Row(type, rest, key, bool(key) and identity in seen))
        seen.add(identity)
    return made


def create(org: Org, row: Row, user_id: str) -> dict[str, Any]:
    """Add a record."""
    made = create_record(org, row.type, Change(row.fields, user_id))
    return {"id": made, "errors": accepted(row.type, made)}


def update(org: Org, row: Row, user_id: str) -> dict[str, Any]:
    """Change the record of a row's id."""
    if not row.key:
        raise refusal(400, "MISSING_ARGUMENT", "Id not specified in an update call", [])
    record_id = canonical(row.key)
    if record_id is None or org.schema.of_id(record_id) is not row.type:
        raise malformed_id(f"{row.type.label} ID: id value of incorrect type: {row.key}", ["Id"])
    if row.twice:
        raise refusal(400, "INVALID_ID_FIELD", f"duplicate id specified: {row.key}", ["Id"])
    update_record(org, row.type, record_id, Change(row.fields, user_id))
    return {"id": record_id}


def delete(org: Org, row: Row, user_id: str) -> dict[str, Any]:
    """Put the record of a row's id into the recycle bin."""
    delete_record(org, row.type, row.key, user_id)
    return {"id": canonical(row.key)}


def upsert_by(field: FieldType) -> Write:
    """Writes that change the record that has a row's key in a field, or add one."""

    def upsert(org: Org, row: Row, user_id: str) -> dict[str, Any]:
        change = Change(row.fields, user_id)
        if not row.key:
            if field.type == "id":
                return {"id": create_record(org, row.type, change), "created": True}
            raise refusal(400, "MISSING_ARGUMENT", f"{field.name} not specified", [])
        if row.twice:
            message = f"Duplicate external id specified: {row.key}"
            raise refusal(400, "DUPLICATE_VALUE", message, [field.name])
        ids, created = upsert_record(org, row.type, field, row.key, change)
        if len(ids) > 1:
            message = f"{field.name}: more than one record found for external id field: [{', '.join(ids)}]"
            raise refusal(400, "DUPLICATE_EXTERNAL_ID", message, [])
        return {"id": ids[0], "created": created}

    return upsert


async def written(
    org: Org, rows: Sequence[Row | Refusal], write: Write, user_id: str, *, all_or_none: bool
) -> list[Result]:
    """What became of each row, in their order; a refusal among them stands for a row that isn't one."""
    results: list[Result] = []

    def writing(org: Org) -> None:
        results.extend(_result(org, row, write, user_id) for row in rows)
        if all_or_none and not all(each["success"] for each in results):
            raise _Undone

    try:
        await org.write(writing)
    except _Undone:
        return [rolled_back() if each["success"] else each for each in results]
    return results


def _result(org: Org, row: Row | Refusal, write: Write, user_id: str) -> Result:
    if isinstance(row, Refusal):
        return failure(row)
    try:
        with org.store.transaction():
            told = write(org, row, user_id)
    except Refusal as refused:
        return failure(refused)
    record_id = told.pop("id")
    return {"id": record_id, "success": True, "errors": [], **told}
