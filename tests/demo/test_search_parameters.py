"""Searches by parameters: the same answers as by SOSL, whichever way the parameters come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.demo.conftest import Records, V

PATH = f"{V}/parameterizedSearch"
Post = Callable[..., Records]


@pytest.fixture(scope="module")
def post(http: httpx.Client) -> Post:
    """Answers a search that must succeed."""

    def answer(q: str, **members: Any) -> Records:
        response = http.post(PATH, json={"q": q, **members})
        assert response.status_code == 200, response.text
        records: Records = response.json()["searchRecords"]
        return records

    return answer


def by_sosl(http: httpx.Client, sosl: str) -> Any:
    return http.get(f"{V}/search", params={"q": sosl}).json()["searchRecords"]


def test_a_text_alone_is_looked_for_everywhere(http: httpx.Client, post: Post) -> None:
    everywhere = by_sosl(http, "FIND {lovelace}")
    assert len(everywhere) > 1
    assert post("lovelace") == everywhere
    assert http.get(PATH, params={"q": "lovelace"}).json()["searchRecords"] == everywhere


def test_members_and_query_parameters_mean_the_same(http: httpx.Client, post: Post) -> None:
    sosl = "FIND {e*ergy OR power} IN NAME FIELDS RETURNING Contact(Id), "
    sosl += "Account(Name, Owner.Name WHERE Industry != null ORDER BY Name DESC LIMIT 3), Lead(Id)"
    expected = by_sosl(http, sosl)
    account = {
        "name": "Account",
        "fields": ["Name", "Owner.Name"],
        "where": "Industry != null",
        "orderBy": "Name DESC",
        "limit": 3,
    }
    members = {"sobjects": [{"name": "Contact"}, account, {"name": "Lead"}], "fields": ["Id"], "in": "name"}
    assert len(expected) >= 3
    assert post("e*ergy OR power", **members) == expected
    query = "q=e*ergy OR power&sobject=Contact&sobject=Account&sobject=Lead&fields=Id&in=NAME&Account.limit=3"
    query += "&Account.fields=Name,Owner.Name&Account.where=Industry != null&Account.orderBy=Name DESC"
    assert http.get(f"{PATH}?{query}").json()["searchRecords"] == expected


def test_limits_bound_each_sobject_and_all_together(post: Post) -> None:
    both = ["Contact", "Account"]
    sobjects = [{"name": name, "fields": ["Id"]} for name in both]
    assert len(post("example", sobjects=sobjects, defaultLimit=3)) == 6
    assert len(post("example", sobjects=sobjects, defaultLimit="3", overallLimit=4)) == 4
    assert len(post("example", sobjects=sobjects, overallLimit=10**30)) == 2000
    assert post("example", sobjects=sobjects, overallLimit=0) == []
    one = [{"name": "Contact", "fields": ["Id"], "orderBy": "Id"}]
    assert post("example", sobjects=one, offset=2, overallLimit=3) == post("example", sobjects=one)[2:5]


def test_a_text_that_is_no_search_is_found_as_it_stands(http: httpx.Client, post: Post) -> None:
    created = http.post(f"{V}/sobjects/Account", json={"Name": "Vexforth & Partners (Oslo)"}).json()["id"]
    wanted = [{"name": "Account", "fields": ["Id"]}]
    for text in (
        "Vexforth & Partners (Oslo",
        "vexforth!",
        "VEXFORTH | partners",
        'vexforth "partners',
        "{vexforth}",
    ):
        assert [record["Id"] for record in post(text, sobjects=wanted)] == [created], text
    http.delete(f"{V}/sobjects/Account/{created}")


def test_labels_and_excerpts_can_be_asked_for(http: httpx.Client) -> None:
    body = {"q": "lovelace", "sobjects": [{"name": "Contact", "fields": ["Phone"]}], "metadata": "LABELS"}
    told = http.post(PATH, json=body).json()["metadata"]
    assert told == {
        "entityetadata": [
            {"entityName": "Contact", "fieldMetadata": [{"name": "Phone", "label": "Business Phone"}]}
        ]
    }


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({}, "MALFORMED_SEARCH"),
        ({"q": "a"}, "INVALID_SEARCH"),
        ({"q": 5, "sobjects": 7}, "JSON_PARSER_ERROR"),
        ({"q": "acme", "in": "EVERY"}, "MALFORMED_SEARCH"),
        ({"q": "acme", "overallLimit": -1}, "MALFORMED_SEARCH"),
        ({"q": "acme", "offset": 3}, "MALFORMED_SEARCH"),
        ({"q": "acme", "sobjects": [{"name": "Account"}], "offset": 2001}, "NUMBER_OUTSIDE_VALID_RANGE"),
        ({"q": "acme", "sobjects": [{"name": "Foo"}]}, "INVALID_TYPE"),
        ({"q": "acme", "sobjects": [{"name": "Group"}]}, "INVALID_TYPE"),
        ({"q": "acme", "sobjects": [{"name": "Account", "fields": ["Nmae"]}]}, "INVALID_FIELD"),
        ({"q": "acme", "sobjects": [{"name": "Account", "where": "Name = "}]}, "MALFORMED_SEARCH"),
    ],
)
def test_wrong_parameters_are_refused(http: httpx.Client, members: dict[str, Any], code: str) -> None:
    response = http.post(PATH, json=members)
    assert response.status_code == 400, response.text
    assert [error["errorCode"] for error in response.json()] == [code]


@pytest.mark.parametrize(
    "account",
    [
        {"fields": ["Id FROM Contact WHERE Name != null"]},
        {"fields": ["Id FROM Contact LIMIT 1"]},
        {"fields": ["(SELECT Id FROM Contacts)"]},
        {"fields": ["COUNT(Id)"]},
        {"fields": ["COUNT()"]},
        {"fields": ["Id, Name FROM Contact c, c.Account"]},
        {"where": "Id != null GROUP BY Id"},
        {"where": "Id != null ORDER BY Name"},
        {"where": "Id != null LIMIT 5"},
        {"where": "Id != null ALL ROWS"},
        {"where": "Id != null FOR VIEW"},
        {"orderBy": "Name LIMIT 5"},
        {"orderBy": "Name) UNION SELECT 1"},
        {"where": "Name = 'x' OR '1' = '1'"},
        {"where": '"IsDeleted" = 1'},
    ],
)
def test_no_parameter_brings_in_another_clause(http: httpx.Client, account: dict[str, Any]) -> None:
    response = http.post(PATH, json={"q": "lovelace", "sobjects": [{"name": "Account", **account}]})
    assert response.status_code == 400, response.text
    assert response.json()[0]["errorCode"] in ("MALFORMED_SEARCH", "INVALID_FIELD")


@pytest.mark.parametrize("text", ["x} RETURNING User {yy", "x} LIMIT 1 {", "ab\\", "}", "'; DROP TABLE User"])
def test_no_text_ends_before_its_end(http: httpx.Client, text: str) -> None:
    response = http.post(PATH, json={"q": text, "sobjects": [{"name": "Contact"}]})
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert {record["attributes"]["type"] for record in response.json()["searchRecords"]} <= {"Contact"}


def test_the_resource_is_as_old_as_version_36(http: httpx.Client) -> None:
    assert http.get("/services/data/v35.0/parameterizedSearch", params={"q": "lovelace"}).status_code == 404
    assert http.get("/services/data/v36.0/parameterizedSearch", params={"q": "lovelace"}).status_code == 200


def test_a_long_text_can_be_posted(post: Post) -> None:
    assert post(" AND ".join(["lovelace"] * 300), sobjects=[{"name": "User"}])
    assert post("lovelace " * 20_000, sobjects=[{"name": "User"}]) == []
