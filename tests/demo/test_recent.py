"""The records that each user has seen or changed last."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V

GRACE = "0055g0000000002AAA"


@pytest.fixture
def grace(server: DemoServer) -> Iterator[httpx.Client]:
    """A client that another user has signed in with."""
    session = server.org.sessions.open(GRACE)
    headers = {"Authorization": f"Bearer {session.token}"}
    with httpx.Client(base_url=server.url, headers=headers) as client:
        yield client


def ids(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [each["Id"] for each in response.json()]


def test_reads_and_writes_are_noted_the_last_one_first(http: httpx.Client) -> None:
    account = http.post(f"{V}/sobjects/Account", json={"Name": "Seen"}).json()["id"]
    contact = http.post(f"{V}/sobjects/Contact", json={"LastName": "Seen"}).json()["id"]
    assert ids(http.get(f"{V}/recent"))[:2] == [contact, account]
    http.get(f"{V}/sobjects/Account/{account}")
    assert ids(http.get(f"{V}/recent"))[:2] == [account, contact]
    http.patch(f"{V}/sobjects/Contact/{contact}", json={"Title": "x"})
    body = http.get(f"{V}/recent", params={"limit": 1}).json()
    url = f"{V}/sobjects/Contact/{contact}"
    assert body == [{"attributes": {"type": "Contact", "url": url}, "Id": contact, "Name": "Seen"}]


def test_deleted_records_are_no_longer_recent(http: httpx.Client) -> None:
    lead = http.post(f"{V}/sobjects/Lead", json={"LastName": "Gone", "Company": "x"}).json()["id"]
    assert lead in ids(http.get(f"{V}/recent"))
    http.delete(f"{V}/sobjects/Lead/{lead}")
    assert lead not in ids(http.get(f"{V}/recent"))


def test_each_user_has_recent_records_of_their_own(http: httpx.Client, grace: httpx.Client) -> None:
    mine = http.post(f"{V}/sobjects/Account", json={"Name": "Mine"}).json()["id"]
    hers = grace.post(f"{V}/sobjects/Account", json={"Name": "Hers"}).json()["id"]
    assert hers not in ids(http.get(f"{V}/recent"))
    assert mine not in ids(grace.get(f"{V}/recent"))


def test_basic_information_begins_with_what_the_user_has_seen(http: httpx.Client) -> None:
    seen = "0015g0000000009AAA"
    http.get(f"{V}/sobjects/Account/{seen}")
    items = http.get(f"{V}/sobjects/Account").json()["recentItems"]
    assert items[0]["Id"] == seen
    assert len({each["Id"] for each in items}) == len(items) == 10


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "٣", "9" * 30])
def test_a_limit_is_a_number_in_bounds(http: httpx.Client, limit: str) -> None:
    response = http.get(f"{V}/recent", params={"limit": limit})
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_QUERY_PARAMETER")
