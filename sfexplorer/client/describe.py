"""What an org says about its objects: the global describe and the describe of one object.

Attributes are Salesforce's own names in snake case (WIRE rest.md, section 2). Unknown ones are ignored and
missing ones have Salesforce's usual default, so that old and new API versions both fit.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec


class SObjectInfo(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One object of the global describe."""

    name: str
    label: str = ""
    label_plural: str = ""
    key_prefix: str | None = None
    custom: bool = False
    custom_setting: bool = False
    queryable: bool = False
    createable: bool = False
    updateable: bool = False
    deletable: bool = False
    searchable: bool = False
    retrieveable: bool = False
    undeletable: bool = False
    layoutable: bool = False
    triggerable: bool = False
    replicateable: bool = False
    feed_enabled: bool = False
    mru_enabled: bool = False
    deprecated_and_hidden: bool = False


class PicklistValue(msgspec.Struct, frozen=True, rename="camel", kw_only=True, gc=False):
    """One choice of a picklist."""

    value: str
    label: str | None = None
    active: bool = True
    default_value: bool = False
    valid_for: str | None = None


class FieldDescribe(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One field of an object; `type` is Salesforce's word (`string`, `picklist`, `reference` ...)."""

    name: str
    type: str
    label: str = ""
    length: int = 0
    precision: int = 0
    scale: int = 0
    digits: int = 0
    nillable: bool = True
    createable: bool = False
    updateable: bool = False
    defaulted_on_create: bool = False
    calculated: bool = False
    auto_number: bool = False
    custom: bool = False
    case_sensitive: bool = False
    encrypted: bool = False
    external_id: bool = False
    id_lookup: bool = False
    unique: bool = False
    filterable: bool = True
    sortable: bool = True
    groupable: bool = False
    aggregatable: bool = False
    permissionable: bool = False
    deprecated_and_hidden: bool = False
    picklist_values: tuple[PicklistValue, ...] = ()
    restricted_picklist: bool = False
    dependent_picklist: bool = False
    controller_name: str | None = None
    reference_to: tuple[str, ...] = ()
    relationship_name: str | None = None
    relationship_order: int | None = None
    polymorphic_foreign_key: bool = False
    name_field: bool = False
    name_pointing: bool = False
    compound_field_name: str | None = None
    extra_type_info: str | None = None
    html_formatted: bool = False
    default_value: Any = None
    default_value_formula: str | None = None
    inline_help_text: str | None = None
    calculated_formula: str | None = None
    soap_type: str = ""


class ChildRelationship(msgspec.Struct, frozen=True, rename="camel", kw_only=True, gc=False):
    """An object that points here; `relationship_name` is None where it can't be used in a sub-select."""

    child_sobject: str = msgspec.field(name="childSObject")
    field: str
    relationship_name: str | None = None
    cascade_delete: bool = False
    restricted_delete: bool = False
    deprecated_and_hidden: bool = False


class RecordTypeInfo(msgspec.Struct, frozen=True, rename="camel", kw_only=True, gc=False):
    """A record type that the user may see."""

    name: str
    record_type_id: str | None = None
    developer_name: str | None = None
    active: bool = True
    available: bool = True
    default_record_type_mapping: bool = False
    master: bool = False


class SObjectDescribe(SObjectInfo, frozen=True, rename="camel", kw_only=True, dict=True):
    """All about one object: its fields in the org's order, and what points to it.

    `urls` are the paths of its resources by their names, as the org writes them.
    """

    fields: tuple[FieldDescribe, ...] = ()
    child_relationships: tuple[ChildRelationship, ...] = ()
    record_type_infos: tuple[RecordTypeInfo, ...] = ()
    urls: dict[str, str] = {}

    def field(self, name: str) -> FieldDescribe | None:
        """The field of that API name, in any case; None if there is none."""
        return self._fields_by_name.get(name.lower())

    @property
    def name_field(self) -> FieldDescribe | None:
        """The field that names a record (`Name`, `CaseNumber`, `Subject`); some objects have none."""
        return next((field for field in self.fields if field.name_field), None)

    @cached_property
    def _fields_by_name(self) -> dict[str, FieldDescribe]:
        return {field.name.lower(): field for field in self.fields}
