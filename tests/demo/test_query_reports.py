"""What can be asked about a query rather than by it: its columns and its plans."""

from __future__ import annotations

from typing import Any

import httpx

from tests.demo.conftest import V


def asked(http: httpx.Client, **parameters: str) -> dict[str, Any]:
    response = http.get(f"{V}/query", params=parameters)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_columns_tell_the_types_of_what_is_selected(http: httpx.Client) -> None:
    body = asked(http, q="SELECT Id, AnnualRevenue, IsDeleted FROM Account", columns="true")
    assert (body["entityName"], body["keyPrefix"], body["groupBy"]) == ("Account", "001", False)
    first, revenue, deleted = body["columnMetadata"]
    assert first == {
        "aggregate": False,
        "apexType": "Id",
        "booleanType": False,
        "columnName": "Id",
        "custom": False,
        "displayName": "Id",
        "foreignKeyName": None,
        "insertable": False,
        "joinColumns": [],
        "numberType": False,
        "textType": False,
        "updatable": False,
    }
    assert (revenue["numberType"], revenue["updatable"]) == (True, True)
    assert deleted["booleanType"]


def test_columns_of_parents_and_children_are_joined(http: httpx.Client) -> None:
    soql = "SELECT Account.Name, Account.Owner.Name, (SELECT Subject FROM Cases) FROM Contact"
    account, cases = asked(http, q=soql, columns="true")["columnMetadata"]
    assert (account["columnName"], account["aggregate"]) == ("Account", False)
    name, owner = account["joinColumns"]
    assert (name["columnName"], owner["joinColumns"][0]["columnName"]) == ("Name", "Name")
    assert (cases["columnName"], cases["aggregate"]) == ("Cases", True)
    assert [each["columnName"] for each in cases["joinColumns"]] == ["Subject"]


def test_columns_of_functions_are_aggregates_under_their_keys(http: httpx.Client) -> None:
    soql = "SELECT Industry, COUNT(Id), MAX(Name) most FROM Account GROUP BY Industry"
    columns = asked(http, q=soql, columns="true")["columnMetadata"]
    assert [(each["displayName"], each["aggregate"]) for each in columns] == [
        ("Industry", False),
        ("expr0", True),
        ("most", True),
    ]


def test_plans_rest_on_the_indexes_and_rows_that_there_are(http: httpx.Client) -> None:
    account = asked(http, q="SELECT AccountId FROM Contact WHERE AccountId != null LIMIT 1")["records"][0]
    soql = f"SELECT Id FROM Contact WHERE AccountId = '{account['AccountId']}' AND Title = 'CEO'"
    body = asked(http, explain=soql)
    assert body["sourceQuery"] == soql
    cheapest, scan = body["plans"]
    counted = f"SELECT COUNT() FROM Contact WHERE AccountId = '{account['AccountId']}'"
    assert cheapest["cardinality"] == asked(http, q=counted)["totalSize"]
    assert (cheapest["leadingOperationType"], cheapest["fields"]) == ("Index", ["AccountId"])
    assert (scan["leadingOperationType"], scan["fields"]) == ("TableScan", [])
    assert cheapest["relativeCost"] < scan["relativeCost"]
    assert scan["sobjectCardinality"] == asked(http, q="SELECT COUNT() FROM Contact")["totalSize"]
    assert ["Title"] in [note["fields"] for note in scan["notes"]]


def test_wrong_queries_have_neither_columns_nor_plans(http: httpx.Client) -> None:
    wrong = "SELECT Nmae FROM Account"
    for parameters in ({"q": wrong, "columns": "true"}, {"explain": wrong}):
        response = http.get(f"{V}/query", params=parameters)
        assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_FIELD")
