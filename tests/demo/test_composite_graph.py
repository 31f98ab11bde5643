"""Graphs: each is done wholly or not at all, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

V = "/services/data/v60.0"


def node(name: str, type: str = "Account", **fields: Any) -> dict[str, Any]:
    return {"method": "POST", "url": f"{V}/sobjects/{type}/", "referenceId": name, "body": fields}


def post(http: httpx.Client, *graphs: list[dict[str, Any]]) -> httpx.Response:
    body = {"graphs": [{"graphId": str(n), "compositeRequest": each} for n, each in enumerate(graphs)]}
    return http.post(f"{V}/composite/graph", json=body)


def test_a_graph_that_fails_leaves_the_others_alone(
    http: httpx.Client, select: Callable[[str], dict[str, Any]]
) -> None:
    good = [node("a", Name="Whole"), node("b", "Contact", LastName="Ray", AccountId="@{a.id}")]
    bad = [node("a", Name="Broken"), node("b", "Contact", AccountId="@{a.id}")]
    response = post(http, bad, good)
    assert response.status_code == 200
    failed, done = response.json()["graphs"]
    assert (failed["graphId"], failed["isSuccessful"]) == ("0", False)
    first, second = failed["graphResponse"]["compositeResponse"]
    assert first["body"][0]["errorCode"] == "PROCESSING_HALTED"
    assert second["body"][0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert (done["graphId"], done["isSuccessful"]) == ("1", True)
    assert [each["httpStatusCode"] for each in done["graphResponse"]["compositeResponse"]] == [201, 201]
    assert select("SELECT Id FROM Account WHERE Name = 'Broken'")["totalSize"] == 0
    assert select("SELECT Id FROM Account WHERE Name = 'Whole'")["totalSize"] == 1


def test_graphs_do_not_see_each_others_names(http: httpx.Client) -> None:
    response = post(http, [node("a", Name="One")], [node("b", "Contact", LastName="@{a.id}")])
    _, second = response.json()["graphs"]
    message = second["graphResponse"]["compositeResponse"][0]["body"][0]["message"]
    assert message == "Invalid reference specified. No value for a.id found in a"


@pytest.mark.parametrize(
    ("graphs", "most"),
    [
        ([[node(f"n{number}", Name="N") for number in range(501)]], "500 nodes"),
        ([[node("a", Name="N")] for _ in range(76)], "75 graphs"),
        (
            [[node("n0", Name="N"), *(node(f"n{n}", Name=f"@{{n{n - 1}.id}}") for n in range(1, 16))]],
            "15 levels in a graph",
        ),
        ([[node(f"n{n}", f"Type{n}__c") for n in range(16)]], "15 different nodes in a graph"),
    ],
)
def test_what_is_too_much_is_refused(http: httpx.Client, graphs: list[Any], most: str) -> None:
    response = post(http, *graphs)
    assert response.status_code == 400
    assert response.json() == [
        {"errorCode": "LIMIT_EXCEEDED", "message": f"The request can\u2019t contain more than {most}."}
    ]


def test_nodes_are_records(http: httpx.Client) -> None:
    query = {"method": "GET", "url": f"{V}/query?q=SELECT Id FROM Account", "referenceId": "a"}
    assert post(http, [query]).status_code == 404


def test_graphs_are_there_from_version_50_on(http: httpx.Client) -> None:
    assert http.post("/services/data/v49.0/composite/graph", json={"graphs": []}).status_code == 404
    assert http.post("/services/data/v50.0/composite/graph", json={"graphs": []}).json() == {"graphs": []}
