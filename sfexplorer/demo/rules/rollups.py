"""Values counted from child records: an opportunity's Amount from its products, an invoice's total."""

from __future__ import annotations

from collections.abc import Mapping

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.rules.stamps import audit_values
from sfexplorer.demo.storage import Store, Stored, quoted

# Salesforce lets roll-ups stand on roll-ups only so deep; here it ends a schema that goes in circles.
_DEEPEST = 4
_EMPTY = {"sum": 0.0, "count": 0, "any": 0}


def roll_up_parents(
    store: Store,
    type: SObjectType,
    rows: tuple[Mapping[str, Stored] | None, ...],
    user_id: str,
    depth: int = 0,
) -> None:
    """Count anew what the parents of a record count.

    Args:
        store: the records.
        type: the sObject of the record.
        rows: the record before and after; where it hung, and where it hangs.
        user_id: who changes the parents by it.
        depth: how many roll-ups led here.
    """
    if depth >= _DEEPEST:
        return
    for reference in store.schema.counted_by(type):
        for parent_id in {str(row[reference]) for row in rows if row is not None and row.get(reference)}:
            parent = store.schema.of_id(parent_id)
            if parent is not None:
                _roll_up(store, parent, parent_id, user_id, depth)


def _roll_up(store: Store, type: SObjectType, record_id: str, user_id: str, depth: int) -> None:
    before = store.read(type, record_id)
    if before is None or before.get("IsDeleted"):
        return
    changed = {
        name: value for name, value in counted_values(store, type, record_id).items() if before[name] != value
    }
    if changed:
        store.update(type, record_id, {**changed, **audit_values(type, user_id, before)})
        roll_up_parents(store, type, (before,), user_id, depth + 1)


def counted_values(store: Store, type: SObjectType, record_id: str) -> dict[str, Stored]:
    """The counted fields of a record; one that can be written keeps its own value without children."""
    found: dict[str, Stored] = {}
    for field in type.fields:
        if field.roll_up is None:
            continue
        children, value = _counted(store, type, field, record_id)
        if children or not field.createable:
            found[field.name] = value
    return found


def _counted(store: Store, type: SObjectType, field: FieldType, record_id: str) -> tuple[int, Stored]:
    """How many children there are, and what they come to."""
    roll_up = field.roll_up
    relation = type.child(roll_up.relationship) if roll_up is not None else None
    child = store.schema.get(relation.child) if relation is not None else None
    if roll_up is None or relation is None or child is None:
        return 0, None
    live = 'AND "IsDeleted" = 0' if child.field("IsDeleted") else ""
    column = quoted(roll_up.field) if roll_up.field else "*"
    function = "count" if roll_up.function == "any" else roll_up.function
    query = (
        f"SELECT count(*), {function}({column}) FROM {quoted(child.name)} "  # noqa: S608 - names of the schema
        f"WHERE {quoted(relation.field)} = ? {live}"
    )
    number, value = store.select(query, (record_id,))[0]
    count = int(str(number))
    if roll_up.function == "any":
        return count, int(count > 0)
    if value is None:
        value = _EMPTY.get(roll_up.function)
    return count, round(value, field.scale) if isinstance(value, float) else value
