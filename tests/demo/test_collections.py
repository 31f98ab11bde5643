"""Collections: many records in one call, each with a result of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

V = "/services/data/v60.0"
PATH = f"{V}/composite/sobjects"
Select = Callable[[str], dict[str, Any]]


def row(type: str = "Account", **fields: Any) -> dict[str, Any]:
    return {"attributes": {"type": type}, **fields}


def create(http: httpx.Client, *rows: dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    response = http.post(PATH, json={"records": rows, **options})
    assert response.status_code == 200, response.text
    results: list[dict[str, Any]] = response.json()
    return results


def codes(results: list[dict[str, Any]]) -> list[str]:
    return ["" if each["success"] else each["errors"][0]["statusCode"] for each in results]


def test_results_keep_the_order_of_mixed_records(http: httpx.Client) -> None:
    results = create(http, row(Name="One"), row("Contact", LastName="Two"), row(), row("lead"))
    assert results[0] == {"id": results[0]["id"], "success": True, "errors": []}
    assert [each.get("id", "")[:3] for each in results] == ["001", "003", "", ""]
    assert results[2] == {
        "success": False,
        "errors": [
            {
                "statusCode": "REQUIRED_FIELD_MISSING",
                "message": "Required fields are missing: [Name]",
                "fields": ["Name"],
            }
        ],
    }


def test_an_event_among_the_records_is_told_to_be_on_its_way(http: httpx.Client) -> None:
    (result,) = create(http, row("Low_Ink__e", Serial_Number__c="1000"))
    assert result["success"]
    assert result["errors"][0]["statusCode"] == "OPERATION_ENQUEUED"


def test_all_or_none_rolls_the_good_ones_back(http: httpx.Client, select: Select) -> None:
    results = create(http, row(Name="Rolled"), row(), row(Name="Rolled"), allOrNone=True)
    rolled, wrong = "ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"
    assert codes(results) == [rolled, wrong, rolled]
    assert results[0]["errors"][0]["message"] == (
        "Record rolled back because not all records were valid and the request was using AllOrNone header"
    )
    assert select("SELECT Id FROM Account WHERE Name = 'Rolled'")["totalSize"] == 0


def test_records_are_changed_by_their_ids(http: httpx.Client, select: Select) -> None:
    (made,) = create(http, row(Name="Before"))
    rows = [
        row(id=made["id"], Name="After"),
        row(Id=made["id"][:15], Name="Again"),
        row(Name="Nobody"),
        row(Id="003000000000001AAA"),
        row(Id="nonsense"),
        row(Id=made["id"][:3] + "5g00000000000000"[:12], Name="Gone"),
    ]
    results = http.patch(PATH, json={"records": rows}).json()
    assert codes(results) == [
        "",
        "INVALID_ID_FIELD",
        "MISSING_ARGUMENT",
        "MALFORMED_ID",
        "MALFORMED_ID",
        "INVALID_CROSS_REFERENCE_KEY",
    ]
    assert results[4]["errors"][0] == {
        "statusCode": "MALFORMED_ID",
        "message": "Account ID: id value of incorrect type: nonsense",
        "fields": ["Id"],
    }
    assert select(f"SELECT Name FROM Account WHERE Id = '{made['id']}'")["records"][0]["Name"] == "After"


def test_upsert_tells_what_it_has_created(http: httpx.Client, select: Select) -> None:
    def upsert(*rows: dict[str, Any]) -> list[dict[str, Any]]:
        response = http.patch(f"{PATH}/Account/External_Id__c", json={"records": rows})
        assert response.status_code == 200, response.text
        results: list[dict[str, Any]] = response.json()
        return results

    (first,) = upsert(row(External_Id__c="C-1", Name="First"))
    assert (first["success"], first["created"]) == (True, True)
    second, twice, without = upsert(
        row(external_id__c="C-1", Name="Second"), row(External_Id__c="c-1", Name="Third"), row(Name="Fourth")
    )
    assert second == {"id": first["id"], "success": True, "errors": [], "created": False}
    assert twice["errors"][0]["message"] == "Duplicate external id specified: c-1"
    assert without["errors"][0]["statusCode"] == "MISSING_ARGUMENT"
    assert select("SELECT Name FROM Account WHERE External_Id__c = 'C-1'")["records"][0]["Name"] == "Second"


def test_records_of_several_types_are_deleted(http: httpx.Client, select: Select) -> None:
    account, contact = create(http, row(Name="Short"), row("Contact", LastName="Lived"))
    ids = ",".join([account["id"], "001", contact["id"], account["id"]])
    results = http.delete(PATH, params={"ids": ids}).json()
    assert codes(results) == ["", "MALFORMED_ID", "", "ENTITY_IS_DELETED"]
    assert results[1] == {
        "success": False,
        "errors": [{"statusCode": "MALFORMED_ID", "message": "malformed id 001", "fields": []}],
    }
    assert select(f"SELECT Id FROM Account WHERE Id = '{account['id']}'")["totalSize"] == 0


def test_a_delete_of_all_or_none_deletes_none(http: httpx.Client, select: Select) -> None:
    (made,) = create(http, row(Name="Survivor"))
    parameters = {"ids": f"{made['id']},001", "allOrNone": "true"}
    results = http.delete(PATH, params=parameters).json()
    assert codes(results) == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "MALFORMED_ID"]
    assert select(f"SELECT Id FROM Account WHERE Id = '{made['id']}'")["totalSize"] == 1


def test_records_are_read_in_the_order_asked_for_with_null_for_those_that_are_not_there(
    http: httpx.Client,
) -> None:
    one, two = (each["id"] for each in create(http, row(Name="R1"), row(Name="R2")))
    ids = [two, "001000000000001AAA", one[:15], "x", two]
    by_body = http.post(f"{PATH}/Account", json={"ids": ids, "fields": ["Name"]}).json()
    by_parameters = http.get(f"{PATH}/account", params={"ids": ",".join(ids), "fields": "Name"}).json()
    assert by_body == by_parameters
    assert [each and each["Name"] for each in by_body] == ["R2", None, "R1", None, "R2"]
    assert by_body[0] == {
        "attributes": {"type": "Account", "url": f"{V}/sobjects/Account/{two}"},
        "Name": "R2",
        "Id": two,
    }


def test_two_hundred_records_are_one_call_and_one_more_is_refused(http: httpx.Client) -> None:
    rows = [row(Name=f"Many {number}") for number in range(200)]
    assert codes(create(http, *rows)) == [""] * 200
    response = http.post(PATH, json={"records": [*rows, row(Name="One more")]})
    assert response.status_code == 400
    assert response.json() == [
        {
            "errorCode": "EXCEEDED_ID_LIMIT",
            "message": "record limit reached. cannot submit more than 200 records into this call",
        }
    ]


def test_more_than_ten_chunks_are_refused(http: httpx.Client) -> None:
    rows = [row(Name="A"), row("Contact", LastName="C")] * 6
    response = http.post(PATH, json={"records": rows})
    assert response.status_code == 400
    assert response.json()[0]["message"].startswith("Cannot have more than 10 chunks")


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([{"Name": "X"}], "INVALID_INPUT"),
        ([{"attributes": {}}], "INVALID_INPUT"),
        ([{"attributes": {"type": 5}}], "INVALID_INPUT"),
        ([{"attributes": {"type": "Nothing"}}], "INVALID_TYPE"),
        (["x"], "JSON_PARSER_ERROR"),
        ({}, "JSON_PARSER_ERROR"),
        (None, "JSON_PARSER_ERROR"),
    ],
)
def test_what_is_not_well_formed_is_refused_as_a_whole(http: httpx.Client, records: Any, code: str) -> None:
    response = http.post(PATH, json={"records": records})
    assert response.status_code == 400
    assert response.json()[0]["errorCode"] == code


def test_reading_needs_fields_that_are_there(http: httpx.Client) -> None:
    assert http.get(f"{PATH}/Account", params={"ids": "001"}).json()[0]["errorCode"] == "MISSING_ARGUMENT"
    response = http.get(f"{PATH}/Account", params={"ids": "001", "fields": "Nope"})
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_FIELD")
