"""Reads the schema: folders of JSON files, one sObject a file, as `schema/README.md` describes them.

A later folder's file takes the place of an earlier one's of the same name, or with `extends` adds to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from sfexplorer.demo.fieldtypes import (
    ChildRelationship,
    DuplicateRule,
    FieldType,
    RecordTypeChoice,
    SObjectType,
    ValidationRule,
)
from sfexplorer.demo.ids import base62
from sfexplorer.demo.schemaentries import CommonEntry, FieldEntry, ObjectEntry, decoded
from sfexplorer.demo.schemafields import Common, FieldError, fields_of
from sfexplorer.demo.typerules import object_flags

COMMON = "common.json"
_SYSTEM_FIELDS = ("Id", "OwnerId", "IsDeleted")
# Platform events are said and never kept.
_EVENT_FIELDS = ("Id", "ReplayId", "CreatedDate", "CreatedById", "EventUuid")
_EVENT_FLAGS = (
    "-deletable -layoutable -mruEnabled -queryable -replicateable -retrieveable -searchable -triggerable "
    "-undeletable -updateable"
)
_AUDIT_FIELDS = ("CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")


@dataclass(slots=True)
class Draft:
    """An sObject while its files are read: what the last one says, and the file that each field is from."""

    file: str
    entry: ObjectEntry
    fields: dict[str, tuple[str, FieldType]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """Which file an sObject, or a field of it, was read from."""

    drafts: dict[str, Draft]

    def of(self, object_name: str, field_name: str = "") -> str:
        """The file's name."""
        draft = self.drafts[object_name.lower()]
        return draft.fields[field_name.lower()][0] if field_name.lower() in draft.fields else draft.file


def read_objects(*folders: Path) -> tuple[tuple[SObjectType, ...], Sources]:
    """Every sObject of some folders, by name, and where each was read.

    Raises:
        ValueError: When a file doesn't fit; the text names file and key.
    """
    shared = CommonEntry()
    drafts: dict[str, Draft] = {}
    for folder in folders:
        if (folder / COMMON).exists():
            shared = _merged(shared, decoded(folder / COMMON, CommonEntry))
        common = _common(shared)
        entries = [
            (path.name, decoded(path, ObjectEntry))
            for path in sorted(folder.glob("*.json"))
            if path.name != COMMON
        ]
        # What adds to an sObject may stand before it in the alphabet.
        for file, entry in sorted(entries, key=lambda each: each[1].extends is not None):
            _take(drafts, file, entry, common)
    _give_prefixes(drafts)
    return _related([_object(drafts[name]) for name in sorted(drafts)]), Sources(drafts)


def _merged(first: CommonEntry, second: CommonEntry) -> CommonEntry:
    return CommonEntry(
        fields=[*first.fields, *second.fields],
        address=second.address or first.address,
        picklists=first.picklists | second.picklists,
    )


def _common(entry: CommonEntry) -> Common:
    try:
        return Common(entry)
    except ValueError as error:
        raise ValueError(f"{COMMON}: {error}") from None


def _take(drafts: dict[str, Draft], file: str, entry: ObjectEntry, common: Common) -> None:
    """Let one file define an sObject or add to one."""
    if entry.extends is None:
        if not entry.name:
            raise ValueError(f"{file}: name or extends must say which sObject this is")
        draft = drafts[entry.name.lower()] = Draft(file, entry)
    else:
        if entry.extends.lower() not in drafts:
            raise ValueError(f"{file}: extends: there is no sObject {entry.extends}")
        draft = drafts[entry.extends.lower()]
        draft.entry.rules += entry.rules
        draft.entry.duplicate_rules += entry.duplicate_rules
        draft.entry.record_types += entry.record_types
    label = draft.entry.label or re.sub("__[ce]$", "", draft.entry.name).rpartition("__")[2].replace("_", " ")
    draft.entry.label, draft.entry.label_plural = label, draft.entry.label_plural or f"{label}s"
    for each in entry.fields if entry.extends else _completed(entry):
        try:
            draft.fields |= {one.name.lower(): (file, one) for one in fields_of(each, label, common)}
        except FieldError as error:
            raise ValueError(f"{file}: {error.name}: {error}") from None


def _completed(entry: ObjectEntry) -> list[str | FieldEntry]:
    """The fields of a new sObject; one that leaves out its Id gets all that goes without saying."""
    if "Id" in entry.fields:
        return entry.fields
    if entry.name.endswith("__e"):
        return [*_EVENT_FIELDS, *entry.fields]
    own = [each for each in entry.fields if isinstance(each, FieldEntry)]
    named = any("nameField" in each.flags.split() or each.name == "Name" for each in own)
    detail = any("cascadeDelete" in each.flags.split() for each in own)
    name = FieldEntry(name="Name", label=f"{entry.label} Name".strip(), type="string(80)", flags="nameField")
    system = [each for each in _SYSTEM_FIELDS if each != "OwnerId" or not detail]
    return [*system, *([] if named else [name]), *_AUDIT_FIELDS, *entry.fields]


def _give_prefixes(drafts: dict[str, Draft]) -> None:
    """Give each custom sObject a key prefix that no other has."""
    taken: dict[str, str] = {}
    for draft in drafts.values():
        prefix = draft.entry.key_prefix
        if prefix is not None and (other := taken.setdefault(prefix, draft.entry.name)) != draft.entry.name:
            raise ValueError(f"{draft.file}: keyPrefix: {prefix} is that of {other}")
    for suffix, letter in (("__c", "a"), ("__e", "e")):
        free = (f"{letter}{base62(number, 2)}" for number in range(62 * 62))
        for draft in drafts.values():
            if draft.entry.key_prefix is None and draft.entry.name.endswith(suffix):
                draft.entry.key_prefix = next(each for each in free if each not in taken)


def _object(draft: Draft) -> SObjectType:
    entry = draft.entry
    try:
        flags = object_flags(f"{_EVENT_FLAGS if entry.name.endswith('__e') else ''} {entry.flags}")
    except ValueError as error:
        raise ValueError(f"{draft.file}: flags: {error}") from None
    return SObjectType(
        name=entry.name,
        label=entry.label,
        label_plural=entry.label_plural,
        key_prefix=entry.key_prefix,
        flags=MappingProxyType(flags),
        fields=tuple(each for _, each in draft.fields.values()),
        rules=tuple(
            ValidationRule(each.name, each.when, each.message, each.field)
            for each in entry.rules
            if each.active
        ),
        duplicate_rules=tuple(
            DuplicateRule(each.name, tuple(each.match), each.message, each.allow_save)
            for each in entry.duplicate_rules
        ),
        record_types=tuple(
            RecordTypeChoice(
                each.name,
                each.developer_name,
                each.description,
                each.default,
                MappingProxyType(each.defaults),
            )
            for each in entry.record_types
        ),
        by_name=MappingProxyType({name: each for name, (_, each) in draft.fields.items()}),
    )


def _related(objects: list[SObjectType]) -> tuple[SObjectType, ...]:
    """The sObjects with the relationships that lead to them from others' references."""
    children: dict[str, list[ChildRelationship]] = {}
    for child in objects:
        for each in child.fields:
            for target in each.reference_to:
                relation = ChildRelationship(
                    child.name, each.name, each.children[target], each.cascade_delete, each.restricted_delete
                )
                children.setdefault(target, []).append(relation)
    return tuple(replace(each, children=tuple(children.get(each.name, ()))) for each in objects)
