"""Batches: requests that know nothing of each other, in one call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

V = "/services/data/v60.0"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def ask(http: httpx.Client) -> Ask:
    def answer(*subrequests: dict[str, Any], **options: Any) -> dict[str, Any]:
        response = http.post(f"{V}/composite/batch", json={"batchRequests": subrequests, **options})
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    return answer


def get(url: str) -> dict[str, Any]:
    return {"method": "GET", "url": url}


@pytest.mark.parametrize("start", ["v60.0/", "/v60.0/", "/services/data/v60.0/"])
def test_paths_may_be_short_or_whole(ask: Ask, start: str) -> None:
    batch = ask(
        get(f"{start}sobjects/Account/describe"), get(f"{start}query?q=SELECT+Id+FROM+Account+LIMIT+1")
    )
    assert not batch["hasErrors"]
    described, queried = batch["results"]
    assert (described["statusCode"], described["result"]["name"]) == (200, "Account")
    assert queried["result"]["totalSize"] == 1


def test_rich_input_is_the_body(ask: Ask) -> None:
    created = ask({"method": "POST", "url": "v60.0/sobjects/Account", "richInput": {"Name": "Batched"}})
    assert created["results"][0]["statusCode"] == 201
    path = f"v60.0/sobjects/Account/{created['results'][0]['result']['id']}"
    changed = ask({"method": "PATCH", "url": path, "richInput": {"Name": "Changed"}}, get(path))
    assert changed["results"][0] == {"statusCode": 204, "result": None}
    assert changed["results"][1]["result"]["Name"] == "Changed"


def test_an_error_stands_beside_the_others(ask: Ask) -> None:
    batch = ask(get("v60.0/sobjects/Nothing"), get("v60.0/limits"))
    assert batch["hasErrors"]
    assert batch["results"][0] == {
        "statusCode": 404,
        "result": [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}],
    }
    assert batch["results"][1]["statusCode"] == 200


def test_a_batch_halts_on_an_error_if_asked_to(ask: Ask) -> None:
    batch = ask(get("v60.0/limits"), get("v60.0/sobjects/Nothing"), get("v60.0/limits"), haltOnError=True)
    assert [each["statusCode"] for each in batch["results"]] == [200, 404, 412]
    assert batch["results"][2]["result"] == [
        {"errorCode": "BATCH_PROCESSING_HALTED", "message": "Batch processing halted per request"}
    ]


def test_bytes_are_refused_both_ways(ask: Ask, select: Callable[[str], dict[str, Any]]) -> None:
    record_id = select("SELECT Id FROM Attachment LIMIT 1")["records"][0]["Id"]
    with_part = {"method": "POST", "url": "v60.0/sobjects/Document", "binaryPartName": "b", "richInput": {}}
    batch = ask(get(f"v60.0/sobjects/Attachment/{record_id}/Body"), with_part)
    assert [each["statusCode"] for each in batch["results"]] == [415, 415]


def test_more_than_25_requests_are_refused(http: httpx.Client) -> None:
    body = {"batchRequests": [get("v60.0/limits")] * 26}
    response = http.post(f"{V}/composite/batch", json=body)
    assert response.status_code == 400
    assert response.json()[0]["errorCode"] == "LIMIT_EXCEEDED"
