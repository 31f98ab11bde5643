"""Where requests may go."""

from __future__ import annotations

import pytest

from sfexplorer.client import ForeignUrl, InsecureUrl, MalformedUrl, origin_of
from sfexplorer.client.addresses import own_path

ORIGIN = "https://acme.my.salesforce.com"


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("acme.my.salesforce.com", ORIGIN),
        ("https://ACME.my.salesforce.com/", ORIGIN),
        ("  https://acme.my.salesforce.com:443/lightning/page/home ", ORIGIN),
        ("https://acme.lightning.force.com/lightning/r/001/view", ORIGIN),
        ("https://acme--dev.sandbox.my.salesforce.com", "https://acme--dev.sandbox.my.salesforce.com"),
        ("http://localhost:8080/x", "http://localhost:8080"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:99", "http://[::1]:99"),
        ("https://example.com:8443", "https://example.com:8443"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, origin: str) -> None:
    assert origin_of(written) == origin


@pytest.mark.parametrize(
    "written", ["http://example.com", "http://10.0.0.1:8080", "http://localhost.evil.com"]
)
def test_plain_http_is_for_this_machine_only(written: str) -> None:
    with pytest.raises(InsecureUrl) as caught:
        origin_of(written)
    assert caught.value.hint == "Use https."


@pytest.mark.parametrize(
    "written",
    [
        "",
        "https://",
        "ftp://acme.com",
        "https://user:pw@acme.com",
        "https://acme.com:port",
        "a b",
        "https://a\nb",
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(MalformedUrl) as caught:
        origin_of(written)
    assert "https://acme.my.salesforce.com" in caught.value.hint


def test_an_orgs_own_url_is_taken_as_a_path() -> None:
    path = "/services/data/v60.0/query/01g-2000?x=1"
    assert own_path(path, ORIGIN) == path
    assert own_path(ORIGIN + path, ORIGIN) == path


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/services/data",
        "//evil.example/services/data",
        "https://acme.my.salesforce.com.evil.example/x",
        "https://acme.my.salesforce.com:8443/x",
    ],
)
def test_a_url_to_another_origin_is_foreign(url: str) -> None:
    with pytest.raises(ForeignUrl):
        own_path(url, ORIGIN)


@pytest.mark.parametrize("url", ["", "services/data", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"])
def test_what_is_neither_path_nor_url_is_refused(url: str) -> None:
    with pytest.raises(MalformedUrl):
        own_path(url, ORIGIN)
