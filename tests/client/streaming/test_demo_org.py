"""All kinds of events, and what makes an org tell them, at the demo org."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from sfexplorer.client import (
    ChangeEvent,
    Connection,
    FieldErrors,
    GenericEvent,
    NotFound,
    Org,
    PlatformEvent,
    SObject,
    TopicEvent,
)
from sfexplorer.demo.server import DemoServer
from tests.client.conftest import requests_at
from tests.client.streaming.conftest import QUICK

QUERY = "SELECT Id, Name FROM Account WHERE Industry != 'Media'"


def switch(demo_org: DemoServer, **wanted: object) -> list[object]:
    answer = httpx.post(f"{demo_org.url}/__demo__/streaming", json=wanted, trust_env=False)
    clients: list[object] = answer.json()["clients"]
    return clients


async def test_each_kind_of_channel_tells_events_of_its_own_kind(
    org: Org, demo_org: DemoServer, connect: Callable[..., Connection]
) -> None:
    # A connect that is held takes no place of other requests.
    org = connect(concurrency=1, login_url=demo_org.url).org(org.oauth)
    topic = await org.push_topics.create("Kinds", QUERY)
    await org.insert(SObject("StreamingChannel", Name="/u/kinds"))
    demo_org.faults(
        {"path": "/topic/", "streaming": "busy"},
        {"path": "/u/kinds", "streaming": "duplicate"},
    )
    async with asyncio.timeout(10), org.stream(timing=QUICK) as stream:
        for channel in (topic.channel, "/u/kinds", "/event/Low_Ink__e", "/data/AccountChangeEvent"):
            await stream.subscribe(channel)
        account = await org.insert(SObject("Account", Name="Acme"))
        (pushed,) = await org.push("/u/kinds", "Good morning")
        uuid = await org.publish("Low_Ink__e", {"Printer_Model__c": "XZO-5"})
        told = {type(event): event for event in [await anext(stream) for _ in range(4)]}
    assert pushed.fanout_count == -1
    topical, change = told[TopicEvent], told[ChangeEvent]
    generic, published = told[GenericEvent], told[PlatformEvent]
    assert isinstance(topical, TopicEvent)
    assert isinstance(change, ChangeEvent)
    assert isinstance(published, PlatformEvent)
    assert (topical.type, topical.sobject) == ("created", {"Id": account.id, "Name": "Acme"})
    assert (change.type, change.entity, change.record_ids) == ("CREATE", "Account", (account.id,))
    assert change.sobject["Name"] == "Acme"
    assert generic.payload == "Good morning"
    assert (published.payload["Printer_Model__c"], published.uuid) == ("XZO-5", uuid)
    assert all(event.created is not None and event.replay_id for event in told.values())
    assert switch(demo_org) == []


@pytest.mark.parametrize("way", ["restart", "lose"])
async def test_a_new_subscription_that_breaks_before_its_first_event_loses_and_adds_none(
    org: Org, demo_org: DemoServer, way: str
) -> None:
    topic = await org.push_topics.create(f"First_{way}", QUERY)
    await org.insert(SObject("Account", Name="Before"))
    async with asyncio.timeout(10), org.stream(timing=QUICK) as stream:
        await stream.subscribe(topic.channel)
        switch(demo_org, **{way: True})
        demo_org.faults({"path": "/cometd", "status": 503, "count": 2})
        for name in ("Missed", "Later"):
            await org.insert(SObject("Account", Name=name))
        assert [(await anext(stream)).payload["Name"] for _ in range(2)] == ["Missed", "Later"]


async def test_a_topic_is_made_found_switched_and_deleted(org: Org) -> None:
    made = await org.push_topics.create("Made", QUERY, fields="All", operations={"create"}, description="Why")
    assert made == await org.push_topics.named("Made")
    assert (made.is_active, made.notify_for_operation_update, made.description) == (True, False, "Why")
    await org.push_topics.activate(made, False)
    assert [each.is_active for each in await org.push_topics.all() if each.name == "Made"] == [False]
    await org.push_topics.delete(made)
    with pytest.raises(NotFound):
        await org.push_topics.named("Made")
    with pytest.raises(NotFound):
        await org.push("/u/nowhere", "Hello?")


async def test_a_query_that_no_topic_can_have_is_refused_before_anything_is_sent(
    org: Org, demo_org: DemoServer
) -> None:
    with pytest.raises(FieldErrors) as refused:
        await org.push_topics.create("x" * 26, "SELECT Name FROM Pricebook2 LIMIT 3")
    assert refused.value.fields == ("Query", "Name")
    assert "'LIMIT' is not allowed" in refused.value.message
    assert requests_at(demo_org) == []
