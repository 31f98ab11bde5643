"""What changed between versions of the API is changed between them here too."""

from __future__ import annotations

import httpx
import pytest

from sfexplorer.demo.web.call import NEWEST_VERSION, OLDEST_VERSION
from tests.demo.conftest import V

ACCOUNT = "/sobjects/Account/0015g0000000001AAA"


def at(version: int, path: str) -> str:
    return f"/services/data/v{version}.0{path}"


@pytest.mark.parametrize("version", [OLDEST_VERSION, 29, 37, 46, NEWEST_VERSION])
def test_every_version_serves_a_record_at_its_own_paths(http: httpx.Client, version: int) -> None:
    record = http.get(at(version, ACCOUNT)).json()
    assert record["attributes"]["url"] == at(version, ACCOUNT)
    item = http.get(at(version, "/sobjects/Account")).json()["objectDescribe"]
    assert all(url.startswith(at(version, "/sobjects/Account")) for url in item["urls"].values())
    for name, url in item["urls"].items():
        if name != "rowTemplate":
            assert http.get(url).status_code == 200, url


@pytest.mark.parametrize(("version", "has"), [(29, False), (30, True)])
def test_addresses_came_with_version_30(http: httpx.Client, version: int, has: bool) -> None:
    described = {
        each["name"] for each in http.get(at(version, "/sobjects/Account/describe")).json()["fields"]
    }
    record = http.get(at(version, ACCOUNT)).json()
    assert ("BillingAddress" in described, "BillingAddress" in record) == (has, has)
    assert "BillingCity" in record
    contacts = http.get(at(version, f"{ACCOUNT}/Contacts"))
    assert contacts.status_code == 404


def test_children_have_the_fields_of_their_version(http: httpx.Client) -> None:
    first = http.get(at(36, f"{ACCOUNT}/Contacts")).json()["records"][0]
    assert "MailingAddress" in first


@pytest.mark.parametrize(("version", "status"), [(36, 404), (37, 201)])
def test_an_upsert_without_an_id_adds_since_version_37(http: httpx.Client, version: int, status: int) -> None:
    response = http.post(at(version, "/sobjects/Contact/Id"), json={"LastName": "By id"})
    assert response.status_code == status
    rest = http.post(at(version, "/sobjects/Contact/0035g0000000001AAA"), json={"LastName": "x"})
    assert (rest.status_code, rest.json()[0]["errorCode"]) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(("version", "status"), [(45, 204), (46, 200)])
def test_an_upsert_that_changes_has_a_body_since_version_46(
    http: httpx.Client, version: int, status: int
) -> None:
    path = at(version, "/sobjects/Account/External_Id__c/V-1")
    http.patch(path, json={"Name": "first"})
    assert http.patch(path, json={"Name": "second"}).status_code == status


@pytest.mark.parametrize("version", [OLDEST_VERSION - 1, NEWEST_VERSION + 1])
def test_other_versions_are_not_found(http: httpx.Client, version: int) -> None:
    assert http.get(at(version, "/sobjects")).status_code == 404
    assert V in http.get(f"{V}").json()["sobjects"]
