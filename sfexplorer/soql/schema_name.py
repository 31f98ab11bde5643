"""The Name object, which stands behind references that may point to several objects.

Paths such as `What.Name` and `Owner.Email` have its fields, whatever the record is. It is part of the
language and not of the org, so it needs no describe.
"""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.soql.schema import ChildDescription, FieldDescription, PicklistChoice


@dataclass(frozen=True, slots=True)
class NameField:
    """A field of the Name object."""

    name: str
    label: str
    type: str = "string"
    reference_to: tuple[str, ...] = ()
    relationship_name: str | None = None
    filterable: bool = True
    sortable: bool = True
    groupable: bool = True
    aggregatable: bool = True
    restricted_picklist: bool = False
    name_pointing: bool = False
    picklist_values: tuple[PicklistChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class NameObject:
    """The Name object."""

    name: str
    label: str
    fields: tuple[FieldDescription, ...]
    child_relationships: tuple[ChildDescription, ...] = ()


NAME = NameObject(
    "Name",
    "Name",
    (
        NameField("Id", "Name ID", "id"),
        NameField("Name", "Full Name"),
        NameField("LastName", "Last Name"),
        NameField("FirstName", "First Name"),
        NameField("Type", "Type"),
        NameField("Alias", "Alias"),
        NameField("UserRoleId", "Role ID", "reference", ("UserRole",), "UserRole"),
        NameField("RecordTypeId", "Record Type ID", "reference", ("RecordType",), "RecordType"),
        NameField("IsActive", "Active", "boolean"),
        NameField("ProfileId", "Profile ID", "reference", ("Profile",), "Profile"),
        NameField("Title", "Title"),
        NameField("Email", "Email", "email"),
        NameField("Phone", "Phone", "phone"),
        NameField("NameOrAlias", "Name Or Alias"),
        NameField("Username", "Username"),
    ),
)
