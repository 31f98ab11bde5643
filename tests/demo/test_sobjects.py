"""Versions, resources, describes, limits, and how paths are read."""

from __future__ import annotations

import gzip

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V


def test_versions_are_listed_without_a_session(server: DemoServer) -> None:
    listed = httpx.get(f"{server.url}/services/data").json()
    assert [listed[0]["version"], listed[-1]["version"]] == ["20.0", "67.0"]
    assert {"label": "Winter '24", "url": "/services/data/v59.0", "version": "59.0"} in listed


def test_resources_name_paths_and_the_identity(http: httpx.Client) -> None:
    resources = http.get(V).json()
    assert resources["query"] == f"{V}/query"
    assert http.get(resources["identity"]).status_code == 200
    # What the org lacks it lists too, as a real one lists what a user has no use of.
    lacking = {"actions", "analytics", "appMenu", "connect", "dedupe", "event", "folders", "metadata"}
    lacking |= {"jobs", "process", "support", "ui-api", "wave"}
    answered = {name for name, path in resources.items() if http.get(path).status_code != 404}
    assert answered >= set(resources) - lacking


@pytest.mark.parametrize("version", ["v19.0", "v68.0", "v60", "vnext", "v60.5", "v٦0.0"])
def test_unknown_versions_are_not_found(http: httpx.Client, version: str) -> None:
    response = http.get(f"/services/data/{version}/sobjects")
    assert response.status_code == 404
    assert response.json()[0]["errorCode"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "path",
    [
        f"{V}/sobjects/",
        f"/{V}/sobjects",
        f"{V}//sobjects//",
        f"{V}/SOBJECTS",
        V.upper().replace("V60", "v60") + "/sobjects",
    ],
)
def test_slashes_and_case_do_not_matter(http: httpx.Client, path: str) -> None:
    body = httpx.get(str(http.base_url).rstrip("/") + path, headers=http.headers).json()
    assert body["maxBatchSize"] == 200
    names = [each["name"] for each in body["sobjects"]]
    assert {"Account", "Contact", "ContentVersion", "Note"} <= set(names)


def test_describe_takes_any_case_and_can_be_revalidated(http: httpx.Client) -> None:
    response = http.get(f"{V}/sobjects/cONTACT/describe")
    assert response.json()["name"] == "Contact"
    known = {"If-Modified-Since": response.headers["Last-Modified"]}
    again = http.get(f"{V}/sobjects/Contact/describe", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    early = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert http.get(f"{V}/sobjects/Contact/describe", headers=early).status_code == 200


def test_basic_information_has_the_latest_records(http: httpx.Client) -> None:
    body = http.get(f"{V}/sobjects/Account/").json()
    assert body["objectDescribe"]["keyPrefix"] == "001"
    assert body["recentItems"][0]["attributes"]["type"] == "Account"


def test_unknown_sobjects_are_not_found(http: httpx.Client) -> None:
    for path in ("Nothing", "Nothing/describe", "Nothing/0015g0000000001AAA"):
        response = http.get(f"{V}/sobjects/{path}")
        assert (response.status_code, response.json()[0]["errorCode"]) == (404, "NOT_FOUND")


def test_a_missing_session_is_told_in_an_array(server: DemoServer) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": f"Basic {server.access_token}"},
    ):
        response = httpx.get(f"{server.url}{V}/sobjects", headers=headers)
        assert response.status_code == 401
        assert response.headers["Content-Type"] == "application/json;charset=UTF-8"
        assert response.json() == [
            {"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}
        ]


def test_other_methods_are_refused_with_those_allowed(http: httpx.Client) -> None:
    response = http.post(f"{V}/sobjects")
    assert response.status_code == 405
    assert response.json()[0]["message"] == "HTTP Method 'POST' not allowed. Allowed are GET,HEAD"
    assert response.headers["Allow"] == "GET,HEAD"


def test_head_answers_without_a_body(http: httpx.Client) -> None:
    response = http.head(f"{V}/sobjects")
    assert (response.status_code, response.content) == (200, b"")


def test_calls_are_counted(http: httpx.Client) -> None:
    first = http.get(f"{V}/limits")
    second = http.get(f"{V}/limits")
    used, most = second.headers["Sforce-Limit-Info"].removeprefix("api-usage=").split("/")
    assert first.headers["Sforce-Limit-Info"] == f"api-usage={int(used) - 1}/{most}"
    assert second.json()["DailyApiRequests"] == {"Max": int(most), "Remaining": int(most) - int(used)}


def test_record_counts_are_true(http: httpx.Client) -> None:
    body = http.get(f"{V}/limits/recordCount", params={"sObjects": "account,User"}).json()
    assert body == {"sObjects": [{"count": 1200, "name": "Account"}, {"count": 12, "name": "User"}]}


def test_bodies_are_zipped_both_ways(http: httpx.Client) -> None:
    assert http.get(f"{V}/sobjects").headers["Content-Encoding"] == "gzip"
    plain = http.get(f"{V}/sobjects", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    packed = gzip.compress(b'{"LastName": "Zipped"}')
    assert http.post(f"{V}/sobjects/Contact", content=packed, headers=headers).status_code == 201
    assert http.post(f"{V}/sobjects/Contact", content=b"not gzip", headers=headers).status_code == 400
