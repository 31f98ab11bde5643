"""Replay: events are kept for a while, and a client chooses where to begin."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from sfexplorer.demo.server import DemoServer
from tests.demo.bayeux import Listener, Message, make, topic


def names(events: list[Message]) -> list[str]:
    return [each["data"]["sobject"]["Name"] for each in events]


def ids(events: list[Message]) -> list[int]:
    return [each["data"]["event"]["replayId"] for each in events]


def invalid(number: object) -> str:
    return (
        f"400::The replayId {{{number}}} you provided was invalid.  Please provide a valid ID, "
        "-2 to replay all events, or -1 to replay only new events."
    )


@pytest.fixture(scope="module")
def channel(http: httpx.Client) -> str:
    """A channel with three events."""
    made = topic(http, "Replayed")
    for number in range(3):
        make(http, "Account", Name=f"Kept {number}")
    return made


def test_all_that_is_kept_comes_before_what_is_new(http: httpx.Client, channel: str) -> None:
    listener = Listener(http).listen(channel, replay=-2)
    make(http, "Account", Name="New")
    assert names(listener.heard())[:3] == ["Kept 0", "Kept 1", "Kept 2"]
    assert listener.heard() == []


@pytest.mark.parametrize("replay", [-1, None])
def test_only_what_is_new_comes_by_default(http: httpx.Client, channel: str, replay: int | None) -> None:
    listener = Listener(http).listen(channel, replay)
    make(http, "Account", Name="New")
    assert names(listener.heard()) == ["New"]


def test_a_replay_id_gives_what_came_behind_it(http: httpx.Client, channel: str) -> None:
    kept = Listener(http).listen(channel, replay=-2).heard()
    again = Listener(http).listen(channel, replay=ids(kept)[1]).heard()
    assert ids(again) == ids(kept)[2:]
    assert again == kept[2:]


def test_ids_rise_and_have_gaps(http: httpx.Client, channel: str) -> None:
    found = ids(Listener(http).listen(channel, replay=-2).heard())
    steps = [later - earlier for earlier, later in pairwise(found)]
    assert min(steps) > 1


@pytest.mark.parametrize("number", [0, -3, 999_999_999, "x", 1.5, True, None, 10**30])
def test_an_id_outside_of_what_is_kept_is_refused(http: httpx.Client, channel: str, number: object) -> None:
    listener = Listener(http)
    message = listener.message("subscribe", subscription=channel, ext={"replay": {channel: number}})
    (answer,) = listener.say(message)
    assert answer["error"] == invalid(number)
    assert listener.listen(channel, replay=-2).heard()


def test_other_channels_in_the_map_mean_nothing(http: httpx.Client, channel: str) -> None:
    listener = Listener(http)
    message = listener.message("subscribe", subscription=channel, ext={"replay": {"/topic/Other": 0}})
    assert listener.say(message)[0]["successful"]
    assert listener.heard() == []


def test_a_filtered_channel_is_replayed_by_either_name(http: httpx.Client, channel: str) -> None:
    filtered = f"{channel}?Name='Kept 1'"
    for key in (filtered, channel):
        listener = Listener(http)
        message = listener.message("subscribe", subscription=filtered, ext={"replay": {key: -2}})
        assert listener.say(message)[0]["successful"]
        assert names(listener.heard()) == ["Kept 1"]


def test_events_go_when_their_time_is_over(
    http: httpx.Client, server: DemoServer, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ids(Listener(http).listen(channel, replay=-2).heard())[0]
    hour, now = 60 * 60, server.org.events.now()
    monkeypatch.setattr(server.org.events, "now", lambda: now + 23 * hour)
    assert Listener(http).listen(channel, replay=number).heard()
    monkeypatch.setattr(server.org.events, "now", lambda: now + 25 * hour)
    assert Listener(http).subscribe(channel, replay=number)["error"] == invalid(number)
    assert Listener(http).listen(channel, replay=-2).heard() == []
    # Change events are kept longer.
    assert Listener(http).listen("/data/AccountChangeEvent", replay=-2).heard()
    monkeypatch.setattr(server.org.events, "now", lambda: now + 73 * hour)
    assert Listener(http).listen("/data/AccountChangeEvent", replay=-2).heard() == []


def test_a_kept_org_keeps_its_events_and_numbers_on(tmp_path: Path) -> None:
    path = tmp_path / "org.sqlite"
    with DemoServer(keep=path) as first, client_of(first) as http:
        channel = topic(http, "KeptOn")
        make(http, "Account", Name="Before")
        (before,) = Listener(http).listen(channel, replay=-2).heard()
    with DemoServer(keep=path) as second, client_of(second) as http:
        listener = Listener(http).listen(channel, replay=-2)
        make(http, "Account", Name="After")
        kept, after = listener.heard()
    assert kept == before
    assert ids([after]) > ids([before])


def client_of(server: DemoServer) -> httpx.Client:
    headers = {"Authorization": f"Bearer {server.access_token}"}
    return httpx.Client(base_url=server.url, headers=headers)


def test_nothing_is_lost_or_doubled_while_events_come(http: httpx.Client, server: DemoServer) -> None:
    channel = topic(http, "Busy")
    store, type = server.org.store, server.org.schema["Account"]
    made = [f"{number}" for number in range(100)]

    def write() -> None:
        for name in made:
            with store.transaction():
                store.create(type, {"Name": name})

    listeners = [Listener(http) for _ in range(20)]
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        for listener in listeners:
            listener.listen(channel, replay=-2)
        writing.result(20)
    assert [names(listener.heard()) for listener in listeners] == [made] * 20


def test_ids_have_gaps_where_nothing_else_happens(http: httpx.Client) -> None:
    listener = Listener(http).listen("/event/Low_Ink__e")
    for _ in range(2):
        make(http, "Low_Ink__e")
    first, second = ids(listener.heard())
    assert second > first + 1
