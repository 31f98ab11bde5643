"""What an org says about its objects and fields, as rows of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sfexplorer.api.ui import Column, Rows
from sfexplorer.client import ChildRelationship, FieldDescribe, SObjectDescribe, SObjectInfo

OBJECT_COLUMNS = (
    Column("label", "Label", max_width=40),
    Column("name", "API name", max_width=48),
    Column("prefix", "Prefix", min_width=6),
    Column("records", "Records", align="right", min_width=9),
    Column("custom", "", min_width=6),
)

FIELD_COLUMNS = (
    Column("name", "API name", max_width=24),
    Column("label", "Label", max_width=18),
    Column("type", "Type", max_width=12),
    Column("length", "Len", align="right", min_width=4),
    Column("flags", "Flags", max_width=16),
    Column("refers", "Refers to", max_width=24),
    Column("values", "Values", max_width=60),
)


def object_rows(objects: Iterable[SObjectInfo], counts: Mapping[str, int]) -> Rows:
    """One row an object; a count that isn't known yet is blank."""
    return Rows(
        OBJECT_COLUMNS,
        [
            (
                info.label,
                info.name,
                info.key_prefix or "",
                f"{counts[info.name]:,}" if info.name in counts else "",
                "custom" if info.custom else "",
            )
            for info in objects
        ],
    )


def field_rows(describe: SObjectDescribe) -> Rows:
    """One row a field in describe order, then one a child relationship that a sub-select can name."""
    rows: list[Sequence[str]] = [_field(field) for field in describe.fields]
    rows.extend(_child(child) for child in named_children(describe))
    return Rows(FIELD_COLUMNS, rows)


def named_children(describe: SObjectDescribe) -> list[ChildRelationship]:
    """The child relationships that have a name; the others can't be queried from here."""
    return [child for child in describe.child_relationships if child.relationship_name]


def _field(field: FieldDescribe) -> Sequence[str]:
    active = [choice.label or choice.value for choice in field.picklist_values if choice.active]
    return (
        field.name,
        field.label,
        field.type,
        length(field),
        ", ".join(flags(field)),
        ", ".join(field.reference_to),
        f"{len(active)}: {', '.join(active)}" if active else "",
    )


def _child(child: ChildRelationship) -> Sequence[str]:
    name = child.relationship_name or ""
    return (name, child.child_sobject, "children", "", "", f"{child.child_sobject}.{child.field}", "")


def length(field: FieldDescribe) -> str:
    """`255` for text, `18,2` for numbers (digits in all, behind the point), empty where neither counts."""
    if field.precision:
        return f"{field.precision},{field.scale}"
    return str(field.length or field.digits or "")


def flags(field: FieldDescribe) -> list[str]:
    """What else a person should know of a field, in a word each."""
    required = field.createable and not field.nillable and not field.defaulted_on_create
    return [
        word
        for word, holds in (
            ("name", field.name_field),
            ("required", required),
            ("unique", field.unique),
            ("external id", field.external_id),
            ("formula", field.calculated),
            ("auto number", field.auto_number),
            ("restricted", field.restricted_picklist),
            ("read only", not field.createable and not field.updateable and not field.calculated),
        )
        if holds
    ]
