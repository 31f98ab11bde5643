"""Records reached through the relationships of another."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V


@pytest.fixture(scope="module")
def account(http: httpx.Client) -> str:
    """The path of an account with three contacts, none of which has a superior."""
    path: str = http.post(f"{V}/sobjects/Account", json={"Name": "Parent"}).headers["Location"]
    for name in ("One", "Two", "Three"):
        body = {"LastName": name, "AccountId": path.rpartition("/")[2]}
        assert http.post(f"{V}/sobjects/Contact", json=body).status_code == 201
    return path


@pytest.fixture(scope="module")
def contact(http: httpx.Client, account: str) -> str:
    """The path of one of its contacts."""
    path: str = http.get(f"{account}/Contacts").json()["records"][0]["attributes"]["url"]
    return path


def test_children_come_as_the_result_of_a_query(http: httpx.Client, account: str) -> None:
    body = http.get(f"{account}/contacts").json()
    assert (body["totalSize"], body["done"]) == (3, True)
    assert [each["LastName"] for each in body["records"]] == ["One", "Two", "Three"]
    described = [each["name"] for each in http.get(f"{V}/sobjects/Contact/describe").json()["fields"]]
    assert list(body["records"][0]) == ["attributes", *described]


def test_fields_choose_what_is_read_of_children(http: httpx.Client, account: str) -> None:
    records = http.get(f"{account}/Contacts", params={"fields": "lastname, Account.Name,LastName"}).json()
    first: dict[str, Any] = records["records"][0]
    assert list(first) == ["attributes", "LastName", "Account", "Id"]
    assert first["Account"]["Name"] == "Parent"


def test_no_children_are_an_empty_result(http: httpx.Client, account: str) -> None:
    assert http.get(f"{account}/Opportunities").json() == {"totalSize": 0, "done": True, "records": []}


def test_many_children_come_in_pages(http: httpx.Client, server: DemoServer) -> None:
    parent = http.post(f"{V}/sobjects/Account", json={"Name": "Large"}).json()["id"]
    store = server.org.store
    contacts = store.schema["Contact"]
    with store.transaction():
        rows = [{"Id": store.new_id(contacts), "LastName": "x", "AccountId": parent} for _ in range(201)]
        store.insert_many(contacts, [store.with_defaults(contacts, row) for row in rows])
    page = http.get(
        f"{V}/sobjects/Account/{parent}/Contacts",
        params={"fields": "Id"},
        headers={"Sforce-Query-Options": "batchSize=200"},
    ).json()
    assert (page["totalSize"], len(page["records"]), page["done"]) == (201, 200, False)
    rest = http.get(page["nextRecordsUrl"]).json()
    assert (len(rest["records"]), rest["done"]) == (1, True)


def test_a_parent_is_one_record(http: httpx.Client, account: str, contact: str) -> None:
    response = http.get(f"{contact}/Account")
    assert response.json() == http.get(account).json()
    assert response.headers["ETag"]
    assert list(http.get(f"{contact}/Account", params={"fields": "Name"}).json()) == [
        "attributes",
        "Name",
        "Id",
    ]


def test_parents_lead_on_to_parents_and_to_children(http: httpx.Client, account: str, contact: str) -> None:
    owner = http.get(f"{contact}/Account/Owner").json()
    assert owner["attributes"]["type"] == "User"
    assert http.get(f"{contact}/Account/CreatedBy/Profile").json()["attributes"]["type"] == "Profile"
    assert http.get(f"{contact}/Account/Contacts").json()["totalSize"] == 3


def test_a_parent_can_be_changed_and_deleted(http: httpx.Client) -> None:
    parent = http.post(f"{V}/sobjects/Account", json={"Name": "Old"}).json()["id"]
    body = {"LastName": "x", "AccountId": parent}
    child = http.post(f"{V}/sobjects/Contact", json=body).headers["Location"]
    assert http.patch(f"{child}/Account", json={"Name": "New"}).status_code == 204
    assert http.get(f"{child}/Account").json()["Name"] == "New"
    assert http.delete(f"{child}/Account").status_code == 204
    assert http.get(f"{V}/sobjects/Account/{parent}").json()[0]["errorCode"] == "ENTITY_IS_DELETED"


def test_children_can_only_be_read(http: httpx.Client, account: str) -> None:
    for response in (http.patch(f"{account}/Contacts", json={}), http.delete(f"{account}/Contacts")):
        assert (response.status_code, response.json()[0]["errorCode"]) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(
    "way",
    [
        "ReportsTo",  # empty
        "ReportsTo/Account",
        "Nothing",
        "Account/Nothing",
        "Account/Contacts/Account",  # children lead no further
        "Account/Owner/Manager/Manager/Manager/Manager",
        "Account/Name",
    ],
)
def test_a_way_that_leads_nowhere_is_not_found(http: httpx.Client, contact: str, way: str) -> None:
    response = http.get(f"{contact}/{way}")
    assert (response.status_code, response.json()[0]["errorCode"]) == (404, "NOT_FOUND")


def test_a_record_that_is_not_there_has_no_relations(http: httpx.Client, account: str) -> None:
    gone = http.post(f"{V}/sobjects/Account", json={"Name": "Gone"}).headers["Location"]
    http.delete(gone)
    for path in (f"{gone}/Contacts", f"{V}/sobjects/Account/0015g00000zzzzz/Contacts"):
        assert http.get(path).status_code == 404
    old = account.replace("v60", "v35")
    assert http.get(f"{old}/Contacts").status_code == 404


@pytest.mark.parametrize("fields", ["Nope", "Id FROM User --", "Name, (SELECT Id FROM Cases)", "a..b", "'"])
def test_wrong_fields_are_refused(http: httpx.Client, account: str, fields: str) -> None:
    response = http.get(f"{account}/Contacts", params={"fields": fields})
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_FIELD")
