"""Creating, changing and deleting records: the rules first, then the stamps, then the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sfexplorer.demo.contents import VERSION, create_version, refresh_version
from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.rules.conditions import rule_faults
from sfexplorer.demo.rules.deletion import delete_with_children, restore_with_children
from sfexplorer.demo.rules.duplicates import similar_record_faults
from sfexplorer.demo.rules.fields import (
    Place,
    check_writable,
    named_fields,
    required_faults,
    stored_values,
    value_faults,
)
from sfexplorer.demo.rules.following import following_values
from sfexplorer.demo.rules.recordtypes import record_type_faults, with_record_type, without_master
from sfexplorer.demo.rules.references import duplicate_faults, reference_faults, with_parents_found
from sfexplorer.demo.rules.rollups import counted_values, roll_up_parents
from sfexplorer.demo.rules.stamps import audit_values, stamped_values
from sfexplorer.demo.storage import Stored
from sfexplorer.demo.streaming.platformevents import is_platform_event, publish
from sfexplorer.demo.streaming.topicrules import own_faults
from sfexplorer.demo.users import other_user


def _nowhere(name: str) -> str:
    return "[line:1, column:1]"


@dataclass(frozen=True, slots=True)
class Change:
    """What a client wants written, by whom, and where in the body each field stands.

    `duplicates_allowed` is what the client says in `Sforce-Duplicate-Rule-Header`.
    """

    fields: Mapping[str, Any]
    user_id: str
    place: Place = _nowhere
    duplicates_allowed: bool = False


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
    values = with_record_type(store, type, without_master(values))
    if type.field("OwnerId") is not None and values.get("OwnerId") is None:
        values["OwnerId"] = change.user_id
    values |= following_values(store, type, values, None)
    _check(org, type, values, None, change)
    if is_platform_event(type):
        return publish(store, type, values, change.user_id)
    with store.transaction():
        new = {**values, **audit_values(type, change.user_id, None)}
        made = create_version(store, new) if type.name == VERSION else store.create(type, new)
        _settle(org, type, made, None, change.user_id)
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
    values = without_master(stored_values(type, fields, change.place))
    values |= following_values(org.store, type, values, row)
    _check(org, type, values, row, change)
    with org.store.transaction():
        org.store.update(type, record_id, {**values, **audit_values(type, change.user_id, row)})
        if type.name == VERSION:
            refresh_version(org.store, record_id)
        _settle(org, type, record_id, row, change.user_id)
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
    with org.store.transaction():
        delete_with_children(org.store, type, row, user_id)


def undelete_record(org: Org, text: str, user_id: str) -> None:
    """Take a record out of the recycle bin, with the records that went there with it.

    Raises:
        Refusal: When it is not there.
    """
    record_id = canonical(text) or ""
    found = org.schema.of_id(record_id)
    row = org.store.read(found, record_id) if found is not None else None
    if found is None or row is None or not row.get("IsDeleted"):
        raise refusal(404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [])
    with org.store.transaction():
        faults = list(duplicate_faults(org.store, found, row, record_id))
        if faults:
            raise Refusal(400, faults)
        restore_with_children(org.store, found, row, user_id)


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
    org: Org,
    type: SObjectType,
    values: Mapping[str, Stored],
    before: Mapping[str, Stored] | None,
    change: Change,
) -> None:
    """Hold what is to be written against the rules that need no more than it and what is there already."""
    store = org.store
    faults = [
        *required_faults(type, values, creating=before is None),
        *value_faults(type, values),
        *reference_faults(store, type, values),
        *record_type_faults(store, type, values),
        *own_faults(store, type, values, before),
    ]
    faults = faults or list(duplicate_faults(store, type, values, str(before["Id"]) if before else None))
    allowed = change.duplicates_allowed
    faults = faults or list(similar_record_faults(store, type, values, before, allowed=allowed))
    if faults:
        raise Refusal(400, faults)


def _settle(
    org: Org, type: SObjectType, record_id: str, before: Mapping[str, Stored] | None, user_id: str
) -> None:
    """Let all that follows from a write happen, and ask the validation rules."""
    store = org.store
    after = store.read(type, record_id) or {}
    own = stamped_values(type, before, after) | counted_values(store, type, record_id)
    changed = {name: value for name, value in own.items() if after.get(name) != value}
    if changed:
        store.update(type, record_id, changed)
    roll_up_parents(store, type, (before, after), user_id)
    if type.rules and (faults := list(rule_faults(store, org.context(deleted=True), type, record_id))):
        raise Refusal(400, faults)
