"""Having something said: texts on generic channels, and platform events (WIRE streaming.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sfexplorer.client.addresses import path_part
from sfexplorer.client.errors import NotFound
from sfexplorer.client.exchange import json_call
from sfexplorer.client.query import Query
from sfexplorer.client.session import Session
from sfexplorer.client.values import to_wire
from sfexplorer.soql import quote


class Pushed(msgspec.Struct, frozen=True, rename="camel"):
    """Who hears a text that was pushed.

    Attributes:
        fanout_count: how many of the users that were named; -1 for all who listen.
        user_online_status: whether each of them listens just now, by their ids.
    """

    fanout_count: int = 0
    user_online_status: dict[str, bool] = {}


class _Published(msgspec.Struct, frozen=True):
    errors: tuple[dict[str, Any], ...] = ()


async def push(
    session: Session, channel: str, payloads: Sequence[str], users: Sequence[str] = ()
) -> list[Pushed]:
    """Say texts on a channel.

    Args:
        session: who says it.
        channel: `/u/notifications`.
        payloads: the texts.
        users: ids of those it is for; nobody stands for all.

    Raises:
        NotFound: there is no such channel.
    """
    soql = f"SELECT Id FROM StreamingChannel WHERE Name = {quote(channel)} LIMIT 1"  # noqa: S608 - quoted
    records = [record async for record in Query(session, soql)]
    if not records:
        raise NotFound(f"there is no channel {channel}", hint="Make it as a StreamingChannel of that name.")
    path = await session.path(f"sobjects/StreamingChannel/{path_part(records[0].id or '')}/push")
    events = [{"payload": each, "userIds": list(users)} for each in payloads]
    return (await session.send(json_call("POST", path, {"pushEvents": events}))).decode(list[Pushed])


async def publish(session: Session, event: str, fields: Mapping[str, Any]) -> str:
    """Publish a platform event, and give its EventUuid; the org has it, and tells it soon."""
    path = await session.path(f"sobjects/{path_part(event)}")
    body = {name: to_wire(value) for name, value in fields.items()}
    told = (await session.send(json_call("POST", path, body))).decode(_Published)
    # A success has an entry among its errors all the same: that it is on its way, and under which name.
    names = (each.get("message") for each in told.errors if each.get("statusCode") == "OPERATION_ENQUEUED")
    return str(next(names, ""))
