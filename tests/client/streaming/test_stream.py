"""Streams as their readers see them, at a feed of the tests' own."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sfexplorer.client import (
    Connection,
    FileReplayStore,
    OAuth,
    ReplayIdInvalid,
    SessionExpired,
    StateChanged,
    Stream,
    SubscriptionRefused,
    TopicEvent,
)
from tests.client.streaming.conftest import QUICK, Opened
from tests.client.streaming.feed import CHANNEL
from tests.client.streaming.spoiling import forgotten, lost


async def read_all(stream: Stream, heard: list[int | None]) -> None:
    async for event in stream:
        heard.append(event.replay_id)


async def test_leaving_tells_the_org_also_when_cancelled(opened: Opened) -> None:
    feed, org = await opened(1)
    come = asyncio.Event()

    async def listen() -> None:
        async for _ in org.subscribe(CHANNEL, "ALL", timing=QUICK):
            come.set()

    task = asyncio.create_task(listen())
    await come.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [each["channel"] for each in feed.said[-2:]] == ["/meta/unsubscribe", "/meta/disconnect"]
    assert feed.listeners == {}


async def test_a_reader_that_gave_up_waiting_reads_on_later(opened: Opened) -> None:
    feed, org = await opened(0)
    async with org.stream(timing=QUICK) as stream:
        await stream.subscribe(CHANNEL)
        for _ in range(2):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(stream), 0.01)
        feed.count = 2
        assert [(await anext(stream)).replay_id for _ in range(2)] == [10, 20]


async def test_a_slow_reader_stops_the_polling_and_misses_nothing(opened: Opened) -> None:
    feed, org = await opened(2_000, at_once=50)
    async with org.stream(room=100, timing=QUICK) as stream:
        await stream.subscribe(CHANNEL, "ALL")
        await anext(stream)
        (listener,) = feed.listeners.values()
        # More turns of the loop than the client needs for all that there is.
        for _ in range(20_000):
            await asyncio.sleep(0)
        assert listener.told == 150
        # Also not by sessions that break meanwhile; only one more, for who asks for one more channel.
        feed.listeners.clear()
        with pytest.raises(SubscriptionRefused):
            await stream.subscribe("/topic/Missing")
        assert [(await anext(stream)).replay_id for _ in range(1_999)] == list(range(20, 20_010, 10))


async def test_states_are_told_among_the_events_and_cookies_stay_in_their_session(opened: Opened) -> None:
    feed, org = await opened(4, at_once=2, every=2, breaks=1, spoil=lost)
    told: list[str | int | None] = []
    async with org.stream(timing=QUICK) as stream:
        await stream.subscribe(CHANNEL, "ALL")
        async for each in stream.told():
            told.append(each.state if isinstance(each, StateChanged) else each.replay_id)
            if told[-1] == 40:
                break
        assert stream.positions == {CHANNEL: 40}
    assert told == [
        *("connecting", "connected", 10, 20),
        *("waiting", "connecting", "connected", 30, 40),
    ]
    assert feed.asked == [-2, 20]
    handshakes = [number for number, said in enumerate(feed.said) if said["channel"] == "/meta/handshake"]
    sent = ["" if number in handshakes else "node=200" for number in range(len(feed.cookies))]
    assert feed.cookies == sent


async def test_an_event_too_long_ago_is_told_with_the_choices_there_are(opened: Opened) -> None:
    feed, org = await opened(20, at_once=5, every=2, breaks=1, spoil=forgotten)
    feed.oldest = 6
    async with org.stream(timing=QUICK) as stream:
        with pytest.raises(ReplayIdInvalid) as refused:
            await stream.subscribe(CHANNEL, 30)
        assert (refused.value.replay_id, refused.value.choices) == (30, ("ALL", "NEW"))
        with pytest.raises(SubscriptionRefused) as missing:
            await stream.subscribe("/topic/Missing")
        assert missing.value.channel == "/topic/Missing"
        await stream.subscribe(CHANNEL, "ALL")
        heard: list[int | None] = []
        # The break comes behind the fifth event, and by then that one is forgotten.
        with pytest.raises(ReplayIdInvalid) as late:
            await read_all(stream, heard)
        assert (heard, late.value.replay_id) == ([10, 20, 30, 40, 50], 50)
        await stream.subscribe(CHANNEL, late.value.choices[0])
        assert (await anext(stream)).replay_id == 10


async def test_a_token_that_nobody_renews_ends_the_stream_with_the_reason(
    opened: Opened, connect: type[Connection]
) -> None:
    feed, _ = await opened(2, at_once=1)
    alone = connect(login_url=feed.url, api_version="60.0").org(OAuth(feed.token, feed.url))
    async with alone.stream(timing=QUICK) as stream:
        await stream.subscribe(CHANNEL, "ALL")
        assert isinstance(await anext(stream), TopicEvent)
        feed.token += "0"
        with pytest.raises(SessionExpired):
            await read_all(stream, [])
        with pytest.raises(SessionExpired):
            await anext(stream)
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_the_next_start_goes_on_behind_the_last_event_that_was_worked_on(
    opened: Opened, tmp_path: Path
) -> None:
    feed, org = await opened(9)
    heard: list[int | None] = []

    async def read(count: int) -> None:
        store = FileReplayStore(tmp_path)
        async with asyncio.timeout(10), org.stream(store=store, timing=QUICK) as stream:
            await stream.subscribe(CHANNEL, "ALL")
            for _ in range(count):
                heard.append((await anext(stream)).replay_id)
            if len(heard) == 5:
                raise RuntimeError("work on the fifth went wrong")

    await read(3)
    with pytest.raises(RuntimeError):
        await read(2)
    await read(5)
    assert heard == [10, 20, 30, 40, 50, 50, 60, 70, 80, 90]
    assert feed.asked == [-2, 30, 40]


async def test_a_channel_that_the_org_has_no_time_for_keeps_no_other_waiting(opened: Opened) -> None:
    feed, org = await opened(40, at_once=5)
    async with asyncio.timeout(10), org.stream(timing=QUICK) as stream:
        await stream.subscribe(CHANNEL, "ALL")
        feed.busy.add("/u/busy")
        waiting = asyncio.create_task(stream.subscribe("/u/busy"))
        heard = [(await anext(stream)).replay_id for _ in range(20)]
        # Both have to be asked for again.
        feed.listeners.clear()
        heard += [(await anext(stream)).replay_id for _ in range(20)]
        assert heard == list(range(10, 410, 10))
        assert not waiting.done()
        feed.busy.clear()
        with pytest.raises(SubscriptionRefused):
            await waiting


@pytest.mark.parametrize(
    ("channel", "replay"),
    [("topic", "NEW"), ("/meta/x", "NEW"), ("/u/*", "NEW"), ("/u/x", 0), ("/u/x", "OLD")],
)
async def test_what_is_no_channel_or_no_place_in_one_is_refused_at_once(
    opened: Opened, channel: str, replay: int
) -> None:
    feed, org = await opened(0)
    async with org.stream() as stream:
        with pytest.raises(ValueError, match=r"no channel|no place"):
            await stream.subscribe(channel, replay)
    assert feed.said == []
