"""Pages of a query: locators for any offset, level in what they hold, refused when they mean nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.demo.conftest import V

SOQL = "SELECT Id, Name FROM Contact ORDER BY Name, Id"


def walk(http: httpx.Client, first: dict[str, Any]) -> list[dict[str, Any]]:
    pages = [first]
    while not pages[-1]["done"]:
        pages.append(http.get(pages[-1]["nextRecordsUrl"]).json())
    return pages


def test_pages_hold_every_row_once_in_order(
    http: httpx.Client, select: Callable[[str], dict[str, Any]]
) -> None:
    pages = walk(http, select(SOQL))
    assert [len(page["records"]) for page in pages] == [2000, 2000, 1000]
    assert {page["totalSize"] for page in pages} == {5000}
    assert "nextRecordsUrl" not in pages[-1]
    names = [record["Name"].upper() for page in pages for record in page["records"]]
    assert names == sorted(names)
    assert len({record["Id"] for page in pages for record in page["records"]}) == 5000


def test_any_offset_of_a_locator_is_good(http: httpx.Client, select: Callable[[str], dict[str, Any]]) -> None:
    first = select(SOQL)
    locator, _, offset = first["nextRecordsUrl"].rpartition("-")
    assert (len(locator.rpartition("/")[2]), offset) == (18, "2000")
    shifted = http.get(f"{locator}-1990").json()
    assert shifted["records"][:10] == first["records"][1990:]
    assert shifted["nextRecordsUrl"] == f"{locator}-3990"
    assert http.get(f"{locator}-5000").json() == {"totalSize": 5000, "done": True, "records": []}
    assert http.get(locator.replace("/query/", "/queryAll/") + "-4000").json()["done"]


def test_clients_may_ask_for_smaller_pages(http: httpx.Client) -> None:
    headers = {"Sforce-Query-Options": "batchSize=250"}
    body = http.get(f"{V}/query", params={"q": SOQL}, headers=headers).json()
    assert len(body["records"]) == 250
    assert body["nextRecordsUrl"].endswith("-250")
    tiny = http.get(f"{V}/query", params={"q": SOQL}, headers={"Sforce-Query-Options": "batchSize=1"})
    assert len(tiny.json()["records"]) == 200


def test_large_child_sets_have_pages_of_their_own(http: httpx.Client) -> None:
    soql = "SELECT Name, (SELECT Id, Name FROM Contacts) FROM Account WHERE Name = 'Crowded'"
    account = http.post(f"{V}/sobjects/Account", json={"Name": "Crowded"}).json()["id"]
    for number in range(205):
        body = {"LastName": f"Child {number:03}", "AccountId": account}
        assert http.post(f"{V}/sobjects/Contact", json=body).status_code == 201
    headers = {"Sforce-Query-Options": "batchSize=200"}
    contacts = http.get(f"{V}/query", params={"q": soql}, headers=headers).json()["records"][0]["Contacts"]
    assert (contacts["totalSize"], contacts["done"], len(contacts["records"])) == (205, False, 200)
    rest = http.get(contacts["nextRecordsUrl"], headers=headers).json()
    assert [record["Name"] for record in rest["records"]] == [
        f"Child {number:03}" for number in range(200, 205)
    ]


def test_rows_changed_meanwhile_keep_their_place(
    http: httpx.Client, select: Callable[[str], dict[str, Any]]
) -> None:
    first = select(SOQL)
    before = http.get(first["nextRecordsUrl"]).json()["records"]
    path = f"{V}/sobjects/Contact/{before[3]['Id']}"
    http.patch(path, json={"LastName": "Aaaa", "FirstName": None})
    after = http.get(first["nextRecordsUrl"]).json()["records"]
    assert [record["Id"] for record in after] == [record["Id"] for record in before]
    assert after[3]["Name"] == "Aaaa"


@pytest.mark.parametrize(
    "locator", ["nonsense", "01g5g00000zzzzzAAA-2000", "01g-", "-", "01g5g0000000001AAA--1"]
)
def test_unknown_locators_are_refused(http: httpx.Client, locator: str) -> None:
    response = http.get(f"{V}/query/{locator}")
    assert response.status_code == 400
    assert response.json() == [{"message": "invalid query locator", "errorCode": "INVALID_QUERY_LOCATOR"}]
