"""Pages of a query: locators for any offset, level in what they hold, refused when they mean nothing."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.plan import read_plan
from sfexplorer.demo.executor.scope import type_scope
from sfexplorer.demo.executor.selection import Selection
from sfexplorer.demo.executor.snapshots import Snapshots
from sfexplorer.demo.objects import load_schema
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


def is_refused(response: httpx.Response) -> bool:
    return (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_QUERY_LOCATOR")


def test_locators_expire_on_demand(http: httpx.Client, select: Callable[[str], dict[str, Any]]) -> None:
    following = select(SOQL)["nextRecordsUrl"]
    assert http.get(following).status_code == 200
    assert http.delete("/__demo__/locators").status_code == 204
    assert is_refused(http.get(following))


def test_locators_are_good_for_two_days_and_the_oldest_make_room() -> None:
    now = 0.0
    snapshots = Snapshots(clock=lambda: now, most_numbers=100)
    scope = type_scope(Context(load_schema()), load_schema()["Account"])
    plan = read_plan(scope, Selection(scope))
    old = snapshots.keep(plan, array("I", range(60)), "005")
    assert len(snapshots.find(f"{old}-20", "005")[1].numbers) == 60
    with pytest.raises(Refusal, match="invalid query locator"):
        snapshots.find(f"{old}-20", "somebody else")
    now = 3 * 24 * 3600.0
    with pytest.raises(Refusal, match="invalid query locator"):
        snapshots.find(f"{old}-20", "005")
    first = snapshots.keep(plan, array("I", range(60)), "005")
    second = snapshots.keep(plan, array("I", range(60)), "005")
    assert snapshots.find(f"{second}-20", "005")
    with pytest.raises(Refusal, match="invalid query locator"):
        snapshots.find(f"{first}-20", "005")


def test_deleted_rows_are_paged_by_either_path(http: httpx.Client) -> None:
    made = http.post(f"{V}/sobjects/Contact", json={"LastName": "Zzzz Gone"}).headers["Location"]
    assert http.delete(made).status_code == 204
    soql = "SELECT Id, Name, IsDeleted FROM Contact ORDER BY LastName DESC"
    gone = http.get(f"{V}/queryAll", params={"q": soql}).json()
    live = http.get(f"{V}/query", params={"q": soql}).json()
    whole = http.get(f"{V}/query", params={"q": f"{soql} ALL ROWS"}).json()
    assert gone["totalSize"] == whole["totalSize"] > live["totalSize"]
    assert not any(record["IsDeleted"] for record in live["records"])
    pages = walk(http, gone)
    assert any(record["IsDeleted"] for page in pages for record in page["records"])
    other = gone["nextRecordsUrl"].replace("/query/", "/queryAll/")
    assert http.get(other).json()["records"] == pages[1]["records"]


def test_pages_with_many_children_are_cut_short(http: httpx.Client) -> None:
    headers = {"Sforce-Query-Options": "batchSize=200"}
    soql = "SELECT Id, (SELECT Id FROM Contacts), (SELECT Id FROM Opportunities) FROM Account"
    first = http.get(f"{V}/query", params={"q": soql}, headers=headers).json()
    pages = [first]
    while not pages[-1]["done"]:
        pages.append(http.get(pages[-1]["nextRecordsUrl"], headers=headers).json())
    found = [record["Id"] for page in pages for record in page["records"]]
    assert len(found) == len(set(found)) == first["totalSize"]


def test_records_that_are_queried_for_view_are_recent(http: httpx.Client) -> None:
    soql = "SELECT Id, LastViewedDate, LastReferencedDate FROM Account ORDER BY Name DESC LIMIT 1"
    before = http.get(f"{V}/query", params={"q": f"{soql} FOR VIEW"}).json()["records"][0]
    after = http.get(f"{V}/query", params={"q": soql}).json()["records"][0]
    assert after["LastViewedDate"] != before["LastViewedDate"]
    assert after["LastViewedDate"] == after["LastReferencedDate"]
    assert http.get(f"{V}/recent").json()[0]["Id"] == after["Id"]
