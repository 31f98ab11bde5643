"""Records by external id, and the bytes of blobs."""

from __future__ import annotations

import base64

import httpx

from tests.demo.conftest import V

KEY = f"{V}/sobjects/Account/External_Id__c"


def test_upsert_adds_then_changes_by_external_id(http: httpx.Client) -> None:
    added = http.patch(f"{KEY}/U-1", json={"Name": "Upserted"})
    assert (added.status_code, added.json()["created"]) == (201, True)
    changed = http.patch(f"{KEY}/U-1", json={"Name": "Again"})
    assert (changed.status_code, changed.json()) == (200, {**added.json(), "created": False})
    assert http.get(f"{KEY}/U-1").json()["Name"] == "Again"
    old = http.patch(f"{KEY.replace('v60', 'v45')}/U-1", json={"Name": "Old"})
    assert (old.status_code, old.content) == (204, b"")
    assert http.delete(f"{KEY}/U-1").status_code == 204
    assert http.get(f"{KEY}/U-1").status_code == 404


def test_upsert_can_be_kept_from_adding(http: httpx.Client) -> None:
    assert http.patch(f"{KEY}/U-2", params={"updateOnly": "true"}, json={"Name": "x"}).status_code == 404


def test_the_key_must_not_be_in_the_body(http: httpx.Client) -> None:
    response = http.patch(f"{KEY}/U-3", json={"Name": "x", "External_Id__c": "U-3"})
    assert response.json()[0]["errorCode"] == "INVALID_FIELD"


def test_an_external_id_is_unique(http: httpx.Client) -> None:
    http.patch(f"{KEY}/U-4", json={"Name": "first"})
    twice = http.post(f"{V}/sobjects/Account", json={"Name": "second", "External_Id__c": "u-4"})
    assert (twice.status_code, twice.json()[0]["errorCode"]) == (400, "DUPLICATE_VALUE")


def test_a_parent_can_be_named_by_external_id(http: httpx.Client) -> None:
    account = http.patch(f"{KEY}/U-5", json={"Name": "Parent"}).json()["id"]
    body = {"LastName": "Child", "Account": {"External_Id__c": "U-5"}}
    child = http.post(f"{V}/sobjects/Contact", json=body)
    assert http.get(child.headers["Location"]).json()["AccountId"] == account
    lost = http.post(f"{V}/sobjects/Contact", json={"LastName": "x", "Account": {"External_Id__c": "nope"}})
    assert lost.json()[0]["errorCode"] == "INVALID_FIELD"


def test_several_matches_are_listed(http: httpx.Client) -> None:
    for _ in range(2):
        http.post(f"{V}/sobjects/Contact", json={"LastName": "Twin", "Email": "twins@example.com"})
    response = http.get(f"{V}/sobjects/Contact/Email/twins@example.com")
    assert response.status_code == 300
    assert len(response.json()) == 2


def test_fields_that_tell_nothing_apart_are_no_keys(http: httpx.Client) -> None:
    response = http.get(f"{V}/sobjects/Contact/Title/Dr")
    assert response.status_code == 404
    assert response.json()[0]["message"].endswith("does not exist or is not accessible: Title")


def test_an_attachment_goes_in_as_base64_and_comes_out_as_bytes(http: httpx.Client) -> None:
    content = bytes(range(256)) * 1000
    parent = http.post(f"{V}/sobjects/Account", json={"Name": "Holder"}).json()["id"]
    body = {
        "Name": "all.bin",
        "ParentId": parent,
        "Body": base64.b64encode(content).decode(),
        "ContentType": "image/png",
    }
    path = http.post(f"{V}/sobjects/attachment", json=body).headers["Location"]
    record = http.get(path).json()
    assert record["Body"] == f"{path}/Body"
    read = http.get(record["Body"].replace("Attachment", "attachment").replace("Body", "body"))
    assert read.content == content
    assert read.headers["Content-Type"] == "image/png"
    assert http.get(f"{V}/sobjects/Attachment/00P5g00000zzzzz/Body").status_code == 404
