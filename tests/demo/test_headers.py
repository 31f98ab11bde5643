"""The headers by which a client asks for another way of doing things."""

from __future__ import annotations

import httpx
import pytest

from tests.demo.conftest import V

CONTACTS = f"{V}/sobjects/Contact"


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("batchSize=200", 200),
        ("batchSize = 1999", 1999),
        ("BATCHSIZE=1", 200),
        ("batchSize=99999", 2000),
        ("batchSize=99999999999999999999", 2000),
        ("batchSize=", 2000),
        ("batchSize=-5", 2000),
        ("nonsense", 2000),
        ("", 2000),
    ],
)
def test_query_options_choose_the_size_of_a_page(http: httpx.Client, header: str, size: int) -> None:
    query = {"q": "SELECT Id FROM Contact"}
    body = http.get(f"{V}/query", params=query, headers={"Sforce-Query-Options": header}).json()
    assert len(body["records"]) == size
    assert body["nextRecordsUrl"].endswith(f"-{size}")


def test_a_duplicate_is_saved_when_the_client_says_so(http: httpx.Client) -> None:
    body = {"FirstName": "Dora", "LastName": "Double", "Email": "dora@double.example"}
    assert http.post(CONTACTS, json=body).status_code == 201
    refused = http.post(CONTACTS, json=body)
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "DUPLICATES_DETECTED")
    asked = {"Sforce-Duplicate-Rule-Header": "allowSave=false, includeRecordDetails=true"}
    assert http.post(CONTACTS, json=body, headers=asked).status_code == 400
    allowed = {"Sforce-Duplicate-Rule-Header": "allowSave=true, runAsCurrentUser=true"}
    assert http.post(CONTACTS, json=body, headers=allowed).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Sforce-Auto-Assign": "FALSE"},
        {"Sforce-Auto-Assign": "01Q5g0000000001AAA"},
        {"Sforce-Call-Options": "client=mine, defaultNamespace=acme"},
        {"Sforce-Duplicate-Rule-Header": "nonsense"},
        {"Sforce-Mru": "updateMru=true"},
    ],
)
def test_headers_that_change_nothing_are_taken(http: httpx.Client, headers: dict[str, str]) -> None:
    body = {"Subject": "Headers", "Origin": "Web"}
    assert http.post(f"{V}/sobjects/Case", json=body, headers=headers).status_code == 201


@pytest.mark.parametrize(
    "path", ["/sobjects", "/sobjects/Account", "/sobjects/Account/describe", "/limits", ""]
)
def test_head_tells_what_get_would(http: httpx.Client, path: str) -> None:
    got, head = http.get(V + path), http.head(V + path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
