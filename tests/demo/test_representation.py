"""The forms that data has on its way: JSON, indented or zipped, and never XML."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest

from tests.demo.conftest import V

XML = {"Accept": "application/xml"}


@pytest.mark.parametrize("value", ["1", "true"])
def test_pretty_print_indents_answers_and_errors(http: httpx.Client, value: str) -> None:
    for path in (f"{V}/sobjects/Account", f"{V}/sobjects/Nothing", f"{V}/limits"):
        plain = http.get(path)
        pretty = http.get(path, headers={"X-PrettyPrint": value})
        assert pretty.status_code == plain.status_code
        assert "\n  " not in plain.text
        assert pretty.text == json.dumps(pretty.json(), indent=2, ensure_ascii=False)


def test_pretty_print_leaves_other_bodies_alone(http: httpx.Client) -> None:
    pretty = {"X-PrettyPrint": "1"}
    made = http.post(f"{V}/sobjects/Contact", json={"LastName": "Neat"}, headers=pretty)
    assert made.text.startswith('{\n  "id"')
    changed = http.patch(made.headers["Location"], json={"Title": "x"}, headers=pretty)
    assert (changed.status_code, changed.content) == (204, b"")
    head = http.head(made.headers["Location"], headers=pretty)
    assert (head.status_code, head.content) == (200, b"")
    assert http.get(f"{V}/sobjects/Account", headers={"X-PrettyPrint": "0"}).text.startswith('{"')


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"{V}/sobjects", XML),
        (f"{V}/sobjects", {"Accept": "text/xml;q=0.9, application/xml"}),
        (f"{V}/sobjects.xml", {}),
        (f"{V}/sobjects/Account/describe.xml", {"Accept": "application/json"}),
        ("/services/data/v60.0.xml", {}),
    ],
)
def test_xml_is_refused_in_json(http: httpx.Client, path: str, headers: dict[str, str]) -> None:
    response = http.get(path, headers=headers)
    assert response.status_code == 406
    assert response.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert response.json()[0]["errorCode"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/sobjects/Account", "application/xml, application/json"),
        ("/sobjects/Account", "text/html,application/xml;q=0.9,*/*;q=0.8"),
        ("/sobjects/Account", "text/csv"),
        ("/sobjects/Account.json", "application/xml"),
        ("/limits.json", ""),
    ],
)
def test_who_also_takes_json_gets_it(http: httpx.Client, path: str, accept: str) -> None:
    response = http.get(V + path, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json;charset=UTF-8"


def test_a_body_in_xml_is_refused(http: httpx.Client) -> None:
    headers = {"Content-Type": "application/xml; charset=UTF-8"}
    response = http.post(f"{V}/sobjects/Account", content=b"<Account/>", headers=headers)
    assert (response.status_code, response.json()[0]["errorCode"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_an_external_id_may_end_like_a_form(http: httpx.Client) -> None:
    for ending in ("xml", "json"):
        path = f"{V}/sobjects/Account/External_Id__c/data.{ending}"
        assert http.patch(path, json={"Name": "Dotted"}).status_code == 201
        assert http.get(path).json()["External_Id__c"] == f"data.{ending}"


def test_indented_answers_are_zipped_too(http: httpx.Client) -> None:
    with http.stream("GET", f"{V}/sobjects", headers={"X-PrettyPrint": "1"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        raw = b"".join(response.iter_raw())
    assert gzip.decompress(raw).startswith(b'{\n  "encoding"')
