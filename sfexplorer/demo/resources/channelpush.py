"""Saying something on a streaming channel, and who would hear it (streaming.md section 4)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.errors import refusal, unreadable_json
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.journal import Posted
from sfexplorer.demo.org import Org
from sfexplorer.demo.streaming.events import moment_text
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.bodies import json_object
from sfexplorer.demo.web.call import Call, data
from sfexplorer.demo.writing import live_record

LONGEST_PAYLOAD = 3_000
_MOST_EVENTS = 100


def routes() -> list[BaseRoute]:
    """The paths of pushing."""
    return [data("/sobjects/StreamingChannel/{id}/push", since=29, GET=online, POST=push)]


async def online(call: Call) -> Response:
    """The channel's name, and which users listen to it."""
    name = await call.org.write(_channel, call.part("id"))
    users = sorted({client.user_id for client in call.org.hub.listeners(name)})
    return json_answer({"OnlineUserIds": users, "ChannelName": name})


def _channel(org: Org, text: str) -> str:
    return str(live_record(org, org.schema["StreamingChannel"], text)["Name"])


async def push(call: Call) -> Response:
    """Say something, to all who listen or to some users; tells for each event who hears it."""
    pushed = json_object(await call.body()).get("pushEvents")
    if not isinstance(pushed, list) or not pushed or len(pushed) > _MOST_EVENTS:
        raise unreadable_json(f"pushEvents must be a list of 1 to {_MOST_EVENTS} events")
    events = [_event(each) for each in pushed]
    name = await call.org.write(_say, call.part("id"), events)
    listening = {client.user_id for client in call.org.hub.listeners(name)}
    return json_answer([_heard(users, listening) for _, users in events])


def _event(pushed: Any) -> tuple[str, tuple[str, ...]]:
    """The payload of an event and whom it is for.

    Raises:
        Refusal: When it is no event, or too long.
    """
    payload = pushed.get("payload") if isinstance(pushed, dict) else None
    users = (pushed.get("userIds") or []) if isinstance(pushed, dict) else None
    if not isinstance(payload, str) or not isinstance(users, list):
        raise unreadable_json("an event has a payload and a list of userIds")
    if len(payload) > LONGEST_PAYLOAD:
        message = f"The payload is longer than {LONGEST_PAYLOAD} characters"
        raise refusal(400, "STRING_TOO_LONG", message, ["payload"])
    ids = [canonical(each) if isinstance(each, str) else None for each in users]
    if any(each is None or not each.startswith("005") for each in ids):
        raise refusal(400, "MALFORMED_ID", "userIds: id value of incorrect type", ["userIds"])
    return payload, tuple(each for each in ids if each is not None)


def _say(org: Org, text: str, events: list[tuple[str, tuple[str, ...]]]) -> str:
    name = _channel(org, text)
    for payload, users in events:
        event = {"createdDate": moment_text(datetime.now(UTC)), "replayId": 0}
        org.store.journal.post(Posted(name, {"event": event, "payload": payload}, users))
    return name


def _heard(users: tuple[str, ...], listening: set[str]) -> dict[str, Any]:
    status = {user: user in listening for user in users}
    return {"fanoutCount": sum(status.values()) if users else -1, "userOnlineStatus": status}
