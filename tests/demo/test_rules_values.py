"""What follows from a record's values: copies, moments, counts, record types, formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.demo.conftest import V

Select = Callable[[str], dict[str, Any]]


@pytest.fixture
def make(http: httpx.Client) -> Callable[..., str]:
    """Makes a record and gives its path."""

    def made(type: str, **fields: Any) -> str:
        response = http.post(f"{V}/sobjects/{type}", json=fields)
        assert response.status_code == 201, response.text
        return str(response.headers["Location"])

    return made


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


@pytest.fixture
def deal(make: Callable[..., str]) -> str:
    return make("Opportunity", Name="Deal", StageName="Prospecting", CloseDate="2026-12-31", Amount=5)


@pytest.fixture
def entry(select: Select) -> dict[str, Any]:
    query = "SELECT Id, UnitPrice, Product2Id, ProductCode FROM PricebookEntry WHERE UnitPrice = 45.5"
    return dict(select(query)["records"][0])


def test_an_amount_comes_from_the_products_while_there_are_some(
    http: httpx.Client, make: Callable[..., str], deal: str, entry: dict[str, Any]
) -> None:
    line = {"OpportunityId": id_of(deal), "PricebookEntryId": entry["Id"], "Quantity": 2}
    first, second = make("OpportunityLineItem", **line), make("OpportunityLineItem", **line, UnitPrice=9)
    item = http.get(first).json()
    assert (item["UnitPrice"], item["ListPrice"], item["TotalPrice"]) == (45.5, 45.5, 91.0)
    assert (item["Product2Id"], item["ProductCode"]) == (entry["Product2Id"], entry["ProductCode"])
    record = http.get(deal).json()
    assert (record["Amount"], record["TotalOpportunityQuantity"], record["ExpectedRevenue"]) == (
        109.0,
        4.0,
        10.9,
    )
    assert record["HasOpportunityLineItem"] is True
    # Salesforce takes such a change and leaves the amount as it is.
    assert http.patch(deal, json={"Amount": 1}).status_code == 204
    assert http.get(deal).json()["Amount"] == 109.0
    assert http.patch(first, json={"Quantity": 4}).status_code == 204
    assert http.get(deal).json()["Amount"] == 200.0
    for each in (first, second):
        http.delete(each)
    record = http.get(deal).json()
    assert record["HasOpportunityLineItem"] is False
    assert http.patch(deal, json={"Amount": 7}).status_code == 204
    assert http.get(deal).json()["Amount"] == 7.0


def test_counting_stamps_the_parent(
    http: httpx.Client, make: Callable[..., str], deal: str, entry: dict[str, Any]
) -> None:
    before = http.get(deal).json()["SystemModstamp"]
    make("OpportunityLineItem", OpportunityId=id_of(deal), PricebookEntryId=entry["Id"], Quantity=1)
    assert http.get(deal).json()["SystemModstamp"] > before


def test_counts_go_on_to_the_parents_of_parents(
    http: httpx.Client, make: Callable[..., str], entry: dict[str, Any]
) -> None:
    campaign = make("Campaign", Name="Counted")
    fields = {"StageName": "Closed Won", "CloseDate": "2026-12-31", "CampaignId": id_of(campaign)}
    won = make("Opportunity", Name="Won", **fields)
    make("OpportunityLineItem", OpportunityId=id_of(won), PricebookEntryId=entry["Id"], Quantity=2)
    record = http.get(campaign).json()
    counted = [record[name] for name in ("NumberOfOpportunities", "NumberOfWonOpportunities")]
    assert (counted, record["AmountAllOpportunities"]) == ([1, 1], 91.0)
    assert http.patch(won, json={"CampaignId": None}).status_code == 204
    assert http.get(campaign).json()["NumberOfOpportunities"] == 0


def test_a_stage_brings_its_fields(http: httpx.Client, deal: str) -> None:
    names = ("Probability", "IsClosed", "IsWon", "ForecastCategory", "ForecastCategoryName")
    before = http.get(deal).json()
    assert [before[name] for name in names] == [10.0, False, False, "Pipeline", "Pipeline"]
    http.patch(deal, json={"StageName": "Closed Won"})
    after = http.get(deal).json()
    assert [after[name] for name in names] == [100.0, True, True, "Closed", "Closed"]
    assert after["LastStageChangeDate"] > before["LastStageChangeDate"]
    http.patch(deal, json={"NextStep": "Wait"})
    assert http.get(deal).json()["LastStageChangeDate"] == after["LastStageChangeDate"]


def test_a_case_knows_its_contact_and_when_it_was_closed(
    http: httpx.Client, make: Callable[..., str]
) -> None:
    account = id_of(make("Account", Name="Case account"))
    contact = make("Contact", LastName="Caller", Phone="1", Email="c@d.example", AccountId=account)
    case = make("Case", Subject="x", ContactId=id_of(contact))
    record = http.get(case).json()
    assert (record["ContactPhone"], record["ContactEmail"]) == ("1", "c@d.example")
    assert (record["AccountId"], record["IsClosed"], record["ClosedDate"]) == (account, False, None)
    http.patch(case, json={"Status": "Closed"})
    assert http.get(case).json()["ClosedDate"] is not None
    http.patch(case, json={"Status": "New", "ContactId": None})
    record = http.get(case).json()
    assert (record["ClosedDate"], record["ContactPhone"], record["AccountId"]) == (None, None, account)


@pytest.mark.parametrize("what", ["Account", "Opportunity"])
def test_an_activity_belongs_to_the_account_of_what_it_is_about(
    http: httpx.Client, make: Callable[..., str], what: str
) -> None:
    account = id_of(make("Account", Name="Active"))
    deal = {"Name": "x", "StageName": "Prospecting", "CloseDate": "2026-12-31", "AccountId": account}
    about = account if what == "Account" else id_of(make("Opportunity", **deal))
    assert http.get(make("Task", Subject="Call", WhatId=about)).json()["AccountId"] == account


def test_a_campaign_member_is_called_like_its_person(http: httpx.Client, make: Callable[..., str]) -> None:
    campaign, lead = (
        make("Campaign", Name="c"),
        make("Lead", LastName="Last", FirstName="First", Company="Co"),
    )
    member = make("CampaignMember", CampaignId=id_of(campaign), LeadId=id_of(lead), Status="Responded")
    record = http.get(member).json()
    assert (record["Name"], record["CompanyOrAccount"], record["Type"]) == ("First Last", "Co", "Lead")
    assert (record["HasResponded"], len(record["FirstRespondedDate"])) == (True, len("2026-11-24"))
    counted = http.get(campaign).json()
    assert (counted["NumberOfLeads"], counted["NumberOfContacts"], counted["NumberOfResponses"]) == (1, 0, 1)


@pytest.fixture
def record_types(select: Select) -> dict[str, str]:
    found = select("SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Opportunity'")["records"]
    return {each["DeveloperName"]: each["Id"] for each in found}


def test_a_new_record_gets_the_default_record_type_or_the_defaults_of_its_own(
    http: httpx.Client, make: Callable[..., str], record_types: dict[str, str], deal: str
) -> None:
    record = http.get(deal).json()
    assert (record["RecordTypeId"], record["Type"]) == (record_types["New_Business"], None)
    fields = {"Name": "x", "StageName": "Prospecting", "CloseDate": "2026-12-31"}
    renewal = http.get(make("Opportunity", **fields, RecordTypeId=record_types["Renewal"])).json()
    assert (renewal["Type"], renewal["NextStep"]) == (
        "Existing Customer - Upgrade",
        "Check the running contract",
    )
    own = http.get(make("Opportunity", **fields, RecordTypeId=record_types["Renewal"], Type="New Customer"))
    assert own.json()["Type"] == "New Customer"
    http.patch(deal, json={"RecordTypeId": "012000000000000AAA"})
    assert http.get(deal).json()["RecordTypeId"] is None


def test_the_describe_tells_the_record_types(http: httpx.Client, record_types: dict[str, str]) -> None:
    infos = http.get(f"{V}/sobjects/Opportunity/describe").json()["recordTypeInfos"]
    told = [(each["developerName"], each["defaultRecordTypeMapping"], each["master"]) for each in infos]
    assert told == [("New_Business", True, False), ("Renewal", False, False), ("Master", False, True)]
    assert [each["recordTypeId"] for each in infos[:2]] == list(record_types.values())


def test_an_invoice_is_numbered_counted_and_computed(http: httpx.Client, make: Callable[..., str]) -> None:
    account = id_of(make("Account", Name="Invoiced"))
    first, invoice = make("Invoice__c", Account__c=account), make("Invoice__c", Account__c=account)
    numbers = [http.get(each).json()["Name"] for each in (first, invoice)]
    assert [int(each.removeprefix("INV-")) for each in numbers] == [1320, 1321]
    for price in (10, 2.5):
        make("Invoice_Line__c", Invoice__c=id_of(invoice), Quantity__c=2, Unit_Price__c=price)
    record = http.get(invoice).json()
    assert (record["Net__c"], record["Tax_Rate__c"], record["Gross__c"]) == (25.0, 20.0, 30.0)


def test_a_site_shows_its_place_and_only_the_end_of_its_code(
    http: httpx.Client, make: Callable[..., str], select: Select
) -> None:
    place = {"acme__Position__Latitude__s": 52.5, "acme__Position__Longitude__s": 13.4}
    site = make("acme__Site__c", Name="Depot", acme__Gate_Code__c="1234-5678", **place)
    record = http.get(site).json()
    assert record["acme__Position__c"] == {"latitude": 52.5, "longitude": 13.4}
    assert record["acme__Gate_Code__c"] == "*****5678"
    assert (record["acme__Inspections__c"], record["acme__Last_Inspection__c"]) == (0.0, None)
    query = f"SELECT acme__Gate_Code__c FROM acme__Site__c WHERE Id = '{record['Id']}'"
    assert select(query)["records"][0]["acme__Gate_Code__c"] == "*****5678"
    http.patch(site, json={"acme__Gate_Code__c": "99"})
    assert http.get(site).json()["acme__Gate_Code__c"] == "99"
