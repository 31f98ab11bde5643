"""Streaming that goes wrong on demand."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.bayeux import Listener, make, topic

UNKNOWN = "403::Unknown client"


@pytest.fixture(scope="module")
def channel(http: httpx.Client) -> str:
    return topic(http, "Faulty")


@pytest.fixture
def listener(http: httpx.Client, channel: str) -> Listener:
    return Listener(http).listen(channel)


@pytest.fixture(autouse=True)
def clean(server: DemoServer) -> Iterator[None]:
    yield
    server.faults()


def names(listener: Listener) -> list[str]:
    return [each["data"]["sobject"]["Name"] for each in listener.heard()]


def test_an_event_can_come_twice(server: DemoServer, http: httpx.Client, listener: Listener) -> None:
    server.faults({"path": "/topic/Faulty", "streaming": "duplicate"})
    for name in ("Twice", "Once"):
        make(http, "Account", Name=name)
    assert names(listener) == ["Twice", "Twice", "Once"]


def test_an_event_can_come_late(server: DemoServer, listener: Listener) -> None:
    server.faults({"path": "/topic/Faulty", "streaming": "late", "latency_ms": 50})
    listener.connect()
    store, type = server.org.store, server.org.schema["Account"]
    with store.transaction():
        for name in ("Late", "Early"):
            store.create(type, {"Name": name})
    heard: list[str] = []
    while len(heard) < 2:
        heard += [each["data"]["sobject"]["Name"] for each in listener.connect()[:-1]]
    assert heard == ["Early", "Late"]


def test_a_client_can_be_lost_at_its_next_request(
    server: DemoServer, http: httpx.Client, listener: Listener, channel: str
) -> None:
    other = Listener(http).listen(channel)
    server.faults({"path": "/cometd", "streaming": "lost_client"})
    (answer,) = listener.connect()
    assert (answer["error"], answer["advice"]["reconnect"]) == (UNKNOWN, "handshake")
    assert other.connect()[0]["successful"]


def test_a_client_can_be_lost_while_it_waits(http: httpx.Client, listener: Listener) -> None:
    with listener.holding() as held:
        assert http.post("/__demo__/streaming", json={"lose": listener.id}).status_code == 200
        assert held.result(20)[0]["error"] == UNKNOWN


def test_a_restart_cuts_off_who_waits_and_forgets_all(
    http: httpx.Client, listener: Listener, channel: str
) -> None:
    other = Listener(http).listen(channel)
    with listener.holding() as held:
        assert http.post("/__demo__/streaming", json={"restart": True}).json()["clients"] == []
        with pytest.raises(httpx.TransportError):
            held.result(20)
    assert [each.connect()[0]["error"] for each in (listener, other)] == [UNKNOWN, UNKNOWN]


def test_a_restart_can_wait_for_a_request(server: DemoServer, http: httpx.Client, listener: Listener) -> None:
    server.faults({"path": "/cometd", "streaming": "restart"})
    assert listener.connect()[0]["error"] == UNKNOWN


def test_what_was_missed_comes_by_its_replay_id(
    server: DemoServer, http: httpx.Client, listener: Listener, channel: str
) -> None:
    make(http, "Account", Name="Seen")
    (seen,) = listener.heard()
    http.post("/__demo__/streaming", json={"restart": True})
    make(http, "Account", Name="Missed")
    again = Listener(http).listen(channel, replay=seen["data"]["event"]["replayId"])
    assert names(again) == ["Missed"]


def test_a_subscription_can_be_refused_for_being_busy(
    server: DemoServer, http: httpx.Client, channel: str
) -> None:
    server.faults({"path": "/topic/", "streaming": "busy"})
    listener = Listener(http)
    answer = listener.subscribe(channel)
    assert answer["error"] == "403:denied_by_security_policy:subscribe_denied"
    reason = "503::Server is too busy. Please try your request again later."
    assert answer["ext"] == {"sfdc": {"failureReason": reason}}
    assert listener.subscribe(channel)["successful"]


def test_faults_of_requests_hit_streaming_too(server: DemoServer, listener: Listener) -> None:
    server.faults({"path": "/cometd", "status": 503, "body": "<html>down</html>"})
    with pytest.raises(AssertionError, match="down"):
        listener.connect()
    assert listener.connect()[0]["successful"]


def test_an_event_waits_for_a_client_that_was_cut_off(
    server: DemoServer, http: httpx.Client, listener: Listener
) -> None:
    listener.heard()
    server.faults({"path": "/cometd", "drop": True})
    make(http, "Account", Name="Waiting")
    with pytest.raises(httpx.TransportError):
        listener.connect()
    assert names(listener) == ["Waiting"]


def test_the_time_that_connects_are_held_can_be_chosen(http: httpx.Client, listener: Listener) -> None:
    told = http.post("/__demo__/streaming", json={"hold_ms": 20}).json()
    assert told["hold_ms"] == 20
    assert listener.connect()[-1]["advice"]["timeout"] == 20
    assert listener.connect()[-1]["successful"]
    http.post("/__demo__/streaming", json={"hold_ms": 110_000})


@pytest.mark.parametrize("body", [{"hold_ms": -1}, {"nonsense": 1}, {"most_clients": "x"}, {"restart": "x"}])
def test_a_switch_that_can_not_be_is_refused(http: httpx.Client, body: object) -> None:
    response = http.post("/__demo__/streaming", json=body)
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "INVALID_INPUT")


def test_an_org_that_ends_answers_who_waits() -> None:
    with DemoServer(hold_seconds=30) as server:
        headers = {"Authorization": f"Bearer {server.access_token}"}
        with httpx.Client(base_url=server.url, headers=headers) as http:
            listener = Listener(http)
            assert listener.connect()[0]["advice"]["timeout"] == 30_000
            with listener.holding() as held:
                server.__exit__(None, None, None)
                assert held.result(20)[0]["successful"]
