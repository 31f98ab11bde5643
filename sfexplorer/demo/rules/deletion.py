"""Deleting and restoring: what goes along, what holds a record back, what lets go of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.fieldtypes import ChildRelationship, FieldType, SObjectType
from sfexplorer.demo.rules.rollups import roll_up_parents
from sfexplorer.demo.rules.stamps import audit_values, later_than
from sfexplorer.demo.storage import Store, Stored, quoted

_MOST_NAMED = 10
Gone = tuple[SObjectType, Mapping[str, Stored]]


def delete_with_children(store: Store, type: SObjectType, row: Mapping[str, Stored], user_id: str) -> None:
    """Put a record into the recycle bin, with all that belongs to it and at the same moment.

    Raises:
        Refusal: `DELETE_FAILED` when another record needs one of them.
    """
    at = later_than(str(row.get("SystemModstamp") or ""))
    gone = list(_delete(store, type, row, user_id, at))
    for each, before in gone:
        roll_up_parents(store, each, (before,), user_id)


def restore_with_children(store: Store, type: SObjectType, row: Mapping[str, Stored], user_id: str) -> None:
    """Take a record out of the recycle bin, with what went into it at the same moment."""
    together = row.get("SystemModstamp")
    record_id = str(row["Id"])
    store.update(type, record_id, {"IsDeleted": 0, **audit_values(type, user_id, row)})
    for child, _, relation in _children(store, type):
        if relation.cascade_delete and child.field("IsDeleted") and child.field("SystemModstamp"):
            condition = f'{quoted(relation.field)} = ? AND "IsDeleted" = 1 AND "SystemModstamp" = ?'
            for each in _rows(store, child, condition, (record_id, together)):
                restore_with_children(store, child, each, user_id)
    roll_up_parents(store, type, (row,), user_id)


def _delete(
    store: Store, type: SObjectType, row: Mapping[str, Stored], user_id: str, at: str
) -> Iterator[Gone]:
    record_id = str(row["Id"])
    # Before its children, so that a schema that goes in circles comes to an end.
    if type.field("IsDeleted") is None:
        store.erase(type, record_id)
    else:
        store.update(type, record_id, {"IsDeleted": 1, **audit_values(type, user_id, row, at)})
    for child, reference, relation in _children(store, type):
        live = ' AND "IsDeleted" = 0' if child.field("IsDeleted") else ""
        rows = _rows(store, child, f"{quoted(relation.field)} = ?{live}", (record_id,))
        if rows and relation.restricted_delete:
            raise _needed(type, row, child, rows)
        for each in rows:
            if relation.cascade_delete:
                yield from _delete(store, child, each, user_id, at)
            elif reference.nillable:
                # A plain lookup doesn't hold on to what it points to: it is emptied.
                store.update(child, str(each["Id"]), {relation.field: None})
    yield type, row


def _children(store: Store, type: SObjectType) -> Iterator[tuple[SObjectType, FieldType, ChildRelationship]]:
    """The references to an sObject, those that hold a record back first."""
    for relation in sorted(type.children, key=lambda each: not each.restricted_delete):
        child = store.schema.get(relation.child)
        reference = child.field(relation.field) if child is not None else None
        if child is not None and reference is not None and not reference.computed:
            yield child, reference, relation


def _rows(
    store: Store, type: SObjectType, condition: str, parameters: tuple[Stored, ...]
) -> list[dict[str, Stored]]:
    ids = store.select(f'SELECT "Id" FROM {quoted(type.name)} WHERE {condition}', parameters)  # noqa: S608
    return [row for each in ids if (row := store.read(type, str(each[0]))) is not None]


def _needed(
    type: SObjectType, row: Mapping[str, Stored], child: SObjectType, rows: list[dict[str, Stored]]
) -> Refusal:
    names = ", ".join(_name(child, each) for each in rows[:_MOST_NAMED])
    message = (
        f"Your attempt to delete {_name(type, row)} could not be completed because it is associated with the "
        f"following {child.label_plural.lower()}.: {names}\n"
    )
    return refusal(400, "DELETE_FAILED", message, [])


def _name(type: SObjectType, row: Mapping[str, Stored]) -> str:
    """What a person calls a record, a contact with the salutation; its id where it has no name."""
    name = row.get(type.name_field.name) if type.name_field else None
    words = [row.get("Salutation") if type.field("LastName") else None, name or row["Id"]]
    return " ".join(str(each) for each in words if each)
