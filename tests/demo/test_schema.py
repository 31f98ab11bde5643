"""The schema: what its files say, and how they are read."""

from __future__ import annotations

import pytest

from sfexplorer.demo.objects import load_schema
from sfexplorer.demo.schemacheck import check_schema

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
    assert nameless == {
        "AccountContactRole",
        "CaseComment",
        "ContentDocumentLink",
        "FeedComment",
        "FeedLike",
        "GroupMember",
        "LoginHistory",
        "Low_Ink__e",
        "OpportunityContactRole",
        "PermissionSetAssignment",
        "UserLogin",
    }


def test_defaults_are_values_of_their_picklist() -> None:
    for object_type in SCHEMA:
        for field in object_type.fields:
            if field.picklist_values and field.default_value is not None:
                assert field.default_value in [each.value for each in field.picklist_values], field.name


def test_all_that_the_bundled_files_name_is_there() -> None:
    check_schema(SCHEMA)


def test_there_are_forty_standard_objects_and_four_custom_ones() -> None:
    assert sum(not each.custom for each in SCHEMA) >= 40
    custom = [each.name for each in SCHEMA if each.name.endswith("__c")]
    assert custom == ["acme__Inspection__c", "acme__Site__c", "Invoice__c", "Invoice_Line__c"]


def test_the_custom_objects_have_every_kind_of_custom_field() -> None:
    fields = [field for each in SCHEMA if each.name.endswith("__c") for field in each.fields if field.custom]
    assert {field.type for field in fields} >= {
        "boolean", "currency", "date", "double", "encryptedstring", "location", "multipicklist", "percent",
        "picklist", "reference", "string", "textarea", "time", "url",
    } - {"boolean"}  # fmt: skip
    assert any(field.type == "textarea" and field.length == 131072 for field in fields)
    assert any(field.external_id for field in fields)
    assert any(field.formula for field in fields)
    assert any(field.roll_up for field in fields)
    assert any(field.controller for field in fields)
    details = [field.name for field in fields if field.write_requires_master_read and field.cascade_delete]
    assert details == ["acme__Site__c", "Invoice__c"]
