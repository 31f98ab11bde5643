"""Requests that depend on what a record or a describe was like before."""

from __future__ import annotations

import httpx
import pytest

from tests.demo.conftest import V

EARLY = "Sat, 01 Jan 2000 00:00:00 GMT"
LATE = "Fri, 01 Jan 2100 00:00:00 GMT"


@pytest.fixture
def account(http: httpx.Client) -> str:
    """The path of a new account."""
    path: str = http.post(f"{V}/sobjects/Account", json={"Name": "Tagged"}).headers["Location"]
    return path


def code(response: httpx.Response) -> str:
    return str(response.json()[0]["errorCode"])


def test_an_account_has_a_tag_that_changes_with_it(http: httpx.Client, account: str) -> None:
    first = http.get(account).headers["ETag"]
    assert http.get(account, params={"fields": "Name"}).headers["ETag"] == first
    assert http.patch(account, json={"Phone": "1"}).status_code == 204
    second = http.get(account).headers["ETag"]
    assert first != second
    assert first[0] == first[-1] == '"'


def test_who_has_the_account_already_gets_nothing(http: httpx.Client, account: str) -> None:
    etag = http.get(account).headers["ETag"]
    for known in (etag, f'"x", W/{etag}', f"{etag}-gzip", etag[:-1] + '-gzip"', "*"):
        response = http.get(account, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == etag
    assert http.get(account, headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_tag_goes_before_a_date(http: httpx.Client, account: str) -> None:
    headers = {"If-None-Match": '"x"', "If-Modified-Since": LATE}
    assert http.get(account, headers=headers).status_code == 200


def test_a_change_needs_the_tag_that_it_names(http: httpx.Client, account: str) -> None:
    etag = http.get(account).headers["ETag"]
    assert http.patch(account, json={"Phone": "1"}, headers={"If-Match": etag}).status_code == 204
    for headers in ({"If-Match": etag}, {"If-None-Match": "*"}):
        refused = http.patch(account, json={"Phone": "2"}, headers=headers)
        assert (refused.status_code, code(refused)) == (412, "PRECONDITION_FAILED")
    assert http.get(account, headers={"If-Match": etag}).status_code == 412
    assert http.get(account).json()["Phone"] == "1"


def test_other_sobjects_have_no_tags(http: httpx.Client) -> None:
    contact = http.post(f"{V}/sobjects/Contact", json={"LastName": "x"}).headers["Location"]
    response = http.get(contact, headers={"If-None-Match": "*", "If-Match": '"x"'})
    assert response.status_code == 200
    assert "ETag" not in response.headers


@pytest.mark.parametrize("path", ["", "/Account/describe"])
def test_describes_go_by_date(http: httpx.Client, path: str) -> None:
    target = f"{V}/sobjects{path}"
    assert http.get(target, headers={"If-Unmodified-Since": EARLY}).status_code == 412
    assert http.get(target, headers={"If-Unmodified-Since": LATE}).status_code == 200
    assert http.get(target, headers={"If-Modified-Since": LATE}).status_code == 304
    assert http.head(target, headers={"If-Modified-Since": LATE}).status_code == 304


def test_rows_go_by_date(http: httpx.Client, account: str) -> None:
    assert http.get(account, headers={"If-Unmodified-Since": EARLY}).status_code == 412
    assert http.get(account, headers={"If-Modified-Since": LATE}).status_code == 304
    assert http.head(account, headers={"If-Modified-Since": EARLY}).status_code == 200


def test_what_is_no_date_is_refused_to_writers_only(http: httpx.Client, account: str) -> None:
    soon = {"If-Unmodified-Since": "soon"}
    assert http.patch(account, json={"Phone": "1"}, headers=soon).status_code == 400
    assert http.get(account, headers=soon | {"If-Modified-Since": "now"}).status_code == 200
