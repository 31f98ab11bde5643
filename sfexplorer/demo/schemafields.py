"""From a field as a schema file writes it to the fields that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sfexplorer.demo.fieldtypes import Copy, DefaultFrom, FieldType, PicklistValue, RollUp
from sfexplorer.demo.schemaentries import CommonEntry, FieldEntry
from sfexplorer.demo.typerules import field_defaults, flag_facts

_COPY = re.compile(r"(\w+)\.(\w+)")
_ROLL_UP = re.compile(r"(sum|count|min|max|any)\((\w+)(?:\.(\w+))?\)")
_PLAIN_NUMBER = "{00000000}"


class FieldError(ValueError):
    """A field of a schema file that means nothing; `name` says which."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


class Common:
    """What all sObjects share, made once."""

    def __init__(self, entry: CommonEntry) -> None:
        self.picklists = entry.picklists
        self.fields = {each.name: _built(each, self) for each in entry.fields}
        self.address = [_built(each, self) for each in entry.address]


def fields_of(entry: str | FieldEntry, label: str, common: Common) -> Iterator[FieldType]:
    """The fields that one entry stands for: itself, or with it the parts of an address or a location.

    Args:
        entry: the entry, or the name of one that `common.json` defines.
        label: the label of the sObject.
        common: what all sObjects share.

    Raises:
        FieldError: When the entry means nothing.
    """
    if isinstance(entry, str):
        found = common.fields.get(entry)
        if found is None:
            raise FieldError(entry, f"common.json has no field {entry}")
        yield replace(found, label=found.label.replace("{label}", label), permissionable=False)
    elif entry.address is not None:
        yield from _address(entry.address, common)
    else:
        try:
            field = _built(entry, common)
        except ValueError as error:
            raise FieldError(entry.name, str(error)) from None
        yield field
        if field.type == "location":
            yield from _location_parts(field)


def _address(prefix: str, common: Common) -> Iterator[FieldType]:
    label = f"{prefix} " if prefix else ""
    for each in common.address:
        yield replace(
            each,
            name=prefix + each.name,
            label=label + each.label,
            compound_field_name=None if each.type == "address" else f"{prefix}Address",
        )


def _location_parts(whole: FieldType) -> Iterator[FieldType]:
    """The two numbers of a geolocation: `Site__c` has `Site__Latitude__s` and `Site__Longitude__s`."""
    for part in ("Latitude", "Longitude"):
        yield FieldType(
            name=f"{whole.name.removesuffix('__c')}__{part}__s",
            label=f"{whole.label} ({part})",
            compound_field_name=whole.name,
            **field_defaults(f"double({whole.scale + 3},{whole.scale})"),
        )


def _built(entry: FieldEntry, common: Common) -> FieldType:
    targets = (entry.to,) if isinstance(entry.to, str) else tuple(entry.to)
    facts: dict[str, Any] = field_defaults(entry.type)
    facts |= {
        "name": entry.name,
        "label": entry.label or _label(entry.name),
        "reference_to": targets,
        "relationship_name": _relationship(entry) if targets else None,
        "relationship_order": entry.order,
        "children": _child_names(entry.children, targets),
        "picklist_values": _picklist(entry, common),
        "controller": entry.controller,
        "valid_for": MappingProxyType({value: tuple(names) for value, names in entry.valid_for.items()}),
        "default_from": next((DefaultFrom(*each) for each in entry.default_from.items()), None),
        "copies": tuple(_copies(entry.copies)),
        "stamped_by": entry.stamped_by,
        "roll_up": _roll_up(entry.roll_up),
        "compound_field_name": entry.compound,
        "extra_type_info": entry.extra,
        "help_text": entry.help,
        "formula": entry.formula,
        "sql": entry.sql,
    }
    return FieldType(**facts | _consequences(entry, facts["type"]) | flag_facts(entry.flags))


def _consequences(entry: FieldEntry, type: str) -> dict[str, Any]:
    """What follows for a field from what its entry says beside the type."""
    facts: dict[str, Any] = {"calculated": entry.formula is not None}
    if entry.default is not None:
        facts |= {"default_value": entry.default, "defaulted_on_create": True}
    if entry.sql is not None:
        facts |= {"createable": False, "updateable": False}
    if type == "encryptedstring":
        facts |= {"mask": entry.mask, "mask_type": entry.mask_type}
    if "autoNumber" in entry.flags.split():
        facts["display_format"] = entry.display_format or _PLAIN_NUMBER
    return facts


def _label(name: str) -> str:
    """The label that a name suggests: `acme__Gate_Code__c` is a Gate Code."""
    return name.removesuffix("__c").rpartition("__")[2].replace("_", " ")


def _relationship(entry: FieldEntry) -> str | None:
    if entry.relationship is None and entry.name.endswith("__c"):
        return f"{entry.name.removesuffix('c')}r"
    return entry.relationship


def _child_names(children: str | dict[str, str] | None, targets: tuple[str, ...]) -> Mapping[str, str | None]:
    named = dict.fromkeys(targets, children) if not isinstance(children, dict) else children
    return MappingProxyType({target: named.get(target) for target in targets})


def _picklist(entry: FieldEntry, common: Common) -> tuple[PicklistValue, ...]:
    choices = common.picklists.get(entry.values) if isinstance(entry.values, str) else entry.values
    if choices is None:
        raise ValueError(f"common.json has no picklist {entry.values}")
    pairs = [(each, each) if isinstance(each, str) else each for each in choices]
    return tuple(PicklistValue(value, label, default=value == entry.default) for value, label in pairs)


def _copies(written: str | list[str]) -> Iterator[Copy]:
    for each in [written] if isinstance(written, str) else written:
        match = _COPY.fullmatch(each)
        if match is None:
            raise ValueError(f"copies: {each!r} is not of the form ReferenceId.Field")
        yield Copy(match[1], match[2])


def _roll_up(written: str | None) -> RollUp | None:
    if written is None:
        return None
    match = _ROLL_UP.fullmatch(written)
    if match is None or (match[3] is None and match[1] in ("sum", "min", "max")):
        raise ValueError(f"rollUp: {written!r} is not of the form sum(Children.Field) or count(Children)")
    return RollUp(match[1], match[2], match[3])
