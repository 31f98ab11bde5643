"""The schema: what its files say, and how they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sfexplorer.demo.objects import Schema, load_schema

SCHEMA = load_schema()
STANDARD = {
    "Account": "001",
    "Attachment": "00P",
    "Campaign": "701",
    "CampaignMember": "00v",
    "Case": "500",
    "Contact": "003",
    "ContentDocument": "069",
    "ContentVersion": "068",
    "Document": "015",
    "Event": "00U",
    "Folder": "00l",
    "Group": "00G",
    "Lead": "00Q",
    "Note": "002",
    "Opportunity": "006",
    "OpportunityLineItem": "00k",
    "Organization": "00D",
    "Pricebook2": "01s",
    "PricebookEntry": "01u",
    "Product2": "01t",
    "Profile": "00e",
    "RecordType": "012",
    "Task": "00T",
    "User": "005",
    "UserRole": "00E",
}


@pytest.mark.parametrize(("name", "prefix"), STANDARD.items())
def test_a_standard_object_has_its_key_prefix(name: str, prefix: str) -> None:
    assert SCHEMA[name].key_prefix == prefix
    assert SCHEMA.of_id(f"{prefix}5g0000000001") is SCHEMA[name]


def test_no_two_objects_share_a_key_prefix() -> None:
    prefixes = [each.key_prefix for each in SCHEMA]
    assert len(set(prefixes)) == len(prefixes)


def test_names_are_found_in_any_case() -> None:
    assert SCHEMA["aCCount"] is SCHEMA["Account"]
    assert "OPPORTUNITY" in SCHEMA
    assert SCHEMA.get("Nothing") is None
    assert SCHEMA.of_id("zzz000000000000") is None
    annual = SCHEMA["Account"].field("annualrevenue")
    assert annual is not None
    assert annual.name == "AnnualRevenue"


def test_no_field_stands_twice_in_an_object() -> None:
    for object_type in SCHEMA:
        names = [field.name.lower() for field in object_type.fields]
        assert len(set(names)) == len(names), object_type.name


def test_account_has_68_fields_and_32_industries() -> None:
    account = SCHEMA["Account"]
    industry = account.field("Industry")
    assert len(account.fields) == 68
    assert industry is not None
    assert len(industry.picklist_values) == 32


def test_accounts_have_a_unique_external_id() -> None:
    external = SCHEMA["Account"].field("External_Id__c")
    assert external is not None
    assert (external.type, external.external_id, external.unique, external.createable) == (
        "string",
        True,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("parent", "relationship", "child", "field"),
    [
        ("Account", "Contacts", "Contact", "AccountId"),
        ("Account", "Opportunities", "Opportunity", "AccountId"),
        ("Account", "ChildAccounts", "Account", "ParentId"),
        ("Contact", "Cases", "Case", "ContactId"),
        ("Lead", "Tasks", "Task", "WhoId"),
        ("Case", "Attachments", "Attachment", "ParentId"),
        ("Opportunity", "OpportunityLineItems", "OpportunityLineItem", "OpportunityId"),
        ("ContentDocument", "ContentVersions", "ContentVersion", "ContentDocumentId"),
    ],
)
def test_a_child_relationship_follows_from_the_reference(
    parent: str, relationship: str, child: str, field: str
) -> None:
    found = SCHEMA[parent].child(relationship.lower())
    assert found is not None
    assert (found.child, found.field) == (child, field)


def test_child_relationships_of_one_object_have_different_names() -> None:
    for object_type in SCHEMA:
        names = [child.name for child in object_type.children if child.name]
        assert len(set(names)) == len(names), object_type.name


def test_relationships_lead_to_their_reference_field() -> None:
    who = SCHEMA["Task"].reference("who")
    assert who is not None
    assert (who.name, who.reference_to, who.name_pointing) == ("WhoId", ("Contact", "Lead"), True)
    assert SCHEMA["Task"].reference("Nobody") is None


def test_compound_fields_are_made_of_their_parts() -> None:
    parts = [part.name for part in SCHEMA["Contact"].parts("MailingAddress")]
    assert parts == [
        "MailingStreet",
        "MailingCity",
        "MailingState",
        "MailingPostalCode",
        "MailingCountry",
        "MailingLatitude",
        "MailingLongitude",
        "MailingGeocodeAccuracy",
    ]
    assert {part.name for part in SCHEMA["Lead"].parts("Name")} == {"FirstName", "LastName", "Salutation"}


def test_every_object_but_the_nameless_ones_has_a_name_field() -> None:
    nameless = {each.name for each in SCHEMA if each.name_field is None}
    assert nameless == {"CaseComment", "ContentDocumentLink", "OpportunityContactRole", "UserLogin"}


def test_defaults_are_values_of_their_picklist() -> None:
    for object_type in SCHEMA:
        for field in object_type.fields:
            if field.picklist_values and field.default_value is not None:
                assert field.default_value in [each.value for each in field.picklist_values], field.name


def _loaded(folder: Path, name: str, text: str) -> Schema:
    (folder / name).write_text(text, encoding="utf-8")
    return load_schema(folder)


def test_a_folder_adds_objects_to_the_bundled_ones(tmp_path: Path) -> None:
    text = """{"name": "Engine__c", "label": "Engine", "labelPlural": "Engines", "keyPrefix": "a00",
     "fields": ["Id",
      {"name": "Name", "label": "Engine Name", "type": "string(80)", "flags": "nameField"},
      {"name": "Account__c", "label": "Account", "type": "reference", "to": "Account",
       "relationship": "Account__r", "children": "Engines__r"}]}"""
    schema = _loaded(tmp_path, "Engine__c.json", text)
    engines = schema["Account"].child("Engines__r")
    assert schema["Engine__c"].custom
    assert engines is not None
    assert engines.child == "Engine__c"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ('["Nonsense"]', "common.json has no field Nonsense"),
        ('[{"name": "A", "label": "A", "type": "string(x)"}]', "is no field type"),
        ('[{"name": "A", "label": "A", "flags": "shiny"}]', "'shiny' is no flag of a field"),
        ('[{"name": "A", "label": "A", "lenght": 3}]', r"Bad\.json is no schema file.*lenght"),
        ('[{"name": "A", "label": "A", "type": "reference", "to": "Nowhere"}]', "points to Nowhere"),
    ],
)
def test_a_file_that_does_not_fit_is_named(tmp_path: Path, fields: str, message: str) -> None:
    text = f'{{"name": "Bad", "label": "Bad", "labelPlural": "Bads", "fields": {fields}}}'
    with pytest.raises(ValueError, match=message):
        _loaded(tmp_path, "Bad.json", text)


def test_an_unknown_flag_of_an_object_is_named(tmp_path: Path) -> None:
    text = '{"name": "Bad", "label": "Bad", "labelPlural": "Bads", "flags": "-shiny", "fields": []}'
    with pytest.raises(ValueError, match="'shiny' is no flag of an sObject"):
        _loaded(tmp_path, "Bad.json", text)
