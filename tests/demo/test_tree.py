"""Trees: new parents and children in one call, all or none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

V = "/services/data/v60.0"
Select = Callable[[str], dict[str, Any]]


def row(name: str, type: str = "Account", **fields: Any) -> dict[str, Any]:
    return {"attributes": {"type": type, "referenceId": name}, **fields}


def post(http: httpx.Client, *rows: Any) -> httpx.Response:
    return http.post(f"{V}/composite/tree/Account", json={"records": rows})


def nested(levels: int) -> dict[str, Any]:
    """Accounts below accounts."""
    below: dict[str, Any] = {"ChildAccounts": {"records": [nested(levels - 1)]}} if levels > 1 else {}
    return row(f"level{levels}", Name=f"Level {levels}", **below)


def test_children_belong_to_the_parents_they_stand_in(http: httpx.Client, select: Select) -> None:
    contacts = {"records": [row("c1", "Contact", LastName="Root"), row("c2", "Contact", LastName="Branch")]}
    response = post(http, row("a1", Name="Oak", Contacts=contacts), row("a2", Name="Elm"))
    assert response.status_code == 201
    body = response.json()
    assert not body["hasErrors"]
    # Level by level, as the guide's examples have it.
    assert [each["referenceId"] for each in body["results"]] == ["a1", "a2", "c1", "c2"]
    oak = body["results"][0]["id"]
    assert select(f"SELECT Id FROM Contact WHERE AccountId = '{oak}'")["totalSize"] == 2


def test_a_record_that_is_not_valid_undoes_them_all(http: httpx.Client, select: Select) -> None:
    contacts = {"records": [row("c1", "Contact", LastName="Ash", Email="123")]}
    response = post(http, row("a1", Name="Felled", Contacts=contacts))
    assert response.status_code == 400
    assert response.json() == {
        "hasErrors": True,
        "results": [
            {
                "referenceId": "c1",
                "errors": [
                    {
                        "statusCode": "INVALID_EMAIL_ADDRESS",
                        "message": "Email: invalid email address: 123",
                        "fields": ["Email"],
                    }
                ],
            }
        ],
    }
    assert select("SELECT Id FROM Account WHERE Name = 'Felled'")["totalSize"] == 0


def test_trees_are_at_most_five_levels_deep(http: httpx.Client) -> None:
    assert post(http, nested(5)).status_code == 201
    response = post(http, nested(6))
    assert response.status_code == 400
    assert response.json()[0]["errorCode"] == "INVALID_INPUT"


def test_trees_have_at_most_two_hundred_records(http: httpx.Client) -> None:
    contacts = {"records": [row(f"c{number}", "Contact", LastName="Leaf") for number in range(199)]}
    assert post(http, row("a1", Name="Full", Contacts=contacts)).status_code == 201
    contacts["records"].append(row("c199", "Contact", LastName="Leaf"))
    response = post(http, row("a1", Name="Full", Contacts=contacts))
    assert response.status_code == 400
    assert response.json()[0]["message"].startswith("We can\u2019t process more than 200 records")


def test_two_records_of_one_name_are_refused(http: httpx.Client) -> None:
    response = post(http, row("a1", Name="One"), row("a1", Name="Two"))
    assert response.status_code == 400
    (result,) = response.json()["results"]
    assert result["referenceId"] == "a1"
    assert result["errors"][0]["message"] == "Duplicate ReferenceId provided in the request."


@pytest.mark.parametrize(
    ("record", "status", "code"),
    [
        ({"attributes": {"type": "Account"}, "Name": "X"}, 403, "INVALID_INPUT"),
        ({"Name": "X"}, 400, "INVALID_INPUT"),
        (row("a", "Contact", LastName="X"), 400, "INVALID_INPUT"),
        (row("a", "Nothing"), 400, "INVALID_TYPE"),
        (row("a", Name="X", Contacts={"records": ["x"]}), 400, "JSON_PARSER_ERROR"),
        (row("a", Name="X", Contacts={"records": [row("b", "Lead", LastName="X")]}), 400, "INVALID_INPUT"),
        ("x", 400, "JSON_PARSER_ERROR"),
    ],
)
def test_what_is_not_well_formed_is_refused_as_a_whole(
    http: httpx.Client, record: Any, status: int, code: str
) -> None:
    response = post(http, record)
    assert (response.status_code, response.json()[0]["errorCode"]) == (status, code)


def test_children_of_no_known_relationship_are_an_unknown_field(http: httpx.Client) -> None:
    response = post(http, row("a1", Name="X", Twigs={"records": []}))
    assert response.status_code == 400
    (error,) = response.json()["results"][0]["errors"]
    assert (error["statusCode"], error["message"]) == (
        "INVALID_FIELD",
        "No such column 'Twigs' on sobject of type Account",
    )
