"""aiosfstream-ng, unmodified, against the demo org."""

from __future__ import annotations

from typing import Any

import aiosfstream_ng.auth
import httpx
import pytest
from aiosfstream_ng.client import SalesforceStreamingClient
from aiosfstream_ng.exceptions import AuthenticationError, ServerError
from aiosfstream_ng.replay import ReplayMarker, ReplayOption

from sfexplorer.demo.server import DemoServer
from tests.demo.conftest import V


@pytest.fixture(autouse=True)
def token_url(org: DemoServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # A constant is the only place where it can be told another login host.
    monkeypatch.setattr(aiosfstream_ng.auth, "TOKEN_URL", f"{org.url}/services/oauth2/token")


def streaming(org: DemoServer, **options: Any) -> SalesforceStreamingClient:
    return SalesforceStreamingClient(
        consumer_key=org.client_id,
        consumer_secret=org.client_secret,
        username=org.username,
        **{"password": org.password + org.security_token, **options},
    )


def post(org: DemoServer, path: str, body: dict[str, object]) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {org.access_token}"}
    answer = httpx.post(f"{org.url}{V}{path}", json=body, headers=headers)
    assert answer.is_success, answer.text
    told: dict[str, object] = answer.json()
    return told


def topic(org: DemoServer, name: str) -> None:
    body = {"Name": name, "Query": "SELECT Id, Name FROM Account", "ApiVersion": 58.0}
    post(org, "/sobjects/PushTopic", {**body, "NotifyForFields": "All"})


async def test_hears_of_new_records_in_their_order(org: DemoServer) -> None:
    topic(org, "InOrder")
    async with streaming(org) as client:
        await client.subscribe("/topic/InOrder")
        for number in range(5):
            post(org, "/sobjects/Account", {"Name": f"Number {number}"})
        names = [(await client.receive())["data"]["sobject"]["Name"] for _ in range(5)]
    assert names == [f"Number {number}" for number in range(5)]


async def test_hears_again_what_it_missed(org: DemoServer) -> None:
    topic(org, "Missed")
    post(org, "/sobjects/Account", {"Name": "Before anybody listened"})
    async with streaming(org, replay=ReplayOption.ALL_EVENTS) as client:
        await client.subscribe("/topic/Missed")
        event = (await client.receive())["data"]
    assert (event["sobject"]["Name"], event["event"]["type"]) == ("Before anybody listened", "created")


async def test_falls_back_when_a_replay_id_is_too_old(org: DemoServer) -> None:
    topic(org, "TooOld")
    post(org, "/sobjects/Account", {"Name": "Kept"})
    markers = {"/topic/TooOld": ReplayMarker(date="2020-01-01T00:00:00Z", replay_id=999_999_999)}
    options = {"replay": markers, "replay_fallback": ReplayOption.ALL_EVENTS}
    async with streaming(org, **options) as client:
        await client.subscribe("/topic/TooOld")
        assert (await client.receive())["data"]["sobject"]["Name"] == "Kept"


async def test_is_told_of_what_can_not_be_heard(org: DemoServer) -> None:
    async with streaming(org) as client:
        with pytest.raises(ServerError, match="Subscribe request failed"):
            await client.subscribe("/topic/Nowhere")
    with pytest.raises(AuthenticationError):
        async with streaming(org, password="wrong"):
            pass
