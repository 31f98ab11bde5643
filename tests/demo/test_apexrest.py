"""Apex REST: the class that echoes, the one that throws, and paths without any."""

from __future__ import annotations

import httpx
import pytest

from sfexplorer.demo.server import DemoServer

ROOT = "/services/apexrest"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_echo_answers_what_was_sent(http: httpx.Client, method: str) -> None:
    response = http.request(
        method,
        f"{ROOT}/echo/some/path",
        params={"a": "1", "b": ["2", "é"]},
        headers={"X-Mine": "yes"},
        json={"x": [1, None]},
    )
    assert response.status_code == 200
    body = response.json()
    assert (body["method"], body["path"]) == (method, "/echo/some/path")
    assert body["query"] == {"a": "1", "b": ["2", "é"]}
    assert body["body"] == {"x": [1, None]}
    assert body["headers"]["x-mine"] == "yes"
    assert body["headers"]["content-type"] == "application/json"
    assert not {"authorization", "cookie", "host"} & set(body["headers"])
    assert response.headers["Sforce-Limit-Info"].startswith("api-usage=")


def test_a_body_that_is_no_json_is_told_as_text(http: httpx.Client) -> None:
    assert http.post(f"{ROOT}/echo", content=b"a,b\n\xff").json()["body"] == "a,b\n\ufffd"
    assert http.get(f"{ROOT}/echo/").json()["body"] is None


def test_an_exception_is_an_apex_error(http: httpx.Client) -> None:
    response = http.post(f"{ROOT}/throw", json={})
    assert response.status_code == 500
    (error,) = response.json()
    assert error["errorCode"] == "APEX_ERROR"
    assert error["message"].startswith(
        "System.NullPointerException: Attempt to de-reference a null object\n\n"
    )


@pytest.mark.parametrize("path", ["/nothing", "/nothing/at/all", "/echoes", ""])
def test_a_path_without_a_class_is_not_found(http: httpx.Client, path: str) -> None:
    response = http.get(ROOT + path)
    assert response.status_code == 404
    message = f"Could not find a match for URL {path or '/'}"
    assert response.json() == [{"message": message, "errorCode": "NOT_FOUND"}]


def test_methods_without_an_annotation_are_refused(http: httpx.Client) -> None:
    assert http.request("BREW", f"{ROOT}/echo").json()[0]["errorCode"] == "METHOD_NOT_ALLOWED"


def test_apex_needs_a_session(server: DemoServer) -> None:
    response = httpx.get(f"{server.url}{ROOT}/echo")
    assert (response.status_code, response.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")
