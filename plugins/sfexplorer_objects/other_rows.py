"""What else an object has, as rows of a grid: child relationships, record types, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sfexplorer.api.ui import Column
from sfexplorer.client import ChildRelationship, RecordTypeInfo, SObjectDescribe

_CHILDREN = (
    Column("name", "Relationship", max_width=32),
    Column("object", "Object", max_width=32, link=True),
    Column("field", "By its field", max_width=32),
    Column("deletion", "On delete", max_width=24),
)
_RECORD_TYPES = (
    Column("name", "Record type", max_width=32),
    Column("developer_name", "Developer name", max_width=32),
    Column("id", "Id", fixed=True),
    Column("state", "State", max_width=32),
)
_ADDRESSES = (Column("name", "What", max_width=24), Column("url", "URL", max_width=120))


@dataclass(frozen=True, slots=True)
class KeyedRows:
    """Rows in memory, each known by its first cells.

    Attributes:
        columns: The columns.
        rows: The texts of each row.
    """

    columns: Sequence[Column]
    rows: Sequence[tuple[str, ...]] = ()

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a row."""
        return self.rows[row]

    def row_key(self, row: int) -> tuple[str, ...]:
        """What tells the row from others."""
        return self.rows[row][:3]


def child_rows(describe: SObjectDescribe) -> KeyedRows:
    """One row a child relationship, first those that a sub-select can name."""
    children = sorted(describe.child_relationships, key=lambda child: child.relationship_name is None)
    return KeyedRows(_CHILDREN, [_child(child) for child in children])


def _child(child: ChildRelationship) -> tuple[str, ...]:
    deletion = (
        ("deletes them too", child.cascade_delete),
        ("refused while there are", child.restricted_delete),
    )
    return (
        child.relationship_name or "",
        child.child_sobject,
        child.field,
        ", ".join(word for word, holds in deletion if holds),
    )


def record_type_rows(describe: SObjectDescribe) -> KeyedRows:
    """One row a record type."""
    return KeyedRows(_RECORD_TYPES, [_record_type(each) for each in describe.record_type_infos])


def _record_type(info: RecordTypeInfo) -> tuple[str, ...]:
    state = (
        ("inactive", not info.active),
        ("not for you", not info.available),
        ("your default", info.default_record_type_mapping),
        ("master", info.master),
    )
    words = ", ".join(word for word, holds in state if holds)
    return info.name, info.developer_name or "", info.record_type_id or "", words


def address_rows(describe: SObjectDescribe, origin: str) -> KeyedRows:
    """Where the object is in the browser, and in the API."""
    name = describe.name
    in_browser = (
        ("Records", f"{origin}/lightning/o/{name}/list"),
        ("New record", f"{origin}/lightning/o/{name}/new"),
        ("Set-up", f"{origin}/lightning/setup/ObjectManager/{name}/Details/view"),
        ("Fields in set-up", f"{origin}/lightning/setup/ObjectManager/{name}/FieldsAndRelationships/view"),
    )
    in_api = tuple((f"API: {what}", f"{origin}{path}") for what, path in describe.urls.items())
    return KeyedRows(_ADDRESSES, [*in_browser, *in_api])
