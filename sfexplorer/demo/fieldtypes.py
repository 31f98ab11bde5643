"""What a field, a child relationship and an sObject are: the frozen facts that a describe tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NO_DEFAULTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PicklistValue:
    """One choice of a picklist."""

    value: str
    label: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class DefaultFrom:
    """A default that follows another field of the record, like an opportunity's Probability its StageName."""

    field: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Copy:
    """A value that comes from the record that a reference leads to: `PricebookEntryId.UnitPrice`."""

    reference: str
    field: str


@dataclass(frozen=True, slots=True)
class RollUp:
    """A value counted from child records: `sum(OrderItems.TotalPrice)`; `any` is whether there are some."""

    function: str
    relationship: str
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """One field of an sObject, as its describe has it, and how it is stored.

    `sql` is the expression of a computed column; `children` gives the child relationship's name for each
    sObject that a reference can point to (None where the relationship has no name). `valid_for` tells for
    each value of a dependent picklist with which values of its `controller` it goes.
    """

    name: str
    label: str
    type: str
    length: int = 0
    precision: int = 0
    scale: int = 0
    digits: int = 0
    nillable: bool = True
    createable: bool = True
    updateable: bool = True
    defaulted_on_create: bool = False
    filterable: bool = True
    sortable: bool = True
    groupable: bool = True
    aggregatable: bool = True
    permissionable: bool = True
    name_field: bool = False
    name_pointing: bool = False
    id_lookup: bool = False
    external_id: bool = False
    unique: bool = False
    case_sensitive: bool = False
    calculated: bool = False
    auto_number: bool = False
    html_formatted: bool = False
    encrypted: bool = False
    query_by_distance: bool = False
    search_prefilterable: bool = False
    cascade_delete: bool = False
    restricted_delete: bool = False
    restricted_picklist: bool = False
    write_requires_master_read: bool = False
    compound_field_name: str | None = None
    extra_type_info: str | None = None
    default_value: object = None
    default_from: DefaultFrom | None = None
    formula: str | None = None
    help_text: str | None = None
    picklist_values: tuple[PicklistValue, ...] = ()
    reference_to: tuple[str, ...] = ()
    relationship_name: str | None = None
    relationship_order: int | None = None
    children: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    controller: str | None = None
    valid_for: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    copies: tuple[Copy, ...] = ()
    stamped_by: str | None = None
    roll_up: RollUp | None = None
    mask: str | None = None
    mask_type: str | None = None
    display_format: str | None = None
    sql: str | None = None

    @property
    def custom(self) -> bool:
        """Whether someone added the field to the org."""
        return self.name.endswith(("__c", "__s"))

    @property
    def stored(self) -> bool:
        """Whether the field has a column: compound addresses and locations are made from their parts."""
        return self.type not in ("address", "location")

    @property
    def computed(self) -> bool:
        """Whether the database computes the value, so that it can't be written."""
        return self.sql is not None


@dataclass(frozen=True, slots=True)
class ChildRelationship:
    """A reference to this sObject, seen from the sObject that it points to."""

    child: str
    field: str
    name: str | None
    cascade_delete: bool
    restricted_delete: bool


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """A condition, as SOQL writes one behind WHERE, under which a record is refused."""

    name: str
    when: str
    message: str
    field: str | None


@dataclass(frozen=True, slots=True)
class DuplicateRule:
    """Fields that no two records may have alike, unless the client allows it."""

    name: str
    match: tuple[str, ...]
    message: str
    allow_save: bool


@dataclass(frozen=True, slots=True)
class RecordTypeChoice:
    """A record type that records of an sObject can have, with the defaults that go with it."""

    name: str
    developer_name: str
    description: str | None
    default: bool
    defaults: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SObjectType:
    """One sObject: its fields in describe order, the relationships to it, and what can be done with it."""

    name: str
    label: str
    label_plural: str
    key_prefix: str | None
    flags: Mapping[str, bool]
    fields: tuple[FieldType, ...]
    children: tuple[ChildRelationship, ...] = ()
    rules: tuple[ValidationRule, ...] = ()
    duplicate_rules: tuple[DuplicateRule, ...] = ()
    record_types: tuple[RecordTypeChoice, ...] = ()
    by_name: Mapping[str, FieldType] = field(repr=False, compare=False)

    @property
    def custom(self) -> bool:
        """Whether someone added the sObject to the org."""
        return self.name.endswith(("__c", "__e"))

    def field(self, name: str) -> FieldType | None:
        """The field of this name, in whatever case it is written."""
        return self.by_name.get(name.lower())

    @property
    def stored_fields(self) -> tuple[FieldType, ...]:
        """The fields that have a column of their own."""
        return tuple(each for each in self.fields if each.stored)

    @property
    def name_field(self) -> FieldType | None:
        """The field that names a record to a person, if there is one."""
        return next((each for each in self.fields if each.name_field), None)

    def parts(self, compound: str) -> tuple[FieldType, ...]:
        """The fields that make up a compound field, like the streets and cities of an address."""
        return tuple(
            each for each in self.fields if each.compound_field_name == compound and each.name != compound
        )

    def reference(self, relationship: str) -> FieldType | None:
        """The reference field behind a relationship's name: `Account` on a Contact gives `AccountId`."""
        wanted = relationship.lower()
        return next((each for each in self.fields if (each.relationship_name or "").lower() == wanted), None)

    def child(self, relationship: str) -> ChildRelationship | None:
        """The child relationship of this name: `Contacts` on an Account."""
        wanted = relationship.lower()
        return next((each for each in self.children if (each.name or "").lower() == wanted), None)
