"""When and by whom: the audit fields of a record, and the moments at which something about it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import Stored, stamp


def audit_values(
    type: SObjectType, user_id: str, before: Mapping[str, Stored] | None, at: str | None = None
) -> dict[str, Stored]:
    """The audit fields of a record that is created (`before` is None) or changed; `at` says when."""
    now = at or later_than(str(before.get("SystemModstamp") or "") if before else "")
    stamps: dict[str, Stored] = {"LastModifiedDate": now, "SystemModstamp": now, "LastModifiedById": user_id}
    if before is None:
        stamps |= {"CreatedDate": now, "CreatedById": user_id}
    return {name: value for name, value in stamps.items() if type.field(name) is not None}


def later_than(known: str) -> str:
    """The present moment, or the next millisecond after a stamp that is not yet past."""
    now = stamp(datetime.now(UTC))
    if now > known:
        return now
    return stamp(datetime.fromisoformat(known).replace(tzinfo=UTC) + timedelta(milliseconds=1))


def stamped_values(
    type: SObjectType, before: Mapping[str, Stored] | None, after: Mapping[str, Stored]
) -> dict[str, Stored]:
    """The fields that keep the moment at which another one changed, like a case's ClosedDate."""
    found: dict[str, Stored] = {}
    for field in type.fields:
        source = type.field(field.stamped_by) if field.stamped_by else None
        if source is None:
            continue
        old, new = (before or {}).get(source.name), after.get(source.name)
        if source.type == "boolean" and not new:
            # What isn't closed any more was never closed.
            if after.get(field.name) is not None:
                found[field.name] = None
        elif (old or None) != new:
            found[field.name] = _moment(field)
    return found


def _moment(field: FieldType) -> str:
    now = later_than("")
    return now[:10] if field.type == "date" else now
