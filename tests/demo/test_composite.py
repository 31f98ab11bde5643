"""Composite requests: later ones use the answers of earlier ones, and all may be one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

V = "/services/data/v60.0"
ROLLED_BACK = [
    {
        "errorCode": "PROCESSING_HALTED",
        "message": "The transaction was rolled back since another operation in the same transaction failed.",
    }
]
Ask = Callable[..., list[dict[str, Any]]]
Select = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def ask(http: httpx.Client) -> Ask:
    """The answers to a composite request that is good as a whole."""

    def answer(*subrequests: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
        response = http.post(f"{V}/composite", json={"compositeRequest": subrequests, **options})
        assert response.status_code == 200, response.text
        answers: list[dict[str, Any]] = response.json()["compositeResponse"]
        return answers

    return answer


def creation(name: str, type: str = "Account", **fields: Any) -> dict[str, Any]:
    return {"method": "POST", "url": f"{V}/sobjects/{type}", "referenceId": name, "body": fields}


def get(name: str, path: str, **headers: str) -> dict[str, Any]:
    return {"method": "GET", "url": f"{V}/{path}", "referenceId": name, "httpHeaders": headers}


def test_a_record_is_created_and_a_child_refers_to_it(ask: Ask, select: Select) -> None:
    parent, child, read = ask(
        creation("A", Name="Lantern & Co"),
        creation("B", "Contact", LastName="Ray", AccountId="@{A.id}"),
        get("C", "query?q=SELECT Account.Name FROM Contact WHERE Id = '@{B.id}'"),
    )
    assert (parent["httpStatusCode"], parent["referenceId"]) == (201, "A")
    assert parent["body"] == {"id": parent["body"]["id"], "success": True, "errors": []}
    assert parent["httpHeaders"] == {"Location": f"{V}/sobjects/Account/{parent['body']['id']}"}
    assert child["httpStatusCode"] == 201
    assert read["body"]["records"][0]["Account"]["Name"] == "Lantern & Co"
    assert select(f"SELECT Id FROM Contact WHERE AccountId = '{parent['body']['id']}'")["totalSize"] == 1


def test_a_whole_reference_keeps_its_type_and_one_within_a_text_becomes_text(ask: Ask) -> None:
    account, _, _, copied = ask(
        creation("A", Name="Seventy", NumberOfEmployees=70),
        get("B", "sobjects/Account/@{A.id}"),
        creation("C", NumberOfEmployees="@{B.NumberOfEmployees}", Name="@{B.Name} of @{B.NumberOfEmployees}"),
        get("D", "sobjects/Account/@{C.id}?fields=Name,NumberOfEmployees"),
    )
    assert account["httpStatusCode"] == 201
    assert (copied["body"]["Name"], copied["body"]["NumberOfEmployees"]) == ("Seventy of 70", 70)


def test_references_reach_into_lists_and_headers(ask: Ask) -> None:
    _, query, read = ask(
        creation("A", Name="Once"),
        get("B", "query?q=SELECT+Id,LastModifiedDate+FROM+Account+WHERE+Id='@{A.id}'"),
        get("C", "sobjects/Account/@{B.records[0].Id}", **{"If-None-Match": '"@{A.id}"'}),
    )
    assert query["body"]["totalSize"] == 1
    assert read["body"]["Name"] == "Once"


def test_a_url_may_be_a_reference(ask: Ask) -> None:
    whole = {"method": "GET", "url": "@{B.attributes.url}", "referenceId": "C"}
    *_, read = ask(creation("A", Name="Twice"), get("B", "sobjects/Account/@{A.id}"), whole)
    assert read["body"]["Name"] == "Twice"


def test_a_reference_that_means_nothing_halts_its_request_alone(ask: Ask) -> None:
    first, second, third = ask(
        get("A", "query?q=SELECT Id FROM Account LIMIT 0"),
        creation("B", "Contact", LastName="Nobody", AccountId="@{A.records[0].Id}"),
        creation("C", Name="Goes on"),
    )
    assert (first["httpStatusCode"], third["httpStatusCode"]) == (200, 201)
    assert second == {
        "body": [
            {
                "errorCode": "PROCESSING_HALTED",
                "message": "Invalid reference specified. No value for A.records[0].Id found in A",
            }
        ],
        "httpHeaders": {},
        "httpStatusCode": 400,
        "referenceId": "B",
    }


def test_without_all_or_none_the_good_ones_stay(ask: Ask, select: Select) -> None:
    bad, good = ask(creation("A"), creation("B", Name="Stays"))
    assert bad["httpStatusCode"] == 400
    assert bad["body"][0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert good["httpStatusCode"] == 201
    assert select("SELECT Id FROM Account WHERE Name = 'Stays'")["totalSize"] == 1


def test_all_or_none_undoes_what_was_done_and_halts_what_was_not(ask: Ask, select: Select) -> None:
    before, bad, after = ask(
        creation("A", Name="Undone"),
        creation("B", "Contact", FirstName="@{A.id}"),
        creation("C", Name="Undone"),
        allOrNone=True,
    )
    assert bad["body"][0]["message"] == "Required fields are missing: [LastName]"
    assert [each["httpStatusCode"] for each in (before, bad, after)] == [400, 400, 400]
    assert before["body"] == after["body"] == ROLLED_BACK
    assert select("SELECT Id FROM Account WHERE Name = 'Undone'")["totalSize"] == 0


def test_a_request_sees_what_the_ones_before_it_have_done_in_the_same_transaction(ask: Ask) -> None:
    answers = ask(
        creation("A", Name="Seen within"),
        get("B", "query?q=SELECT Id FROM Account WHERE Name = 'seen WITHIN'"),
        {"method": "DELETE", "url": f"{V}/sobjects/Account/@{{A.id}}", "referenceId": "C"},
        get("D", "query?q=SELECT Id FROM Account WHERE Name = 'seen WITHIN'"),
        allOrNone=True,
    )
    assert [each["httpStatusCode"] for each in answers] == [201, 200, 204, 200]
    assert answers[2]["body"] is None
    assert (answers[1]["body"]["totalSize"], answers[3]["body"]["totalSize"]) == (1, 0)


@pytest.mark.parametrize("inner", [True, False])
def test_a_collection_within_all_or_none_is_undone_with_it(ask: Ask, select: Select, inner: bool) -> None:
    records = [
        {"attributes": {"type": "Account"}, "Name": "Inner"},
        {"attributes": {"type": "Account"}},
    ]
    collection = {
        "method": "POST",
        "url": f"{V}/composite/sobjects",
        "referenceId": "A",
        "body": {"allOrNone": inner, "records": records},
    }
    collected, other = ask(collection, creation("B", Name="Inner"), allOrNone=True)
    codes = [each["errors"][0]["statusCode"] for each in collected["body"]]
    assert codes == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"]
    assert other["body"] == ROLLED_BACK
    assert select("SELECT Id FROM Account WHERE Name = 'Inner'")["totalSize"] == 0


def test_an_answer_of_a_collection_can_be_referred_to(ask: Ask) -> None:
    collection = {
        "method": "POST",
        "url": f"{V}/composite/sobjects",
        "referenceId": "A",
        "body": {"records": [{"attributes": {"type": "Account"}, "Name": "Listed"}]},
    }
    _, child = ask(collection, creation("B", "Contact", LastName="Ray", AccountId="@{A[0].id}"))
    assert child["httpStatusCode"] == 201


def test_conditions_in_headers_hold_for_their_request(ask: Ask) -> None:
    (answer,) = ask(
        get("A", "sobjects/Account/describe", **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    )
    assert (answer["httpStatusCode"], answer["body"]) == (304, None)


def test_it_counts_as_one_call(http: httpx.Client, ask: Ask) -> None:
    def used() -> int:
        return int(http.get(f"{V}/limits").headers["Sforce-Limit-Info"].split("=")[1].split("/")[0])

    before = used()
    ask(*(get(f"R{number}", "limits") for number in range(5)))
    assert used() == before + 2


def test_more_than_25_requests_are_refused(ask: Ask) -> None:
    (answer,) = ask(*(get(f"R{number}", "limits") for number in range(26)))
    assert answer == {
        "body": [
            {
                "errorCode": "LIMIT_EXCEEDED",
                "message": "The request can\u2019t contain more than 25 operations.",
            }
        ],
        "httpHeaders": {},
        "httpStatusCode": 400,
        "referenceId": None,
    }


def test_more_than_five_queries_are_refused(ask: Ask) -> None:
    (answer,) = ask(*(get(f"R{number}", "query?q=SELECT Id FROM Account") for number in range(6)))
    assert answer["body"][0]["errorCode"] == "LIMIT_EXCEEDED"


def test_a_null_is_a_value_from_version_52_on(http: httpx.Client) -> None:
    def answer(version: str) -> tuple[int, Any]:
        subrequests = [
            creation("A", Name="No site"),
            get("B", "sobjects/Account/@{A.id}?fields=Site"),
            creation("C", Name="Copied", Site="@{B.Site}"),
        ]
        path = f"/services/data/v{version}/composite"
        last = http.post(path, json={"compositeRequest": subrequests}).json()["compositeResponse"][2]
        return last["httpStatusCode"], last["body"]

    assert answer("52.0")[0] == 201
    assert answer("51.0")[0] == 400


def test_the_resource_lists_its_kin(http: httpx.Client) -> None:
    assert http.get(f"{V}/composite").json() == {
        name: f"{V}/composite/{name}" for name in ("tree", "batch", "sobjects", "graph")
    }
    assert "graph" not in http.get("/services/data/v49.0/composite").json()
    assert http.get("/services/data/v33.0/composite").status_code == 404
