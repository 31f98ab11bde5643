"""The describe: every key of the wire reference, with the facts of the real one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sfexplorer.demo.objects import describe, item, load_schema

SCHEMA = load_schema()


def _words(text: str) -> set[str]:
    return set(text.split())


ITEM_KEYS = _words(
    """activateable createable custom customSetting deepCloneable deletable deprecatedAndHidden feedEnabled
    hasSubtypes isInterface isSubtype keyPrefix label labelPlural layoutable mergeable mruEnabled name
    queryable replicateable retrieveable searchable triggerable undeletable updateable associateEntityType
    associateParentEntity urls"""
)
DESCRIBE_KEYS = ITEM_KEYS | _words(
    """actionOverrides childRelationships compactLayoutable defaultImplementation extendedBy extendsInterfaces
    fields implementedBy implementsInterfaces listviewable lookupLayoutable namedLayoutInfos
    networkScopeFieldName recordTypeInfos searchLayoutable sobjectDescribeOption supportedScopes"""
)
FIELD_KEYS = _words(
    """aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete
    caseSensitive compoundFieldName controllerName createable custom defaultValue defaultValueFormula
    defaultedOnCreate dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted
    externalId extraTypeInfo filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable
    highScaleNumber htmlFormatted idLookup inlineHelpText label length mask maskType name nameField
    namePointing nillable permissionable picklistValues polymorphicForeignKey precision queryByDistance
    referenceTargetField referenceTo relationshipName relationshipOrder restrictedDelete
    restrictedPicklist scale searchPrefilterable soapType sortable type unique updateable
    writeRequiresMasterRead"""
)
CHILD_KEYS = _words(
    """cascadeDelete childSObject deprecatedAndHidden field junctionIdListNames junctionReferenceTo
    relationshipName restrictedDelete"""
)


def _field(object_name: str, field_name: str) -> dict[str, Any]:
    fields = describe(SCHEMA[object_name])["fields"]
    found: dict[str, Any] = next(each for each in fields if each["name"] == field_name)
    return found


def _subset(field: dict[str, Any], **expected: object) -> None:
    assert {key: field[key] for key in expected} == expected


def test_every_describe_has_every_key_of_the_real_one() -> None:
    for object_type in SCHEMA:
        described = describe(object_type)
        assert set(item(object_type)) == ITEM_KEYS
        assert set(described) == DESCRIBE_KEYS
        for field in described["fields"]:
            assert set(field) == FIELD_KEYS
        for child in described["childRelationships"]:
            assert set(child) == CHILD_KEYS
        json.dumps(described)


def test_urls_name_the_version_asked_for() -> None:
    urls = item(SCHEMA["Account"], "v58.0")["urls"]
    assert urls["sobject"] == "/services/data/v58.0/sobjects/Account"
    assert urls["describe"] == "/services/data/v58.0/sobjects/Account/describe"
    assert urls["rowTemplate"] == "/services/data/v58.0/sobjects/Account/{ID}"


def test_an_id_is_read_only_and_18_long() -> None:
    _subset(
        _field("Account", "Id"),
        type="id",
        label="Account ID",
        length=18,
        byteLength=18,
        soapType="tns:ID",
        nillable=False,
        createable=False,
        updateable=False,
        defaultedOnCreate=True,
        idLookup=True,
    )


def test_a_currency_tells_precision_and_scale() -> None:
    _subset(
        _field("Opportunity", "Amount"),
        type="currency",
        precision=18,
        scale=2,
        soapType="xsd:double",
        groupable=False,
        aggregatable=True,
    )


def test_an_integer_tells_digits() -> None:
    _subset(
        _field("Account", "NumberOfEmployees"), type="int", digits=8, label="Employees", soapType="xsd:int"
    )


def test_text_counts_three_bytes_a_character() -> None:
    _subset(
        _field("Contact", "LastName"), length=80, byteLength=240, nillable=False, extraTypeInfo="personname"
    )


def test_a_long_text_area_stays_out_of_every_clause() -> None:
    _subset(
        _field("Account", "Description"),
        length=32000,
        filterable=False,
        sortable=False,
        groupable=False,
        aggregatable=False,
    )


def test_a_person_name_is_read_only_and_made_of_parts() -> None:
    _subset(_field("Contact", "Name"), createable=False, updateable=False, nameField=True, length=121)
    assert _field("Contact", "FirstName")["compoundFieldName"] == "Name"


def test_an_address_is_compound() -> None:
    _subset(
        _field("Account", "BillingAddress"),
        type="address",
        soapType="urn:address",
        createable=False,
        updateable=False,
        queryByDistance=True,
        groupable=False,
        sortable=False,
    )
    assert _field("Account", "BillingStreet")["compoundFieldName"] == "BillingAddress"


def test_a_boolean_is_never_null_and_defaults_to_false() -> None:
    _subset(
        _field("Contact", "IsDeleted"),
        nillable=False,
        defaultValue=False,
        defaultedOnCreate=True,
        createable=False,
    )


def test_a_picklist_lists_its_values_and_marks_the_default() -> None:
    values = _field("Case", "Status")["picklistValues"]
    assert values[0] == {
        "active": True,
        "defaultValue": True,
        "label": "New",
        "validFor": None,
        "value": "New",
    }
    assert [each["value"] for each in values] == ["New", "Working", "Escalated", "Closed"]


def test_a_reference_to_several_objects_is_polymorphic() -> None:
    _subset(
        _field("Event", "WhoId"),
        referenceTo=["Contact", "Lead"],
        relationshipName="Who",
        namePointing=True,
        polymorphicForeignKey=True,
        soapType="tns:ID",
    )


@pytest.mark.parametrize("name", ["Account", "Opportunity", "Contact"])
def test_the_master_record_type_is_always_there(name: str) -> None:
    (info,) = describe(SCHEMA[name])["recordTypeInfos"]
    assert info["recordTypeId"] == "012000000000000AAA"
    assert info["master"]
    assert info["defaultRecordTypeMapping"]


def test_further_record_types_come_before_the_master() -> None:
    infos = describe(SCHEMA["Account"], "60.0", [("0125g0000000001AAA", "Partner", "Partner")])[
        "recordTypeInfos"
    ]
    assert [each["developerName"] for each in infos] == ["Partner", "Master"]
    assert [each["defaultRecordTypeMapping"] for each in infos] == [True, False]
