"""Reads the schema's JSON files: one sObject a file, with everything left out that goes without saying.

    {"name": "Contact", "label": "Contact", "labelPlural": "Contacts", "keyPrefix": "003",
     "flags": "mergeable -undeletable",                 what differs from `OBJECT_FLAGS`
     "fields": [
       "Id", "CreatedDate",                             a field that `common.json` defines for all
       {"address": "Mailing"},                          the nine fields of an address; "" has no prefix
       {"name": "Email", "label": "Email", "type": "email(80)", "flags": "idLookup"},
       {"name": "AccountId", "label": "Account ID", "type": "reference", "to": "Account",
        "relationship": "Account", "children": "Contacts"},
       {"name": "LeadSource", "label": "Lead Source", "type": "picklist", "values": "LeadSource"}]}

`type` carries a length (`string(80)`), precision and scale (`currency(18,2)`) or digits (`int(8)`). `flags`
are the describe's own words, a leading `-` switching one off, and `required` for `-nillable`, `readonly`
for `-createable -updateable`. `to` and `values` are one name or a list; a single name in `values` is a list
of `common.json`, and a value whose label differs is `[value, label]`. `children` is the name of the child
relationship, or one for each sObject pointed to. `sql` is what SQLite computes the column from, `formula`
what the describe shows for it; `defaultFrom` gives the default that goes with a value of another field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec

from sfexplorer.demo.fieldtypes import ChildRelationship, DefaultFrom, FieldType, PicklistValue, SObjectType
from sfexplorer.demo.typerules import apply_flags, field_defaults, object_flags

COMMON = "common.json"

Choice = str | tuple[str, str]
Entry = TypeVar("Entry")


class FieldEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One field as a schema file writes it."""

    name: str = ""
    label: str = ""
    type: str = "string(255)"
    flags: str = ""
    address: str | None = None
    to: str | list[str] = []
    relationship: str | None = None
    children: str | dict[str, str] | None = None
    values: str | list[Choice] = []
    default: str | bool | int | float | None = None
    default_from: dict[str, dict[str, str | bool | int | float]] = {}
    compound: str | None = None
    extra: str | None = None
    help: str | None = None
    formula: str | None = None
    sql: str | None = None


class ObjectEntry(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """One sObject as a schema file writes it."""

    name: str
    label: str
    label_plural: str
    fields: list[str | FieldEntry]
    key_prefix: str | None = None
    flags: str = ""


class CommonEntry(msgspec.Struct, forbid_unknown_fields=True):
    """What `common.json` defines for all sObjects."""

    fields: list[FieldEntry] = []
    address: list[FieldEntry] = []
    picklists: dict[str, list[Choice]] = {}


def read_objects(*folders: Path) -> tuple[SObjectType, ...]:
    """Every sObject of some folders, by name; a later folder's file takes the place of an earlier one's."""
    common = CommonEntry()
    entries: dict[str, ObjectEntry] = {}
    for folder in folders:
        if (folder / COMMON).exists():
            common = _merged(common, _decode(folder / COMMON, CommonEntry))
        for path in sorted(folder.glob("*.json")):
            if path.name != COMMON:
                entry = _decode(path, ObjectEntry)
                entries[entry.name.lower()] = entry
    objects = tuple(_object(entries[name], common) for name in sorted(entries))
    _check_references(objects)
    return tuple(replace(each, children=tuple(_children_of(each, objects))) for each in objects)


def _decode(path: Path, kind: type[Entry]) -> Entry:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        raise ValueError(f"{path.name} is no schema file: {error}") from error


def _merged(first: CommonEntry, second: CommonEntry) -> CommonEntry:
    return CommonEntry(
        fields=[*first.fields, *second.fields],
        address=second.address or first.address,
        picklists=first.picklists | second.picklists,
    )


def _object(entry: ObjectEntry, common: CommonEntry) -> SObjectType:
    fields = tuple(_fields(entry, common))
    return SObjectType(
        name=entry.name,
        label=entry.label,
        label_plural=entry.label_plural,
        key_prefix=entry.key_prefix,
        flags=MappingProxyType(object_flags(entry.flags)),
        fields=fields,
        by_name=MappingProxyType({each.name.lower(): each for each in fields}),
    )


def _fields(entry: ObjectEntry, common: CommonEntry) -> Iterator[FieldType]:
    shared = {each.name: each for each in common.fields}
    for each in entry.fields:
        if isinstance(each, str):
            if each not in shared:
                raise ValueError(f"{entry.name}: common.json has no field {each}")
            found = _field(shared[each], common)
            yield replace(found, label=found.label.replace("{label}", entry.label), permissionable=False)
        elif each.address is not None:
            yield from _address(each, common)
        else:
            yield _field(each, common)


def _address(entry: FieldEntry, common: CommonEntry) -> Iterator[FieldType]:
    prefix = entry.address or ""
    label = f"{prefix} " if prefix else ""
    for each in common.address:
        found = _field(each, common)
        yield replace(
            found,
            name=prefix + found.name,
            label=label + found.label,
            compound_field_name=None if found.type == "address" else f"{prefix}Address",
        )


def _field(entry: FieldEntry, common: CommonEntry) -> FieldType:
    targets = (entry.to,) if isinstance(entry.to, str) else tuple(entry.to)
    default_from = next(iter(entry.default_from.items()), None)
    plain = FieldType(
        name=entry.name,
        label=entry.label,
        **field_defaults(entry.type),
        reference_to=targets,
        relationship_name=entry.relationship,
        children=_child_names(entry.children, targets),
        picklist_values=_picklist(entry, common),
        default_from=DefaultFrom(*default_from) if default_from else None,
        compound_field_name=entry.compound,
        extra_type_info=entry.extra,
        help_text=entry.help,
        formula=entry.formula,
        sql=entry.sql,
    )
    if entry.default is not None:
        plain = replace(plain, default_value=entry.default, defaulted_on_create=True)
    if entry.sql is not None:
        plain = replace(plain, createable=False, updateable=False)
    return apply_flags(plain, entry.flags)


def _child_names(children: str | dict[str, str] | None, targets: tuple[str, ...]) -> Mapping[str, str | None]:
    named = dict.fromkeys(targets, children) if not isinstance(children, dict) else children
    return MappingProxyType({target: named.get(target) for target in targets})


def _picklist(entry: FieldEntry, common: CommonEntry) -> tuple[PicklistValue, ...]:
    choices = common.picklists[entry.values] if isinstance(entry.values, str) else entry.values
    pairs = [(each, each) if isinstance(each, str) else each for each in choices]
    return tuple(PicklistValue(value, label, default=value == entry.default) for value, label in pairs)


def _check_references(objects: tuple[SObjectType, ...]) -> None:
    known = {each.name for each in objects}
    for each in objects:
        for field in each.fields:
            for target in field.reference_to:
                if target not in known:
                    raise ValueError(f"{each.name}.{field.name} points to {target}, which has no file")


def _children_of(parent: SObjectType, objects: tuple[SObjectType, ...]) -> Iterator[ChildRelationship]:
    for child in objects:
        for field in child.fields:
            if parent.name in field.reference_to:
                name = field.children[parent.name]
                yield ChildRelationship(
                    child.name, field.name, name, field.cascade_delete, field.restricted_delete
                )
