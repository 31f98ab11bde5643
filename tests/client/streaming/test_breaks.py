"""A thousand events over twenty breaks of each kind: none lost, none twice, in order."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from tests.client.streaming.conftest import QUICK, Opened
from tests.client.streaming.spoiling import WAYS

COUNT = 1_000


@pytest.mark.parametrize("way", WAYS)
async def test_no_event_is_lost_or_doubled_over_twenty_breaks(opened: Opened, way: str) -> None:
    feed, org = await opened(COUNT, at_once=25, every=2, spoil=WAYS[way])
    heard: list[str] = []
    async with asyncio.timeout(20), aclosing(org.subscribe("/topic/Numbers", "ALL", timing=QUICK)) as events:
        async for event in events:
            heard.append(event.payload["Name"])
            if len(heard) == COUNT:
                break
    assert heard == [str(number) for number in range(1, COUNT + 1)]
    assert feed.spoiled == 20
