"""The JSON that the REST API tells of an sObject, with every key of the real one (rest.md section 2)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from sfexplorer.demo.fieldtypes import ChildRelationship, FieldType, SObjectType

DEFAULT_VERSION = "60.0"
MASTER_RECORD_TYPE = "012000000000000AAA"
_SOAP_TYPES = {
    "id": "tns:ID",
    "reference": "tns:ID",
    "boolean": "xsd:boolean",
    "int": "xsd:int",
    "long": "xsd:long",
    "double": "xsd:double",
    "currency": "xsd:double",
    "percent": "xsd:double",
    "date": "xsd:date",
    "datetime": "xsd:dateTime",
    "time": "xsd:time",
    "base64": "xsd:base64Binary",
    "address": "urn:address",
    "location": "urn:location",
    "anyType": "xsd:anyType",
}
_BYTES_PER_CHARACTER = 3
# The versions that brought compound fields, and the resources about an sObject's pages.
_COMPOUNDS_SINCE = {"location": 26, "address": 30}
_LAYOUT_URLS = {
    "approvalLayouts": ("describe/approvalLayouts", 30),
    "compactLayouts": ("describe/compactLayouts", 29),
    "layouts": ("describe/layouts", 20),
    "quickActions": ("quickActions", 28),
}


def item(object_type: SObjectType, version: str = DEFAULT_VERSION) -> dict[str, Any]:
    """One sObject as the global describe lists it."""
    return {
        **object_type.flags,
        "associateEntityType": None,
        "associateParentEntity": None,
        "custom": object_type.custom,
        "keyPrefix": object_type.key_prefix,
        "label": object_type.label,
        "labelPlural": object_type.label_plural,
        "name": object_type.name,
        "urls": _urls(object_type, version),
    }


def describe(
    object_type: SObjectType,
    version: str = DEFAULT_VERSION,
    record_types: Sequence[tuple[str, str, str]] = (),
) -> dict[str, Any]:
    """The full describe of an sObject.

    Args:
        object_type: the sObject.
        version: the API version that its URLs name.
        record_types: id, developer name and label of its record types besides the master.
    """
    layoutable = object_type.flags["layoutable"]
    return {
        **item(object_type, version),
        "actionOverrides": [],
        "childRelationships": [_child(each) for each in object_type.children],
        "compactLayoutable": layoutable,
        "defaultImplementation": None,
        "extendedBy": None,
        "extendsInterfaces": None,
        "fields": [
            field_json(each, _controlling(object_type, each)) for each in fields_of(object_type, version)
        ],
        "implementedBy": None,
        "implementsInterfaces": None,
        "listviewable": None,
        "lookupLayoutable": None,
        "namedLayoutInfos": [],
        "networkScopeFieldName": None,
        "recordTypeInfos": _record_types(object_type, version, record_types),
        "searchLayoutable": layoutable and object_type.flags["searchable"],
        "sobjectDescribeOption": "FULL",
        "supportedScopes": _scopes(object_type),
    }


def _urls(object_type: SObjectType, version: str) -> dict[str, str]:
    root = f"/services/data/v{version.removeprefix('v')}/sobjects/{object_type.name}"
    urls = {"sobject": root, "describe": f"{root}/describe", "rowTemplate": f"{root}/{{ID}}"}
    if object_type.flags["layoutable"]:
        known = _number(version)
        urls |= {name: f"{root}/{path}" for name, (path, since) in _LAYOUT_URLS.items() if since <= known}
    return urls


def _number(version: str) -> float:
    return float(version.removeprefix("v"))


def fields_of(object_type: SObjectType, version: str) -> tuple[FieldType, ...]:
    """The fields that an sObject has in a version of the API."""
    known = _number(version)
    return tuple(each for each in object_type.fields if _COMPOUNDS_SINCE.get(each.type, 0) <= known)


def _child(child: ChildRelationship) -> dict[str, Any]:
    return {
        "cascadeDelete": child.cascade_delete,
        "childSObject": child.child,
        "deprecatedAndHidden": False,
        "field": child.field,
        "junctionIdListNames": [],
        "junctionReferenceTo": [],
        "relationshipName": child.name,
        "restrictedDelete": child.restricted_delete,
    }


def _record_types(
    object_type: SObjectType, version: str, others: Sequence[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    if not object_type.flags["layoutable"]:
        return []
    layouts = f"{_urls(object_type, version)['sobject']}/describe/layouts"
    rows = [*others, (MASTER_RECORD_TYPE, "Master", "Master")]
    return [
        {
            "active": True,
            "available": True,
            "defaultRecordTypeMapping": number == 0,
            "developerName": developer_name,
            "master": record_type == MASTER_RECORD_TYPE,
            "name": name,
            "recordTypeId": record_type,
            "urls": {"layout": f"{layouts}/{record_type}"},
        }
        for number, (record_type, developer_name, name) in enumerate(rows)
    ]


def _scopes(object_type: SObjectType) -> list[dict[str, str]]:
    scopes = [{"label": f"All {object_type.label_plural.lower()}", "name": "everything"}]
    if object_type.field("OwnerId") is not None:
        scopes.append({"label": f"My {object_type.label_plural.lower()}", "name": "mine"})
    return scopes


def _controlling(object_type: SObjectType, field: FieldType) -> Sequence[str]:
    """The values of the picklist that a dependent one follows, in the order that its bitmaps count."""
    controller = object_type.field(field.controller) if field.controller else None
    return [each.value for each in controller.picklist_values] if controller is not None else ()


def field_json(field: FieldType, controlling: Sequence[str] = ()) -> dict[str, Any]:
    """One field of a describe; `controlling` are the values of the picklist that it depends on."""
    return {**_flags(field), **_shape(field), **_relations(field, controlling)}


def _valid_for(field: FieldType, value: str, controlling: Sequence[str]) -> str | None:
    """A bitmap, the first bit leftmost, of the controlling values that a value goes with."""
    if not controlling:
        return None
    bits = bytearray((len(controlling) + 7) // 8)
    for number, each in enumerate(controlling):
        if each in field.valid_for.get(value, ()):
            bits[number // 8] |= 0x80 >> number % 8
    return base64.b64encode(bits).decode()


def _flags(field: FieldType) -> dict[str, Any]:
    return {
        "aggregatable": field.aggregatable,
        "aiPredictionField": False,
        "autoNumber": field.auto_number,
        "calculated": field.calculated,
        "cascadeDelete": field.cascade_delete,
        "caseSensitive": field.case_sensitive,
        "createable": field.createable,
        "custom": field.custom,
        "defaultedOnCreate": field.defaulted_on_create,
        "dependentPicklist": field.controller is not None,
        "deprecatedAndHidden": False,
        "displayLocationInDecimal": False,
        "encrypted": field.encrypted,
        "externalId": field.external_id,
        "filterable": field.filterable,
        "formulaTreatNullNumberAsZero": False,
        "groupable": field.groupable,
        "highScaleNumber": False,
        "htmlFormatted": field.html_formatted,
        "idLookup": field.id_lookup,
        "nameField": field.name_field,
        "namePointing": field.name_pointing,
        "nillable": field.nillable,
        "permissionable": field.permissionable,
        "queryByDistance": field.query_by_distance,
        "restrictedDelete": field.restricted_delete,
        "restrictedPicklist": field.restricted_picklist,
        "searchPrefilterable": field.search_prefilterable,
        "sortable": field.sortable,
        "unique": field.unique,
        "updateable": field.updateable,
        "writeRequiresMasterRead": field.write_requires_master_read,
    }


def _shape(field: FieldType) -> dict[str, Any]:
    # Ids hold no other letters than ASCII's, everything else is counted as three bytes a character.
    per_character = 1 if field.type in ("id", "reference") else _BYTES_PER_CHARACTER
    return {
        "byteLength": field.length * per_character,
        "calculatedFormula": field.formula,
        "compoundFieldName": field.compound_field_name,
        "defaultValue": field.default_value,
        "defaultValueFormula": None,
        "digits": field.digits,
        "extraTypeInfo": field.extra_type_info,
        "inlineHelpText": field.help_text,
        "label": field.label,
        "length": field.length,
        "mask": field.mask,
        "maskType": field.mask_type,
        "name": field.name,
        "precision": field.precision,
        "scale": field.scale,
        "soapType": _SOAP_TYPES.get(field.type, "xsd:string"),
        "type": field.type,
    }


def _relations(field: FieldType, controlling: Sequence[str]) -> dict[str, Any]:
    return {
        "controllerName": field.controller,
        "filteredLookupInfo": None,
        "picklistValues": [
            {
                "active": True,
                "defaultValue": each.default,
                "label": each.label,
                "validFor": _valid_for(field, each.value, controlling),
                "value": each.value,
            }
            for each in field.picklist_values
        ],
        "polymorphicForeignKey": len(field.reference_to) > 1,
        "referenceTargetField": None,
        "referenceTo": list(field.reference_to),
        "relationshipName": field.relationship_name,
        "relationshipOrder": field.relationship_order,
    }
