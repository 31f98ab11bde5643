"""Bayeux as Salesforce speaks it: handshake, connect, subscribe, goodbye."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.bayeux import HANDSHAKE, Listener, ask, make, topic, until

RETRY = {"interval": 0, "timeout": 110_000, "reconnect": "retry"}


@pytest.fixture(scope="module")
def channel(http: httpx.Client) -> str:
    return topic(http, "Accounts")


@pytest.fixture
def listener(http: httpx.Client) -> Listener:
    return Listener(http)


def test_a_handshake_gives_a_client_id_and_only_long_polling(http: httpx.Client) -> None:
    offered = ["in-process", "websocket", "long-polling"]
    (answer,) = ask(http, {**HANDSHAKE, "supportedConnectionTypes": offered, "id": "a1"})
    client_id = answer.pop("clientId")
    assert 25 <= len(client_id) <= 29
    assert client_id.isalnum()
    assert client_id.lower() == client_id
    assert answer == {
        "ext": {"replay": True, "payload.format": True},
        "minimumVersion": "1.0",
        "supportedConnectionTypes": ["long-polling"],
        "channel": "/meta/handshake",
        "id": "a1",
        "version": "1.0",
        "successful": True,
    }


@pytest.mark.parametrize("form", ["Bearer {}", "OAuth {}", "{}", "bearer  {}"])
def test_every_form_of_the_token_is_taken(http: httpx.Client, server: DemoServer, form: str) -> None:
    (answer,) = ask(http, HANDSHAKE, Authorization=form.format(server.access_token))
    assert answer["successful"]


@pytest.mark.parametrize("path", ["", "/", "/handshake", "/connect", "/subscribe"])
def test_a_word_behind_the_version_means_nothing(http: httpx.Client, path: str) -> None:
    assert ask(http, HANDSHAKE, path=f"/cometd/58.0{path}")[0]["successful"]


def test_a_handshake_sets_cookies_and_nobody_must_bring_them_back(http: httpx.Client) -> None:
    http.cookies.clear()
    response = http.post("/cometd/60.0", json=[HANDSHAKE])
    cookies = response.headers.get_list("set-cookie")
    assert [each.partition("=")[0] for each in cookies] == ["BAYEUX_BROWSER", "sfdc-stream"]
    assert cookies[0].endswith("; HttpOnly; Path=/cometd/")
    assert "Secure" not in cookies[1]


def test_an_upgrade_to_websocket_is_refused_and_the_connection_closed(http: httpx.Client) -> None:
    headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
    response = http.get("/cometd/60.0", headers=headers)
    assert (response.status_code, response.headers["connection"]) == (405, "close")


def test_the_first_connect_is_answered_at_once_with_advice_and_no_later_one(listener: Listener) -> None:
    first = {"clientId": listener.id, "advice": RETRY, "channel": "/meta/connect", "id": "connect"}
    assert listener.connect() == [{**first, "successful": True}]
    assert listener.connect(advice={"timeout": 0}) == [
        {"clientId": listener.id, "channel": "/meta/connect", "id": "connect", "successful": True}
    ]


def test_a_held_connect_ends_with_the_event(listener: Listener, channel: str, http: httpx.Client) -> None:
    with listener.listen(channel).holding() as answer:
        account = make(http, "Account", Name="Held")
        event, bare = answer.result(20)
    assert event["channel"] == channel
    assert event["data"]["sobject"] == {"Id": account, "Name": "Held"}
    assert "advice" not in bare


def test_a_held_connect_ends_when_its_time_is_over(
    server: DemoServer, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener.connect()
    monkeypatch.setattr(server.org.hub, "hold_seconds", 0.05)
    assert [each["successful"] for each in listener.connect()] == [True]


def test_a_second_connect_ends_the_first(listener: Listener) -> None:
    with listener.holding() as first, ThreadPoolExecutor(1) as pool:
        second = pool.submit(listener.connect)
        assert first.result(20)[0]["successful"]
        until(listener.is_held)
        listener.say(listener.message("disconnect"))
        assert second.result(20)[0]["successful"]


def test_disconnect_ends_a_held_connect_and_the_session(listener: Listener) -> None:
    with listener.holding() as held:
        (goodbye,) = listener.say(listener.message("disconnect"))
        assert goodbye == {
            "clientId": listener.id, "channel": "/meta/disconnect", "id": "disconnect", "successful": True,
        }  # fmt: skip
        assert held.result(20)[0]["successful"]
    assert listener.connect()[0]["error"] == "403::Unknown client"


def test_a_batch_is_answered_in_order_and_at_once_with_the_first_connect(
    listener: Listener, channel: str
) -> None:
    connect = listener.message("connect", connectionType="long-polling", advice={"timeout": 0})
    answers = listener.say(connect, listener.message("subscribe", subscription=channel))
    assert [each["channel"] for each in answers] == ["/meta/connect", "/meta/subscribe"]
    assert all(each["successful"] for each in answers)


def test_a_batch_may_say_goodbye_before_the_rest(listener: Listener, channel: str) -> None:
    listener.listen(channel)
    rest = listener.message("unsubscribe", subscription=channel)
    goodbye, other = listener.say(listener.message("disconnect"), rest)
    assert (goodbye["successful"], other["successful"]) == (True, False)


def test_unsubscribe_ends_the_events(listener: Listener, channel: str, http: httpx.Client) -> None:
    listener.listen(channel)
    (answer,) = listener.say(listener.message("unsubscribe", subscription=channel))
    assert (answer["subscription"], answer["successful"]) == (channel, True)
    make(http, "Account", Name="Unheard")
    assert listener.heard() == []


def test_subscribing_twice_gives_each_event_once(
    listener: Listener, channel: str, http: httpx.Client
) -> None:
    listener.listen(channel).listen(channel)
    make(http, "Account", Name="Once")
    assert len(listener.heard()) == 1


def test_events_come_before_the_connect_that_brings_them(
    listener: Listener, channel: str, http: httpx.Client
) -> None:
    listener.listen(channel)
    for number in range(3):
        make(http, "Account", Name=f"Number {number}")
    answers = listener.connect()
    assert [each["channel"] for each in answers] == [channel, channel, channel, "/meta/connect"]
    ids = [each["data"]["event"]["replayId"] for each in answers[:3]]
    assert ids == sorted(ids)


def test_ids_are_echoed_as_they_came_and_left_out_where_none_came(http: httpx.Client) -> None:
    answers = ask(http, {**HANDSHAKE, "id": 7}, HANDSHAKE)
    assert answers[0]["id"] == 7
    assert "id" not in answers[1]


def test_streaming_spends_no_api_calls(server: DemoServer, listener: Listener) -> None:
    before = server.org.allowance.calls
    listener.connect()
    assert server.org.allowance.calls == before
