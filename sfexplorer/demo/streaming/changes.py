"""What a transaction has done to records: the difference between their values before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.journal import Row, Touched
from sfexplorer.demo.storage import Store

Kind = Literal["CREATE", "UPDATE", "DELETE", "UNDELETE"]
# What the org writes by itself whenever a record changes or is looked at.
SYSTEM_FIELDS = frozenset(
    {
        "CreatedById",
        "CreatedDate",
        "Id",
        "IsDeleted",
        "LastModifiedById",
        "LastModifiedDate",
        "LastReferencedDate",
        "LastViewedDate",
        "SystemModstamp",
    }
)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What became of one record.

    Attributes:
        row: its values now; those before where it is gone for good.
        changed: the fields whose values differ.
    """

    type: SObjectType
    id: str
    kind: Kind
    row: Row
    changed: frozenset[str]

    @property
    def user_id(self) -> str:
        """Who has done it, as far as the record tells."""
        return str(self.row.get("LastModifiedById") or self.row.get("CreatedById") or "")


def record_changes(store: Store, touched: Iterable[Touched]) -> Iterator[RecordChange]:
    """The changes of the records that a transaction has touched; some come out as they were."""
    for each in touched:
        before, after = each.before, store.read(each.type, each.id)
        kind = _kind(before, after)
        row = after or before
        if kind is None or row is None:
            continue
        old = before or {}
        changed = frozenset(name for name, value in row.items() if value != old.get(name))
        yield RecordChange(each.type, each.id, kind, row, changed)


def _kind(before: Row | None, after: Row | None) -> Kind | None:
    was = before is not None and not before.get("IsDeleted")
    is_ = after is not None and not after.get("IsDeleted")
    if was and is_:
        return "UPDATE" if before != after else None
    if was:
        return "DELETE"
    if is_:
        return "CREATE" if before is None else "UNDELETE"
    return None
