"""What Bayeux refuses, in Salesforce's words, and what ends a session."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from sfexplorer.demo.users import other_user
from tests.demo.bayeux import HANDSHAKE, Listener, ask, make, topic
from tests.demo.conftest import V


@pytest.fixture(scope="module")
def channel(http: httpx.Client) -> str:
    return topic(http, "Accounts")


@pytest.fixture
def listener(http: httpx.Client) -> Listener:
    return Listener(http)


@pytest.mark.parametrize("token", ["", "nobody's"])
def test_a_handshake_without_a_session_is_denied(http: httpx.Client, token: str) -> None:
    reason = "401::Authentication invalid" if token else "401::Request requires authentication"
    (answer,) = ask(http, {**HANDSHAKE, "id": "1"}, Authorization=f"{token}")
    assert answer == {
        "ext": {"sfdc": {"failureReason": reason}, "replay": True},
        "advice": {"reconnect": "none"},
        "channel": "/meta/handshake",
        "id": "1",
        "error": "403::Handshake denied",
        "successful": False,
    }


def test_an_unknown_client_is_told_to_shake_hands(http: httpx.Client) -> None:
    connect = {"channel": "/meta/connect", "clientId": "nobody", "connectionType": "long-polling", "id": "83"}
    assert ask(http, connect) == [
        {
            "advice": {"interval": 0, "reconnect": "handshake"},
            "channel": "/meta/connect",
            "id": "83",
            "error": "403::Unknown client",
            "successful": False,
        }
    ]


def test_a_client_is_forgotten_40_seconds_after_its_last_answer(
    server: DemoServer, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = server.org.hub.clock()
    monkeypatch.setattr(server.org.hub, "clock", lambda: now)
    listener.connect()
    now += 39
    listener.heard()
    now += 39
    assert listener.subscribe("/event/Low_Ink__e")["successful"]
    now += 41
    assert listener.connect()[0]["error"] == "403::Unknown client"
    assert server.org.hub.listeners("/event/Low_Ink__e") == []


def test_the_time_that_a_connect_is_held_does_not_count(
    server: DemoServer, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = server.org.hub.clock()
    monkeypatch.setattr(server.org.hub, "clock", lambda: now)
    with listener.holding() as held:
        now += 100
        listener.say(listener.message("unsubscribe", subscription="/u/none"))
        assert listener.is_held()
        listener.say(listener.message("disconnect"))
        assert held.result(20)[0]["successful"]


def test_an_expired_token_ends_the_session(server: DemoServer, http: httpx.Client) -> None:
    token = server.org.sessions.open(server.org.administrator.id).token
    listener = Listener(http, token=token)
    refused = {
        "clientId": listener.id,
        "advice": {"reconnect": "none", "interval": 0},
        "channel": "/meta/connect",
        "id": "connect",
        "error": "401::Authentication invalid",
        "successful": False,
    }
    with listener.holding() as held:
        http.post("/__demo__/expire", json={"token": token})
        assert held.result(20) == [refused]
    assert listener.connect() == [refused]
    listener.headers["Authorization"] = f"Bearer {server.access_token}"
    assert listener.connect()[0]["error"] == "403::Unknown client"


def test_another_users_client_can_not_be_used(server: DemoServer, listener: Listener) -> None:
    org = server.org
    other = org.sessions.open(other_user(org.store, org.administrator.id)).token
    listener.headers["Authorization"] = f"Bearer {other}"
    (answer,) = listener.connect()
    assert answer["error"] == "400::Authenticated user id does not match the session's user id"
    assert answer["advice"]["reconnect"] == "none"


@pytest.mark.parametrize("path", ["/cometd", "/cometd/", "/cometd/handshake", "/cometd/60", "/cometd/99.0"])
def test_the_version_must_stand_in_the_path(http: httpx.Client, path: str) -> None:
    (answer,) = ask(http, HANDSHAKE, path=path)
    assert answer["error"] == "400::API version in the URI is mandatory. URI format: '/cometd/XX.0'"


@pytest.mark.parametrize(
    "missing",
    [
        "/topic/None",
        "/topic/accounts",
        "/topic/*",
        "/topic/",
        "/u/none",
        "/u/none?a=b",
        "/event/low_ink__e",
        "/event/Account",
        "/data/NoneChangeEvent",
        "/data/PushTopicChangeEvent",
        "/data/Account",
    ],
)
def test_a_channel_that_is_not_there_is_named(listener: Listener, channel: str, missing: str) -> None:
    answer = listener.subscribe(missing)
    error = f"400::The channel you requested to subscribe to does not exist {{{missing}}}"
    assert (answer["successful"], answer["error"]) == (False, error)
    assert (answer["clientId"], answer["subscription"]) == (listener.id, missing)


@pytest.mark.parametrize(
    ("subscription", "error"),
    [
        ("/other/x", "403:denied_by_security_policy:create_denied"),
        ("/meta/connect", "403:denied_by_security_policy:create_denied"),
        ("topic/Accounts", "400::Channel subscriptions must start with a leading '/'"),
        ("", "400::Channel name not specified"),
        (None, "400::Channel name not specified"),
    ],
)
def test_what_is_no_channel_is_refused(listener: Listener, subscription: Any, error: str) -> None:
    assert listener.subscribe(subscription)["error"] == error


def test_publishing_is_refused(listener: Listener) -> None:
    (answer,) = listener.say({"channel": "/topic/Accounts", "clientId": listener.id, "data": {}})
    assert answer["error"] == "403:denied_by_security_policy:publish_denied"


def test_another_connection_type_is_refused(listener: Listener) -> None:
    (answer,) = listener.say(listener.message("connect", connectionType="websocket"))
    assert answer["error"] == "400::Invalid connection type {websocket}"


def test_the_orgs_limits_are_told(http: httpx.Client, listener: Listener) -> None:
    before = http.get("/__demo__/streaming").json()
    http.post("/__demo__/streaming", json={"most_clients": 1, "most_events": 0})
    (refused,) = ask(http, HANDSHAKE)
    assert refused["error"] == "403::Organization concurrent user limit exceeded"
    assert listener.connect()[0]["error"] == "403::Organization total events daily limit exceeded"
    http.post("/__demo__/streaming", json={each: before[each] for each in ("most_clients", "most_events")})
    assert listener.connect()[0]["successful"]


def test_what_goes_out_counts(http: httpx.Client, listener: Listener, channel: str) -> None:
    def left() -> int:
        limits = http.get(f"{V}/limits").json()
        return int(limits["DailyDurableStreamingApiEvents"]["Remaining"])

    listener.listen(channel)
    before = left()
    make(http, "Account", Name="Counted")
    listener.heard()
    assert left() == before - 1


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[1]", b"[]", b"null", b'"text"', b"\xff", b"[[{}]]"])
def test_what_is_no_list_of_messages_is_refused(http: httpx.Client, body: bytes) -> None:
    response = http.post("/cometd/60.0", content=body)
    assert (response.status_code, response.json()[0]["errorCode"]) == (400, "JSON_PARSER_ERROR")


def test_hostile_messages_are_answered_one_by_one(http: httpx.Client, listener: Listener) -> None:
    values = [None, True, 0, -1.5, 1e300, "", "x" * 3000, "/topic/A?B='C", "/u/\x00", [], {}, listener.id]
    kinds = ["handshake", "subscribe", "unsubscribe", "disconnect", "nothing", "../connect"]
    rng = random.Random(5)
    for _ in range(100):
        message = {
            name: rng.choice(values)
            for name in (
                "clientId",
                "subscription",
                "ext",
                "id",
                "supportedConnectionTypes",
                "connectionType",
            )
            if rng.random() < 0.6
        }
        message["channel"] = rng.choice([f"/meta/{rng.choice(kinds)}", rng.choice(values)])
        (answer,) = listener.say(message)
        assert answer["successful"] or answer["error"]
    exts: list[Any] = [[], {"replay": 5}, {"replay": {"/topic/Accounts": "x"}}, {"replay": {"/x": True}}]
    for ext in exts:
        (answer,) = Listener(listener.http).say(listener.message("subscribe", subscription="/x", ext=ext))
        assert not answer["successful"]
