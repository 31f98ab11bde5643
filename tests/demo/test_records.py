"""Records created, read, changed and deleted, and the rules that they keep."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V


@pytest.fixture
def contact(http: httpx.Client) -> str:
    """The path of a new contact."""
    made = http.post(f"{V}/sobjects/Contact", json={"FirstName": "Emmy", "LastName": "Noether"})
    assert made.status_code == 201
    assert made.json() == {"id": made.json()["id"], "success": True, "errors": []}
    assert made.headers["Location"] == f"{V}/sobjects/Contact/{made.json()['id']}"
    return made.headers["Location"]


def errors(response: httpx.Response) -> list[tuple[str, list[str]]]:
    assert 400 <= response.status_code < 500, response.text
    return [(each["errorCode"], each.get("fields", [])) for each in response.json()]


def test_a_record_comes_whole_in_describe_order(http: httpx.Client, contact: str) -> None:
    record = http.get(contact).json()
    described = [each["name"] for each in http.get(f"{V}/sobjects/Contact/describe").json()["fields"]]
    assert list(record) == ["attributes", *described]
    assert record["attributes"] == {"type": "Contact", "url": contact}
    assert record["Name"] == "Emmy Noether"


def test_fields_choose_what_is_read_and_the_id_is_always_there(http: httpx.Client, contact: str) -> None:
    record = http.get(contact, params={"fields": "lastname,Owner.Name"}).json()
    assert list(record) == ["attributes", "LastName", "Owner", "Id"]
    wrong = http.get(contact, params={"fields": "LastName,Nope"})
    assert errors(wrong) == [("INVALID_FIELD", [])]


def test_ids_of_15_characters_are_good(http: httpx.Client, contact: str) -> None:
    assert http.get(contact[:-3]).json()["attributes"]["url"] == contact


def test_update_stamps_to_the_millisecond_and_always_later(http: httpx.Client, contact: str) -> None:
    stamps = [http.get(contact).json()["SystemModstamp"]]
    for number in range(5):
        assert http.patch(contact, json={"title": f"Professor {number}"}).status_code == 204
        stamps.append(http.get(contact).json()["SystemModstamp"])
    assert sorted(set(stamps)) == stamps
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000", stamp) for stamp in stamps)
    assert http.get(contact).json()["Title"] == "Professor 4"


def test_post_may_stand_for_patch(http: httpx.Client, contact: str) -> None:
    assert http.post(contact, params={"_HttpMethod": "PATCH"}, json={"Title": "Dr"}).status_code == 204
    assert http.get(contact).json()["Title"] == "Dr"


def test_empty_text_and_null_clear_a_field(http: httpx.Client, contact: str) -> None:
    http.patch(contact, json={"Title": "Dr", "Phone": "1"})
    assert http.patch(contact, json={"Title": "", "Phone": None}).status_code == 204
    record = http.get(contact).json()
    assert (record["Title"], record["Phone"]) == (None, None)


def test_defaults_follow_the_stage(http: httpx.Client) -> None:
    body = {"Name": "Deal", "StageName": "Prospecting", "CloseDate": "2026-12-31"}
    path = http.post(f"{V}/sobjects/Opportunity", json=body).headers["Location"]
    deal = http.get(path).json()
    assert (deal["Probability"], deal["IsClosed"], deal["OwnerId"] is not None) == (10.0, False, True)
    assert http.patch(path, json={"StageName": "Closed Won"}).status_code == 204
    deal = http.get(path).json()
    assert (deal["Probability"], deal["IsClosed"], deal["IsWon"]) == (100.0, True, True)


REFUSED: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"LastName": None}, "REQUIRED_FIELD_MISSING", ["LastName"]),
    ({"LastName": ""}, "REQUIRED_FIELD_MISSING", ["LastName"]),
    ({"LastName": "x" * 81}, "STRING_TOO_LONG", ["LastName"]),
    ({"Email": "no address"}, "INVALID_EMAIL_ADDRESS", ["Email"]),
    ({"Birthdate": "yesterday"}, "JSON_PARSER_ERROR", []),
    ({"LastName": {"a": 1}}, "JSON_PARSER_ERROR", []),
    ({"Shoe": 1}, "INVALID_FIELD", []),
    ({"Name": "x"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["Name"]),
    (
        {"Id": "0035g0000000001AAA", "CreatedDate": None},
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        ["Id", "CreatedDate"],
    ),
    ({"AccountId": "nonsense"}, "MALFORMED_ID", ["AccountId"]),
    ({"AccountId": "0035g0000000001AAA"}, "MALFORMED_ID", ["AccountId"]),
    (
        {"AccountId": "0015g00000zzzzzAAA"[:15]},
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        ["AccountId"],
    ),
]


@pytest.mark.parametrize(("body", "code", "fields"), REFUSED)
def test_a_wrong_value_is_told_at_its_field(
    http: httpx.Client, contact: str, body: dict[str, Any], code: str, fields: list[str]
) -> None:
    before = http.get(contact).json()
    assert errors(http.patch(contact, json=body)) == [(code, fields)]
    assert http.get(contact).json() == before


def test_each_wrong_field_is_told(http: httpx.Client, contact: str) -> None:
    refused = errors(http.patch(contact, json={"LastName": "x" * 81, "Email": "nope"}))
    assert refused == [("STRING_TOO_LONG", ["LastName"]), ("INVALID_EMAIL_ADDRESS", ["Email"])]


def test_a_restricted_picklist_takes_its_values_only(http: httpx.Client) -> None:
    response = http.patch(f"{V}/sobjects/User/0055g0000000001AAA", json={"LanguageLocaleKey": "tlh"})
    assert errors(response) == [("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["LanguageLocaleKey"])]
    assert "bad value for restricted picklist field: tlh" in response.json()[0]["message"]


def test_required_fields_of_a_new_record_are_listed(http: httpx.Client) -> None:
    response = http.post(f"{V}/sobjects/Opportunity", json={})
    assert response.json() == [
        {
            "message": "Required fields are missing: [Name, StageName, CloseDate]",
            "errorCode": "REQUIRED_FIELD_MISSING",
            "fields": ["Name", "StageName", "CloseDate"],
        }
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"1", b'{"LastName": }', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_json_object_is_told(http: httpx.Client, content: bytes) -> None:
    assert errors(http.post(f"{V}/sobjects/Contact", content=content)) == [("JSON_PARSER_ERROR", [])]


def test_a_deleted_record_is_gone_but_for_query_all(http: httpx.Client, contact: str) -> None:
    assert http.delete(contact).status_code == 204
    assert errors(http.delete(contact)) == [("ENTITY_IS_DELETED", [])]
    assert errors(http.get(contact)) == [("ENTITY_IS_DELETED", [])]
    query = {"q": f"SELECT IsDeleted FROM Contact WHERE Id = '{contact.rpartition('/')[2]}'"}
    assert http.get(f"{V}/query", params=query).json()["totalSize"] == 0
    assert http.get(f"{V}/queryAll", params=query).json()["records"][0]["IsDeleted"] is True


def test_a_delete_takes_along_what_belongs_to_the_record_and_empties_lookups(http: httpx.Client) -> None:
    account = http.post(f"{V}/sobjects/Account", json={"Name": "Doomed"}).json()["id"]
    note = http.post(f"{V}/sobjects/Note", json={"Title": "x", "ParentId": account}).headers["Location"]
    contact = http.post(f"{V}/sobjects/Contact", json={"LastName": "x", "AccountId": account}).headers[
        "Location"
    ]
    child = http.post(f"{V}/sobjects/Account", json={"Name": "x", "ParentId": account}).headers["Location"]
    assert http.delete(f"{V}/sobjects/Account/{account}").status_code == 204
    assert errors(http.get(note)) == [("ENTITY_IS_DELETED", [])]
    assert errors(http.get(contact)) == [("ENTITY_IS_DELETED", [])]
    assert http.get(child).json()["ParentId"] is None


def test_a_record_that_others_need_can_not_be_deleted(http: httpx.Client) -> None:
    account = http.post(f"{V}/sobjects/Account", json={"Name": "Needed"}).headers["Location"]
    http.post(f"{V}/sobjects/Case", json={"Subject": "x", "AccountId": account.rpartition("/")[2]})
    refused = http.delete(account)
    assert errors(refused) == [("DELETE_FAILED", [])]
    assert "associated with the following cases" in refused.json()[0]["message"]
    assert http.get(account).status_code == 200


def test_users_can_not_be_deleted(http: httpx.Client) -> None:
    response = http.delete(f"{V}/sobjects/User/0055g0000000001AAA")
    assert errors(response) == [("INVALID_TYPE_FOR_OPERATION", [])]


@pytest.mark.parametrize(
    ("record_id", "code"),
    [
        ("0035g00000zzzzz", "INVALID_CROSS_REFERENCE_KEY"),
        ("0015g0000000001AAA", "INVALID_CROSS_REFERENCE_KEY"),
        ("foo", "NOT_FOUND"),
        ("%00", "NOT_FOUND"),
    ],
)
def test_records_that_are_not_there_can_not_be_changed(http: httpx.Client, record_id: str, code: str) -> None:
    response = http.patch(f"{V}/sobjects/Contact/{record_id}", json={"Title": "x"})
    assert (response.status_code, errors(response)) == (404, [(code, [])])


def test_a_record_changed_meanwhile_fails_the_precondition(
    server: DemoServer, http: httpx.Client, contact: str
) -> None:
    modified = http.get(contact).headers["Last-Modified"]
    same_second = {"If-Unmodified-Since": modified}
    assert http.get(contact, headers={"If-Modified-Since": modified}).status_code == 304
    assert http.patch(contact, json={"Title": "mine"}, headers=same_second).status_code == 204
    early = {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    refused = http.patch(contact, json={"Title": "yours"}, headers=early)
    assert refused.status_code == 412
    assert errors(refused) == [("PRECONDITION_FAILED", [])]
    assert http.patch(contact, json={}, headers={"If-Unmodified-Since": "soon"}).status_code == 400


def test_touch_edits_as_grace_hopper(server: DemoServer, http: httpx.Client, contact: str) -> None:
    before = http.get(contact).json()
    body = {"id": before["Id"], "fields": {"Title": "Touched"}}
    assert http.post("/__demo__/touch", json=body).status_code == 204
    after = http.get(contact, params={"fields": "Title,LastModifiedBy.Name,SystemModstamp"}).json()
    assert (after["Title"], after["LastModifiedBy"]["Name"]) == ("Touched", "Grace Hopper")
    assert after["SystemModstamp"] > before["SystemModstamp"]
    server.touch(before["Id"], Title="Again")
    assert http.get(contact).json()["Title"] == "Again"
