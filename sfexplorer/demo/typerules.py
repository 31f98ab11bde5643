"""What goes without saying about a field of each type, and about an sObject."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

_TYPE = re.compile(r"(\w+)(?:\((\d+)(?:,(\d+))?\))?")
_NOT_GROUPABLE = frozenset({"datetime", "time", "double", "currency", "percent", "multipicklist"})
# Longer text areas live outside the database's row: no filter, sort, group or aggregate may name them.
_LONGEST_PLAIN_TEXTAREA = 255
_BLOBS = frozenset({"base64"})
_UNFILTERABLE = frozenset({"encryptedstring"})
# How long a text is, and how many digits a number has, where a schema file doesn't say.
_LENGTHS = {
    "string": 255,
    "textarea": 255,
    "url": 255,
    "email": 80,
    "phone": 40,
    "encryptedstring": 175,
    "picklist": 255,
    "combobox": 255,
    "multipicklist": 4099,
}
_DIGITS = {"location": 8, "int": 9, "double": 18, "currency": 18, "percent": 18}
_OTHERS = frozenset({"boolean", "long", "date", "datetime", "time", "base64", "address", "anyType"})
_KNOWN = frozenset({"id", "reference", *_LENGTHS, *_DIGITS, *_OTHERS})
_ID_LENGTH = 18

OBJECT_FLAGS = MappingProxyType(
    {
        "activateable": False,
        "createable": True,
        "customSetting": False,
        "deepCloneable": False,
        "deletable": True,
        "deprecatedAndHidden": False,
        "feedEnabled": False,
        "hasSubtypes": False,
        "isInterface": False,
        "isSubtype": False,
        "layoutable": True,
        "mergeable": False,
        "mruEnabled": True,
        "queryable": True,
        "replicateable": True,
        "retrieveable": True,
        "searchable": True,
        "triggerable": True,
        "undeletable": True,
        "updateable": True,
    }
)
_FLAG_ATTRIBUTES = {
    "aggregatable": "aggregatable",
    "autoNumber": "auto_number",
    "calculated": "calculated",
    "cascadeDelete": "cascade_delete",
    "caseSensitive": "case_sensitive",
    "createable": "createable",
    "defaultedOnCreate": "defaulted_on_create",
    "encrypted": "encrypted",
    "externalId": "external_id",
    "filterable": "filterable",
    "groupable": "groupable",
    "htmlFormatted": "html_formatted",
    "idLookup": "id_lookup",
    "nameField": "name_field",
    "namePointing": "name_pointing",
    "nillable": "nillable",
    "permissionable": "permissionable",
    "queryByDistance": "query_by_distance",
    "restrictedDelete": "restricted_delete",
    "restrictedPicklist": "restricted_picklist",
    "searchPrefilterable": "search_prefilterable",
    "sortable": "sortable",
    "unique": "unique",
    "updateable": "updateable",
    "writeRequiresMasterRead": "write_requires_master_read",
}
_SHORTHANDS = {"required": "-nillable -permissionable", "readonly": "-createable -updateable"}


def field_defaults(written: str) -> dict[str, Any]:
    """The `FieldType` arguments that follow from a type as schema files write it: `currency(18,2)`."""
    match = _TYPE.fullmatch(written)
    if match is None or match[1] not in _KNOWN:
        raise ValueError(f"type: {written!r} is no field type")
    name, second = match[1], int(match[3] or 0)
    first = int(match[2] or 0) or _LENGTHS.get(name) or _DIGITS.get(name, 0)
    facts: dict[str, Any] = {"type": name}
    match name:
        case "int":
            facts["digits"] = first
        case "double" | "currency" | "percent":
            facts |= {"precision": first, "scale": second}
        case "id" | "reference":
            facts["length"] = _ID_LENGTH
        case "location":
            facts["scale"] = first
        case "encryptedstring":
            facts |= {"length": first, "encrypted": True}
        case "boolean":
            facts |= {"nillable": False, "default_value": False, "defaulted_on_create": True}
        case _:
            facts["length"] = first
    return facts | _clauses(name, facts.get("length", 0))


def _clauses(name: str, length: int) -> dict[str, Any]:
    """In which clauses of a query a field may stand."""
    if name in _BLOBS | _UNFILTERABLE or (name == "textarea" and length > _LONGEST_PLAIN_TEXTAREA):
        return dict.fromkeys(("filterable", "sortable", "groupable", "aggregatable"), False)
    if name in ("address", "location"):
        never = dict.fromkeys(("sortable", "groupable", "aggregatable", "createable", "updateable"), False)
        return never | {"query_by_distance": True}
    return {
        "groupable": name not in _NOT_GROUPABLE,
        "sortable": name != "multipicklist",
        "aggregatable": name not in ("boolean", "multipicklist"),
    }


def _words(flags: str) -> list[str]:
    return [word for flag in flags.split() for word in _SHORTHANDS.get(flag, flag).split()]


def flag_facts(flags: str) -> dict[str, bool]:
    """The `FieldType` arguments that a schema file's flags switch on, or off with a leading `-`."""
    facts: dict[str, bool] = {}
    for word in _words(flags):
        name = word.removeprefix("-")
        if name not in _FLAG_ATTRIBUTES:
            raise ValueError(f"flags: {name!r} is no flag of a field")
        facts[_FLAG_ATTRIBUTES[name]] = not word.startswith("-")
    return facts


def object_flags(flags: str) -> dict[str, bool]:
    """All flags of an sObject: the usual ones with those that its schema file changes."""
    result = dict(OBJECT_FLAGS)
    for word in flags.split():
        name = word.removeprefix("-")
        if name not in result:
            raise ValueError(f"{name!r} is no flag of an sObject")
        result[name] = not word.startswith("-")
    return result
