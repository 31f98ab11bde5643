"""The recycle bin: what goes along, what holds back, what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

Make = Callable[..., str]


@pytest.fixture
def make(http: httpx.Client) -> Make:
    """Makes a record and gives its id."""

    def made(type: str, **fields: Any) -> str:
        response = http.post(f"{V}/sobjects/{type}", json=fields)
        assert response.status_code == 201, response.text
        return str(response.json()["id"])

    return made


def _status(http: httpx.Client, type: str, id: str) -> str:
    response = http.get(f"{V}/sobjects/{type}/{id}")
    return "there" if response.status_code == 200 else str(response.json()[0]["errorCode"])


def test_a_contact_with_cases_is_held_back_by_its_name_and_theirs(http: httpx.Client, make: Make) -> None:
    contact = make("Contact", Salutation="Mr.", FirstName="Josh", LastName="Davis")
    numbers = []
    for _ in range(2):
        case = make("Case", Subject="x", ContactId=contact)
        numbers.append(http.get(f"{V}/sobjects/Case/{case}").json()["CaseNumber"])
    refused = http.delete(f"{V}/sobjects/Contact/{contact}")
    assert (refused.status_code, refused.json()) == (
        400,
        [
            {
                "message": "Your attempt to delete Mr. Josh Davis could not be completed because it is "
                f"associated with the following cases.: {', '.join(numbers)}\n",
                "errorCode": "DELETE_FAILED",
                "fields": [],
            }
        ],
    )
    assert _status(http, "Contact", contact) == "there"


def test_what_holds_a_child_back_holds_its_parent_and_nothing_is_deleted(
    http: httpx.Client, make: Make
) -> None:
    account = make("Account", Name="Parent")
    free, held = (make("Contact", LastName=each, AccountId=account) for each in ("Free", "Held"))
    case = make("Case", Subject="x", ContactId=held)
    http.patch(f"{V}/sobjects/Case/{case}", json={"AccountId": None})
    refused = http.delete(f"{V}/sobjects/Account/{account}").json()[0]
    assert refused["errorCode"] == "DELETE_FAILED"
    assert "delete Held could" in refused["message"]
    assert [_status(http, "Contact", each) for each in (free, held)] == ["there", "there"]
    assert _status(http, "Account", account) == "there"


def test_an_account_takes_contacts_deals_and_their_products_along(http: httpx.Client, make: Make) -> None:
    account = make("Account", Name="Doomed")
    contact = make("Contact", LastName="x", AccountId=account)
    deal = {"Name": "x", "StageName": "Prospecting", "CloseDate": "2026-12-31", "AccountId": account}
    opportunity = make("Opportunity", **deal)
    quote = make("Quote", Name="q", OpportunityId=opportunity)
    assert http.delete(f"{V}/sobjects/Account/{account}").status_code == 204
    gone = [("Contact", contact), ("Opportunity", opportunity), ("Quote", quote)]
    assert {_status(http, *each) for each in gone} == {"ENTITY_IS_DELETED"}


def test_describe_and_behaviour_agree(http: httpx.Client) -> None:
    children = http.get(f"{V}/sobjects/Account/describe").json()["childRelationships"]
    told = {each["relationshipName"]: (each["cascadeDelete"], each["restrictedDelete"]) for each in children}
    assert told["Contacts"] == told["Opportunities"] == (True, False)
    assert told["Cases"] == told["Invoices__r"] == (False, True)
    assert told["acme__Sites__r"] == (False, False)


def test_what_was_deleted_together_comes_back_together(
    server: DemoServer, http: httpx.Client, make: Make
) -> None:
    site = make("acme__Site__c", Name="Site")
    details = [make("acme__Inspection__c", acme__Site__c=site, acme__Date__c="2026-01-01") for _ in range(3)]
    path = f"{V}/sobjects/acme__Site__c/{site}"
    http.delete(f"{V}/sobjects/acme__Inspection__c/{details[0]}")
    assert http.get(path).json()["acme__Inspections__c"] == 2.0
    assert http.delete(path).status_code == 204
    server.undelete(site)
    found = [_status(http, "acme__Inspection__c", each) for each in details]
    assert found == ["ENTITY_IS_DELETED", "there", "there"]
    server.undelete(details[0])
    assert http.get(path).json()["acme__Inspections__c"] == 3.0


def test_only_what_is_in_the_recycle_bin_comes_back(server: DemoServer, make: Make) -> None:
    for each in (make("Account", Name="There"), "0015g00000zzzzzAAA", "nonsense"):
        with pytest.raises(Refusal, match="invalid cross reference id"):
            server.undelete(each)


def test_deleting_and_restoring_are_changes_of_their_own(
    server: DemoServer, http: httpx.Client, make: Make
) -> None:
    account = make("Account", Name="x")
    query = {"q": f"SELECT SystemModstamp, IsDeleted FROM Account WHERE Id = '{account}'"}
    stamps = []
    for step in (
        lambda: None,
        lambda: http.delete(f"{V}/sobjects/Account/{account}"),
        lambda: server.undelete(account),
    ):
        step()
        (row,) = http.get(f"{V}/queryAll", params=query).json()["records"]
        stamps.append((row["SystemModstamp"], row["IsDeleted"]))
    assert [deleted for _, deleted in stamps] == [False, True, False]
    assert sorted(stamps) == stamps
    assert len({stamp for stamp, _ in stamps}) == 3
