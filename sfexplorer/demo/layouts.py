"""How records are laid out on a page: layouts that follow from an sObject's fields, the same each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sfexplorer.demo.describes import MASTER_RECORD_TYPE, field_json
from sfexplorer.demo.fieldtypes import ChildRelationship, FieldType, SObjectType
from sfexplorer.demo.ids import to_18

RecordType = tuple[str, str, str]

_COLUMNS = 2
_MOST_COMPACT = 4
_SYSTEM = frozenset({"CreatedById", "LastModifiedById", "CreatedDate", "LastModifiedDate"})
_HIDDEN = frozenset({"Id", "IsDeleted", "SystemModstamp", "LastViewedDate", "LastReferencedDate"})
_COMPACT_TYPES = frozenset({"string", "phone", "email", "picklist", "reference", "currency", "date"})


def layout_id(object_type: SObjectType) -> str:
    """The id of the one layout that an sObject has."""
    return _made_id("00h", object_type)


def _made_id(prefix: str, object_type: SObjectType) -> str:
    # Nobody looks these up: they only have to be ids, and the same each time.
    return to_18(f"{prefix}5g00000{(object_type.key_prefix or '000').rjust(5, '0')}")


def layout(object_type: SObjectType) -> dict[str, Any]:
    """The one layout of an sObject."""
    sections = [_section(object_type, *each) for each in _sections(object_type)]
    return {
        "buttonLayoutSection": {"detailButtons": _buttons(object_type)},
        "detailLayoutSections": sections,
        "editLayoutSections": sections,
        "feedView": None,
        "highlightsPanelLayoutSection": None,
        "id": layout_id(object_type),
        "multirowEditLayoutSections": [],
        "offlineLinks": [],
        "quickActionList": {"quickActionListItems": []},
        "relatedContent": None,
        "relatedLists": [_related_list(each) for each in object_type.children if each.name],
        "saveOptions": [],
    }


def layouts(object_type: SObjectType, base: str, record_types: Sequence[RecordType]) -> dict[str, Any]:
    """All layouts of an sObject, and which record type has which: all have the same."""
    mappings = [_mapping(object_type, base, each) for each in _with_master(record_types)]
    return {
        "layouts": [layout(object_type)],
        "recordTypeMappings": mappings,
        "recordTypeSelectorRequired": [bool(record_types)],
    }


def compact_layouts(
    object_type: SObjectType, base: str, record_types: Sequence[RecordType]
) -> dict[str, Any]:
    """The short forms of an sObject's page, of which there is one."""
    made = _made_id("0AH", object_type)
    return {
        "compactLayouts": [compact_layout(object_type)],
        "defaultCompactLayoutId": made,
        "recordTypeCompactLayoutMappings": [
            {
                "available": True,
                "compactLayoutId": made,
                "compactLayoutName": "SYSTEM",
                "recordTypeId": record_type,
                "recordTypeName": name,
                "urls": {"compactLayout": f"{_describe(object_type, base)}/compactLayouts/{record_type}"},
            }
            for record_type, _, name in _with_master(record_types)
        ],
        "urls": {"primary": f"{_describe(object_type, base)}/compactLayouts/primary"},
    }


def compact_layout(object_type: SObjectType) -> dict[str, Any]:
    """The short form of an sObject's page: its name and the fields that say most."""
    shown = [each for each in _shown(object_type) if each.type in _COMPACT_TYPES and not each.name_field]
    names = [object_type.name_field] if object_type.name_field else []
    fields = [*names, *shown][:_MOST_COMPACT]
    return {
        "actions": _buttons(object_type),
        "fieldItems": [_item(each, editable=False) for each in fields],
        "id": _made_id("0AH", object_type),
        "imageItems": [],
        "label": "System Default",
        "name": "SYSTEM",
        "objectType": object_type.name,
    }


def approval_layouts() -> dict[str, Any]:
    """The layouts of approval processes, of which the org has none."""
    return {"approvalLayouts": []}


def _describe(object_type: SObjectType, base: str) -> str:
    return f"{base}/sobjects/{object_type.name}/describe"


def _with_master(record_types: Sequence[RecordType]) -> list[RecordType]:
    return [*record_types, (MASTER_RECORD_TYPE, "Master", "Master")]


def _mapping(object_type: SObjectType, base: str, record_type: RecordType) -> dict[str, Any]:
    record_type_id, developer_name, name = record_type
    return {
        "active": True,
        "available": True,
        "defaultRecordTypeMapping": record_type_id == MASTER_RECORD_TYPE,
        "developerName": developer_name,
        "layoutId": layout_id(object_type),
        "master": record_type_id == MASTER_RECORD_TYPE,
        "name": name,
        "picklistsForRecordType": None,
        "recordTypeId": record_type_id,
        "urls": {"layout": f"{_describe(object_type, base)}/layouts/{record_type_id}"},
    }


def _shown(object_type: SObjectType) -> list[FieldType]:
    """The fields that stand for themselves on a page; the parts of an address don't."""
    return [
        each
        for each in object_type.fields
        if each.name not in _HIDDEN
        and each.name not in _SYSTEM
        and each.type not in ("address", "location", "base64")
        and each.compound_field_name in (None, each.name)
    ]


def _sections(object_type: SObjectType) -> list[tuple[str, list[FieldType]]]:
    addresses = [each for each in object_type.fields if each.type in ("address", "location")]
    system = [each for each in object_type.fields if each.name in _SYSTEM]
    found = [
        (f"{object_type.label} Information", _shown(object_type)),
        ("Address Information", addresses),
        ("System Information", system),
    ]
    return [each for each in found if each[1]]


def _section(object_type: SObjectType, heading: str, fields: Sequence[FieldType]) -> dict[str, Any]:
    items = [_item(each, editable=each.updateable) for each in fields]
    rows = [items[start : start + _COLUMNS] for start in range(0, len(items), _COLUMNS)]
    return {
        "columns": _COLUMNS,
        "heading": heading,
        "layoutRows": [{"layoutItems": row, "numItems": len(row)} for row in rows],
        "parentLayoutId": layout_id(object_type),
        "rows": len(rows),
        "tabOrder": "LeftToRight",
        "useCollapsibleSection": False,
        "useHeading": True,
    }


def _item(field: FieldType, *, editable: bool) -> dict[str, Any]:
    component = {
        "components": [],
        "details": field_json(field),
        "displayLines": 1,
        "tabOrder": 1,
        "type": "Field",
        "value": field.name,
    }
    return {
        "editableForNew": editable and field.createable,
        "editableForUpdate": editable,
        "label": field.label,
        "layoutComponents": [component],
        "placeholder": False,
        "required": editable and not field.nillable,
    }


def _buttons(object_type: SObjectType) -> list[dict[str, Any]]:
    names: Iterable[tuple[str, str]] = (("updateable", "Edit"), ("deletable", "Delete"))
    return [{"custom": False, "label": name, "name": name} for flag, name in names if object_type.flags[flag]]


def _related_list(child: ChildRelationship) -> dict[str, Any]:
    return {
        "columns": [],
        "custom": (child.name or "").endswith("__r"),
        "field": child.field,
        "label": child.name,
        "limitRows": 5,
        "name": child.name,
        "sobject": child.child,
        "sort": [],
    }
