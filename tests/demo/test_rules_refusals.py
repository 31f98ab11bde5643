"""What a record is refused for: validation rules, duplicates, record types, unique values."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sfexplorer.demo.rules.duplicates import allows_duplicates
from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

Make = Callable[..., str]


@pytest.fixture
def make(http: httpx.Client) -> Make:
    """Makes a record and gives its path."""

    def made(type: str, **fields: Any) -> str:
        response = http.post(f"{V}/sobjects/{type}", json=fields)
        assert response.status_code == 201, response.text
        return str(response.headers["Location"])

    return made


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


def only_error(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 400, response.text
    (error,) = response.json()
    return dict(error)


def test_a_validation_rule_refuses_with_its_own_text_at_its_field(http: httpx.Client, make: Make) -> None:
    body = {"Name": "x", "NumberOfEmployees": -1}
    expected = {
        "message": "An account can't have fewer than no employees.",
        "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "fields": ["NumberOfEmployees"],
    }
    assert only_error(http.post(f"{V}/sobjects/Account", json=body)) == expected
    account = make("Account", Name="Fine", NumberOfEmployees=0)
    assert only_error(http.patch(account, json={"NumberOfEmployees": -5, "Name": "Not fine"})) == expected
    record = http.get(account).json()
    assert (record["Name"], record["NumberOfEmployees"]) == ("Fine", 0)


def test_a_validation_rule_sees_computed_fields_and_every_broken_one_is_told(
    http: httpx.Client, make: Make
) -> None:
    account = id_of(make("Account", Name="Invoiced"))
    invoice = {"Account__c": account, "Status__c": "Paid"}
    error = only_error(http.post(f"{V}/sobjects/Invoice__c", json=invoice))
    assert (error["message"], error["fields"]) == ("Only an issued invoice can be paid.", [])
    early = {"Account__c": account, "Issued__c": "2026-05-02", "Due__c": "2026-05-01"}
    assert only_error(http.post(f"{V}/sobjects/Invoice__c", json=early))["fields"] == ["Due__c"]
    deal = {"Name": "x", "StageName": "Closed Won", "CloseDate": "1999-12-31", "Amount": -1}
    refused = http.post(f"{V}/sobjects/Opportunity", json=deal).json()
    assert [each["errorCode"] for each in refused] == ["FIELD_CUSTOM_VALIDATION_EXCEPTION"] * 2


def test_a_duplicate_is_refused_with_the_records_that_are_like_it(http: httpx.Client, make: Make) -> None:
    body = {"FirstName": "Sofja", "LastName": "Kowalewskaja", "Email": "sofja@math.example"}
    first = make("Contact", **body)
    again = http.post(f"{V}/sobjects/Contact", json={**body, "Email": "SOFJA@math.example"})
    error = only_error(again)
    assert (error["errorCode"], error["message"]) == ("DUPLICATES_DETECTED", "Use one of these records?")
    result = error["duplicateResult"]
    assert (result["allowSave"], result["duplicateRule"]) == (True, "Standard_Contact_Duplicate_Rule")
    (match,) = result["matchResults"]
    assert (match["size"], match["entityType"], match["success"]) == (1, "Contact", True)
    record = match["matchRecords"][0]["record"]
    assert record["Id"] == id_of(first)
    assert record["attributes"]["type"] == "Contact"
    other = make("Contact", **{**body, "Email": "other@math.example"})
    assert only_error(http.patch(other, json={"Email": body["Email"]}))["errorCode"] == "DUPLICATES_DETECTED"
    assert http.patch(other, json={"Title": "Professor"}).status_code == 204


def test_the_header_lets_a_duplicate_be_saved(http: httpx.Client, make: Make) -> None:
    body = {"FirstName": "Maryam", "LastName": "Mirzakhani", "Email": "maryam@math.example"}
    make("Contact", **body)
    headers = {"Sforce-Duplicate-Rule-Header": "allowSave=true, includeRecordDetails=true"}
    assert http.post(f"{V}/sobjects/Contact", json=body, headers=headers).status_code == 201
    headers = {"Sforce-Duplicate-Rule-Header": "allowSave=false"}
    assert http.post(f"{V}/sobjects/Contact", json=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        ("allowSave=true", True),
        ("allowsave = TRUE; runAsCurrentUser=true", True),
        ("allowSave=false", False),
        ("disallowSave=true", False),
        ("", False),
    ],
)
def test_the_header_is_read_as_written(header: str, allowed: bool) -> None:
    assert allows_duplicates(header) == allowed


def test_what_has_no_address_is_nobodys_duplicate(make: Make) -> None:
    assert make("Contact", LastName="Nobody") != make("Contact", LastName="Nobody")


def test_a_record_type_of_another_object_is_refused(http: httpx.Client) -> None:
    body = {"Name": "x", "RecordTypeId": "0125g0000000001AAA"}
    assert only_error(http.post(f"{V}/sobjects/Account", json=body)) == {
        "message": "Record Type ID: this ID value isn't valid for the user: 0125g0000000001AAA",
        "errorCode": "INVALID_CROSS_REFERENCE_KEY",
        "fields": ["RecordTypeId"],
    }
    wrong = {"Name": "x", "RecordTypeId": "0015g0000000001AAA"}
    assert only_error(http.post(f"{V}/sobjects/Account", json=wrong))["errorCode"] == "MALFORMED_ID"


def test_a_value_in_the_recycle_bin_may_be_used_again_until_it_comes_back(
    server: DemoServer, http: httpx.Client, make: Make
) -> None:
    old = make("Account", Name="Old", External_Id__c="TWICE")
    error = only_error(http.post(f"{V}/sobjects/Account", json={"Name": "x", "External_Id__c": "twice"}))
    assert error["message"] == (
        f"duplicate value found: External_Id__c duplicates value on record with id: {id_of(old)[:15]}"
    )
    assert http.delete(old).status_code == 204
    make("Account", Name="New", External_Id__c="TWICE")
    with pytest.raises(Exception, match="duplicate value found"):
        server.undelete(id_of(old))


@pytest.mark.parametrize(
    ("type", "fields", "code", "named"),
    [
        (
            "acme__Site__c",
            {"acme__Features__c": "Crane;Moat"},
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            None,
        ),
        ("acme__Site__c", {"acme__Inspections__c": 3}, "INVALID_FIELD_FOR_INSERT_UPDATE", None),
        ("acme__Site__c", {"acme__Gate_Code__c": "x" * 17}, "STRING_TOO_LONG", None),
        ("acme__Site__c", {"acme__Directions__c": "x" * 131073}, "STRING_TOO_LONG", None),
        ("acme__Site__c", {"acme__Position__Latitude__s": 1000}, "NUMBER_OUTSIDE_VALID_RANGE", None),
        ("acme__Inspection__c", {"acme__Date__c": "2026-01-01"}, "REQUIRED_FIELD_MISSING", "acme__Site__c"),
        ("Invoice__c", {}, "REQUIRED_FIELD_MISSING", "Account__c"),
        ("Invoice__c", {"Gross__c": 1, "Account__c": None}, "INVALID_FIELD_FOR_INSERT_UPDATE", "Gross__c"),
        ("OpportunityStage", {}, "INVALID_TYPE_FOR_OPERATION", None),
    ],
)
def test_custom_fields_are_held_to_the_same_rules(
    http: httpx.Client, type: str, fields: dict[str, Any], code: str, named: str | None
) -> None:
    error = only_error(http.post(f"{V}/sobjects/{type}", json=fields))
    assert error["errorCode"] == code
    if code != "INVALID_TYPE_FOR_OPERATION":
        assert error["fields"] == [named or next(iter(fields))]


def test_a_detail_can_not_be_given_to_another_master(http: httpx.Client, make: Make) -> None:
    site, other = make("acme__Site__c", Name="a"), make("acme__Site__c", Name="b")
    detail = make("acme__Inspection__c", acme__Site__c=id_of(site), acme__Date__c="2026-01-01")
    moved = http.patch(detail, json={"acme__Site__c": id_of(other)})
    assert only_error(moved)["errorCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"


def test_a_dependent_picklist_tells_its_controlling_values(http: httpx.Client) -> None:
    fields = http.get(f"{V}/sobjects/acme__Site__c/describe").json()["fields"]
    depot = next(each for each in fields if each["name"] == "acme__Depot__c")
    assert (depot["dependentPicklist"], depot["controllerName"]) == (True, "acme__Region__c")
    bits = {each["value"]: base64.b64decode(each["validFor"])[0] for each in depot["picklistValues"]}
    assert bits == {
        "Austin": 0x80, "São Paulo": 0x80, "Osaka": 0x40, "Sydney": 0x40, "Hamburg": 0x20, "Lyon": 0x20
    }  # fmt: skip
