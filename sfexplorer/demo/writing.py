"""Creating, changing and deleting records: the rules first, then the stamps, then the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sfexplorer.demo.contents import VERSION, create_version, refresh_version
from sfexplorer.demo.errors import Fault, Refusal, refusal
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.rules.fields import (
    Place,
    check_writable,
    named_fields,
    required_faults,
    stored_values,
    value_faults,
)
from sfexplorer.demo.rules.references import duplicate_faults, reference_faults, with_parents_found
from sfexplorer.demo.storage import Store, Stored, quoted, stamp
from sfexplorer.demo.tables import as_column
from sfexplorer.demo.users import other_user


def _nowhere(name: str) -> str:
    return "[line:1, column:1]"


@dataclass(frozen=True, slots=True)
class Change:
    """What a client wants written, by whom, and where in the body each field stands."""

    fields: Mapping[str, Any]
    user_id: str
    place: Place = _nowhere


def live_record(org: Org, type: SObjectType, text: str) -> dict[str, Stored]:
    """The record that is to be changed.

    Raises:
        Refusal: 404 when it is deleted or was never there.
    """
    record_id = canonical(text)
    row = org.store.read(type, record_id) if record_id is not None else None
    if record_id is None:
        message = f"Provided external ID field does not exist or is not accessible: {text}"
        raise refusal(404, "NOT_FOUND", message)
    if row is None:
        raise refusal(404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [])
    if row.get("IsDeleted"):
        raise refusal(404, "ENTITY_IS_DELETED", "entity is deleted", [])
    return row


def create_record(org: Org, type: SObjectType, change: Change) -> str:
    """Add a record and give its id.

    Raises:
        Refusal: When the record is not valid.
    """
    _check_verb(type, "createable", "inserted")
    store = org.store
    fields = named_fields(type, with_parents_found(store, type, change.fields))
    check_writable(type, iter(fields), creating=True)
    values = stored_values(type, fields, change.place)
    if type.field("OwnerId") is not None and values.get("OwnerId") is None:
        values["OwnerId"] = change.user_id
    _check(store, type, values, None, required_faults(type, values, creating=True))
    row = {**values, **_stamps(store, type, change.user_id, None)}
    made = create_version(store, row) if type.name == VERSION else store.create(type, row)
    _note(org, type, made, change)
    return made


def update_record(org: Org, type: SObjectType, text: str, change: Change) -> None:
    """Change some fields of a record.

    Raises:
        Refusal: When the record isn't there or would not be valid.
    """
    _check_verb(type, "updateable", "updated")
    row = live_record(org, type, text)
    record_id = str(row["Id"])
    fields = named_fields(type, with_parents_found(org.store, type, change.fields))
    check_writable(type, iter(fields), creating=False)
    values = stored_values(type, fields, change.place)
    _check(org.store, type, values, record_id, required_faults(type, values, creating=False))
    values |= _followers(type, values)
    org.store.update(type, record_id, {**values, **_stamps(org.store, type, change.user_id, row)})
    if type.name == VERSION:
        refresh_version(org.store, record_id)
    _note(org, type, record_id, change)


def _note(org: Org, type: SObjectType, record_id: str, change: Change) -> None:
    if type.flags["mruEnabled"]:
        org.recents.note(change.user_id, record_id)


def delete_record(org: Org, type: SObjectType, text: str, user_id: str) -> None:
    """Put a record into the recycle bin, with the records that belong to it.

    Raises:
        Refusal: When it isn't there, or others need it.
    """
    _check_verb(type, "deletable", "deleted")
    row = live_record(org, type, text)
    _delete(org.store, type, str(row["Id"]), user_id)


def touch(org: Org, text: str, fields: Mapping[str, Any]) -> None:
    """Change a record as another user does."""
    found = org.schema.of_id(canonical(text) or "")
    if found is None:
        raise refusal(404, "NOT_FOUND", "The requested resource does not exist")
    update_record(org, found, text, Change(fields, other_user(org.store, org.administrator.id)))


def _check_verb(type: SObjectType, flag: str, done: str) -> None:
    if not type.flags[flag]:
        raise refusal(400, "INVALID_TYPE_FOR_OPERATION", f"entity type cannot be {done}: {type.name}", [])


def _check(
    store: Store,
    type: SObjectType,
    values: Mapping[str, Stored],
    record_id: str | None,
    faults: list[Fault],
) -> None:
    faults = [*faults, *value_faults(type, values), *reference_faults(store, type, values)]
    faults = faults or list(duplicate_faults(store, type, values, record_id))
    if faults:
        raise Refusal(400, faults)


def _followers(type: SObjectType, values: Mapping[str, Stored]) -> dict[str, Stored]:
    """The fields that follow a changed one: a new StageName brings its Probability, unless that is given."""
    found: dict[str, Stored] = {}
    for field in type.fields:
        source = field.default_from
        if source is not None and field.name not in values and values.get(source.field) in source.values:
            found[field.name] = as_column(source.values[str(values[source.field])])
    return found


def _stamps(
    store: Store,
    type: SObjectType,
    user_id: str,
    before: Mapping[str, Stored] | None,
) -> dict[str, Stored]:
    """The audit fields of a record that is created (`before` is None) or changed."""
    now = _later_than(str(before.get("SystemModstamp") or "") if before else "")
    stamps: dict[str, Stored] = {"LastModifiedDate": now, "SystemModstamp": now, "LastModifiedById": user_id}
    if before is None:
        stamps |= {"CreatedDate": now, "CreatedById": user_id}
    return {name: value for name, value in stamps.items() if type.field(name) is not None}


def _later_than(known: str) -> str:
    """The present moment, or the next millisecond after a stamp that is not yet past."""
    now = stamp(datetime.now(UTC))
    if now > known:
        return now
    return stamp(datetime.fromisoformat(known).replace(tzinfo=UTC) + timedelta(milliseconds=1))


def _delete(store: Store, type: SObjectType, record_id: str, user_id: str) -> None:
    for relation in type.children:
        child = store.schema.get(relation.child)
        reference = child.field(relation.field) if child is not None else None
        if child is None or reference is None or reference.computed:
            continue
        ids = _live_children(store, child, relation.field, record_id)
        if ids and relation.restricted_delete:
            raise _needed(type, child, ids)
        for each in ids:
            if relation.cascade_delete:
                _delete(store, child, each, user_id)
            elif reference.nillable:
                # A plain lookup doesn't hold on to what it points to: it is emptied.
                store.update(child, each, {relation.field: None})
    if type.field("IsDeleted") is None:
        store.erase(type, record_id)
    else:
        before = store.read(type, record_id)
        store.update(type, record_id, {"IsDeleted": 1, **_stamps(store, type, user_id, before)})


def _live_children(store: Store, child: SObjectType, field: str, parent_id: str) -> list[str]:
    live = 'AND "IsDeleted" = 0' if child.field("IsDeleted") else ""
    query = f'SELECT "Id" FROM {quoted(child.name)} WHERE {quoted(field)} = ? {live}'  # noqa: S608
    return [str(row[0]) for row in store.select(query, (parent_id,))]


def _needed(type: SObjectType, child: SObjectType, ids: list[str]) -> Refusal:
    message = (
        f"Your attempt to delete {type.label} could not be completed because it is associated with the "
        f"following {child.label_plural.lower()}.: {', '.join(ids[:10])}\n"
    )
    return refusal(400, "DELETE_FAILED", message, [])
