"""The Name pseudo-object: what `What.Name` or `Owner.Type` can tell of whatever a reference points to."""

from __future__ import annotations

from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import quoted

_TEXT_FIELDS = (
    *("Alias", "Email", "FirstName", "LastName", "Name", "NameOrAlias"),
    *("Phone", "Title", "Type", "Username"),
)
_REFERENCES = ("Profile", "RecordType", "UserRole")
# Fields that have another name where they come from.
_SOURCES = {"NameOrAlias": "Name"}

NAME_FIELDS: dict[str, FieldType] = {
    "id": FieldType(name="Id", label="Name ID", type="id", length=18, nillable=False),
    "isactive": FieldType(name="IsActive", label="Active", type="boolean", nillable=False),
    **{
        f"{name}id".lower(): FieldType(
            name=f"{name}Id",
            label=f"{name} ID",
            type="reference",
            reference_to=(name,),
            relationship_name=name,
        )
        for name in _REFERENCES
    },
} | {name.lower(): FieldType(name=name, label=name, type="string", length=255) for name in _TEXT_FIELDS}


def name_reference(relationship: str) -> FieldType | None:
    """The reference of the Name object behind a relationship: `Owner.Profile.Name`."""
    return NAME_FIELDS.get(f"{relationship}id".lower())


def name_column(field: FieldType, targets: tuple[SObjectType, ...], id_sql: str) -> str:
    """The SQL of a Name field: by the id's key prefix, from the sObject that it belongs to."""
    if field.type == "id":
        return id_sql
    branches = [branch for target in targets if (branch := _branch(field, target, id_sql))]
    if not branches:
        return "NULL"
    return f"CASE substr({id_sql}, 1, 3) {' '.join(branches)} END"


def _branch(field: FieldType, target: SObjectType, id_sql: str) -> str | None:
    if not (target.key_prefix or "").isalnum():
        return None
    when = f"WHEN '{target.key_prefix}' THEN"
    if field.name == "Type":
        return f"{when} '{target.name}'"
    source = _SOURCES.get(field.name, field.name)
    found = target.name_field if source == "Name" else target.field(source)
    if found is None or not found.stored:
        return None
    return f'{when} (SELECT {quoted(found.name)} FROM {quoted(target.name)} WHERE "Id" = {id_sql})'  # noqa: S608
