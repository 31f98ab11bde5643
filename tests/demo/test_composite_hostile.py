"""Composite requests that mean harm: they reach nothing outside, and nothing of them is a 500."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

V = "/services/data/v60.0"
NOT_FOUND = [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]
OUTSIDE = [
    "//evil.example/services/data/v60.0/limits",
    "http://evil.example/services/data/v60.0/limits",
    "https://login.salesforce.com/services/data/v60.0/limits",
    "/services/oauth2/token",
    "/services/oauth2/revoke?token=x",
    "/__demo__/log",
    "/services/data/v60.0/../../../__demo__/log",
    "/services/data/v60.0/%2e%2e/%2e%2e/oauth2/userinfo",
    "/services/data/v60.0//sobjects",
    "/services/data",
    "/services/apexrest/echo",
    "/services/Soap/u/60.0",
    "limits",
    "",
    "\u0000",
    "/services/data/v60.0/jobs/query",
    "/services/data/v60.0/composite",
    "/services/data/v60.0/Composite/batch",
    "/services/data/v60.0/composite/tree/Account",
    "/services/data/v60.0/composite/graph",
    "/services/data/v60.0/composite/sobjectsx",
    "/services/data/v99.0/limits",
    "/services/data/v60.0/sobjects/%ff%00",
]


def composite(http: httpx.Client, *subrequests: dict[str, Any], **options: Any) -> httpx.Response:
    return http.post(f"{V}/composite", json={"compositeRequest": subrequests, **options})


def ask(name: str, url: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    return {"method": method, "url": url, "referenceId": name, **more}


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_request_within_reaches_nothing_outside(http: httpx.Client, url: str) -> None:
    (answer,) = composite(http, ask("A", url)).json()["compositeResponse"]
    assert (answer["httpStatusCode"], answer["body"]) == (404, NOT_FOUND)
    (result,) = http.post(
        f"{V}/composite/batch", json={"batchRequests": [{"method": "GET", "url": url}]}
    ).json()["results"]
    assert (result["statusCode"], result["result"]) == (404, NOT_FOUND)


def test_what_a_reference_means_cannot_lead_a_url_elsewhere(http: httpx.Client) -> None:
    name = "x?fields=Id&a=b/../../../../__demo__/log"
    body = {"Name": name, "Site": "//evil.example"}
    *_, within, whole = composite(
        http,
        ask("A", f"{V}/sobjects/Account", "POST", body=body),
        ask("B", f"{V}/sobjects/Account/@{{A.id}}"),
        ask("C", f"{V}/sobjects/Account/@{{B.Name}}"),
        ask("D", "@{B.Site}/limits"),
    ).json()["compositeResponse"]
    assert within["httpStatusCode"] == whole["httpStatusCode"] == 404


@pytest.mark.parametrize(
    "reference",
    [
        "A",
        "A.id",
        "B",
        "B.id",
        "C",
        "",
        ".",
        "A.",
        "A[",
        "A[0",
        "A[-1]",
        "A[99999999999]",
        "A..id",
        "A.b c",
        "é.id",
    ],
)
def test_references_to_oneself_to_later_ones_and_to_nothing_are_refused(
    http: httpx.Client, reference: str
) -> None:
    text = f"@{{{reference}}}"
    body = {"Name": text}
    answers = composite(
        http,
        ask("A", f"{V}/sobjects/Account", "POST", body=body),
        ask("B", f"{V}/sobjects/Account/@{{C.id}}"),
        ask("C", f"{V}/sobjects/Account/@{{B.id}}"),
        ask("D", f"{V}/limits", httpHeaders={"X-A": text}),
    ).json()["compositeResponse"]
    assert [each["httpStatusCode"] for each in answers] == [400] * 4
    assert {each["body"][0]["errorCode"] for each in answers} == {"PROCESSING_HALTED"}


def test_what_looks_like_a_reference_and_is_none_is_text(http: httpx.Client) -> None:
    for text in ("@{", "@{A.id", "@ {A.id}", "@@{{}}", "}@{"):
        (answer,) = composite(http, ask("A", f"{V}/sobjects/Account", "POST", body={"Name": text})).json()[
            "compositeResponse"
        ]
        assert answer["httpStatusCode"] in (201, 400)


NESTED = {
    "composite": '{"compositeRequest":[{"method":"POST","url":"URL","referenceId":"A","body":BODY}]}',
    "composite/graph": '{"graphs":[{"graphId":"1","compositeRequest":'
    '[{"method":"POST","url":"URL","referenceId":"A","body":BODY}]}]}',
    "composite/batch": '{"batchRequests":[{"method":"POST","url":"URL","richInput":BODY}]}',
    "composite/sobjects": '{"records":[{"attributes":{"type":"Account"},"Name":BODY}]}',
    "composite/tree/Account": '{"records":[{"attributes":{"type":"Account","referenceId":"a"},"Name":BODY}]}',
}


@pytest.mark.parametrize("path", NESTED)
def test_a_body_that_is_nested_deep_does_no_harm(http: httpx.Client, path: str) -> None:
    for depth in (50, 200, 400, 600, 800, 900, 950, 1_000, 100_000):
        body = "[" * depth + "]" * depth
        content = NESTED[path].replace("URL", f"{V}/sobjects/Account").replace("BODY", body)
        response = http.post(f"{V}/{path}", content=content)
        assert response.status_code in (200, 400), (depth, response.text)
        assert "UNKNOWN_EXCEPTION" not in response.text


def test_references_cannot_blow_a_body_up(http: httpx.Client) -> None:
    long = "x" * 30_000
    body = {"Description": "@{B.Description}" * 2_000, "Name": "Big"}
    *_, answer = composite(
        http,
        ask("A", f"{V}/sobjects/Account", "POST", body={"Name": "Long", "Description": long}),
        ask("B", f"{V}/sobjects/Account/@{{A.id}}?fields=Description"),
        ask("C", f"{V}/sobjects/Account", "POST", body=body),
    ).json()["compositeResponse"]
    assert answer["httpStatusCode"] == 413


@pytest.mark.parametrize("header", ["Authorization", "accept", "Content-Type"])
def test_headers_that_the_whole_call_decides_are_refused(http: httpx.Client, header: str) -> None:
    response = composite(http, ask("A", f"{V}/limits", httpHeaders={header: "x"}))
    assert response.status_code == 400


def test_headers_that_cannot_be_headers_do_no_harm(http: httpx.Client) -> None:
    headers = {"X\r\nY": "a\r\nb", "": "", "\u4e16": "\u754c", "Content-Length": "99", "Host": "evil.example"}
    (answer,) = composite(http, ask("A", f"{V}/limits", httpHeaders=headers)).json()["compositeResponse"]
    assert answer["httpStatusCode"] == 200


@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "get", "", "\u0000", "DELETE"])
def test_methods_that_are_none_are_not_allowed(http: httpx.Client, method: str) -> None:
    (answer,) = composite(http, ask("A", f"{V}/limits", method)).json()["compositeResponse"]
    assert answer["body"][0]["errorCode"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("name", ["", "a b", "a.b", "a[0]", "_a", "\u00e9"])
def test_reference_ids_that_cannot_be_referred_to_are_refused_since_version_52(
    http: httpx.Client, name: str
) -> None:
    response = composite(http, ask(name, f"{V}/limits"))
    assert response.status_code == 400
    assert response.json() == [
        {
            "errorCode": "JSON_PARSER_ERROR",
            "message": f"Provided referenceId ('{name}') must start with a letter or a number, and it can "
            "contain only letters, numbers and underscores ('_').",
        }
    ]
    older = http.post("/services/data/v51.0/composite", json={"compositeRequest": [ask(name, f"{V}/limits")]})
    assert older.json()["compositeResponse"][0]["referenceId"] == name


def test_a_reference_id_stands_for_one_request(http: httpx.Client) -> None:
    response = composite(http, ask("A", f"{V}/limits"), ask("A", f"{V}/limits"))
    assert response.status_code == 400
    assert response.json()[0]["message"] == "Duplicate ReferenceId provided in the request."


@pytest.mark.parametrize("path", ["composite", "composite/batch", "composite/graph", "composite/sobjects"])
@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "5",
        "null",
        "{}",
        '{"compositeRequest":5,"batchRequests":{},"graphs":"x","records":null}',
        '{"compositeRequest":[5],"batchRequests":[null],"graphs":[[]],"records":[1]}',
        '{"compositeRequest":[{}],"batchRequests":[{}],"graphs":[{}],"records":[{}]}',
        '{"compositeRequest":[{"method":5,"url":[],"referenceId":null}],"batchRequests":[{"method":{}}]}',
        '{"allOrNone":"perhaps","compositeRequest":[],"graphs":5,"haltOnError":[],"records":5}',
    ],
)
def test_bodies_of_another_shape_are_refused(http: httpx.Client, path: str, content: str) -> None:
    response = http.post(f"{V}/{path}", content=content)
    assert response.status_code == 400
    assert response.json()[0]["errorCode"] in ("JSON_PARSER_ERROR", "INVALID_INPUT")


def test_a_call_without_a_session_is_refused(http: httpx.Client) -> None:
    response = http.post(f"{V}/composite", json={}, headers={"Authorization": "Bearer nobody"})
    assert response.status_code == 401
