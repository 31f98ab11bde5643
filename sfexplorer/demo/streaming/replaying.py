"""Replay: which of the events that are kept a new subscription gets (streaming.md section 2)."""

from __future__ import annotations

import sqlite3
from typing import Any

from sfexplorer.demo.objects import Schema
from sfexplorer.demo.streaming.channels import Channel, Denied, known_channel
from sfexplorer.demo.streaming.events import Event
from sfexplorer.demo.streaming.eventstore import EventStore

NEW_ONLY, ALL_KEPT = -1, -2
_INVALID = (
    "400::The replayId {{{}}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, "
    "or -1 to replay only new events."
)


def replay_option(message: dict[str, Any], channel: Channel) -> int:
    """What a subscription asks for: -1, -2 or a replay id.

    Raises:
        Denied: When it asks for something else.
    """
    ext = message.get("ext")
    options = ext.get("replay") if isinstance(ext, dict) else None
    if not isinstance(options, dict):
        return NEW_ONLY
    # Some clients write the channel with its filter and some without (streaming.md section 2).
    wanted = options.get(channel.full, options.get(channel.name, NEW_ONLY))
    if isinstance(wanted, float) and wanted.is_integer():
        wanted = int(wanted)
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < ALL_KEPT or wanted == 0:
        raise Denied(_INVALID.format(wanted))
    return wanted


def opened(
    connection: sqlite3.Connection,
    schema: Schema,
    store: EventStore,
    channel: Channel,
    replay: int,
    until: int,
) -> tuple[Channel, list[Event]]:
    """The channel, if it is there, and the events that a subscription to it begins with.

    Args:
        connection: where to read.
        schema: the sObjects that there are.
        store: knows the events.
        channel: as the client names it.
        replay: what the client asks for.
        until: the replay id of the last event that need not be waited for.

    Raises:
        Denied: When there is no such channel, or the replay id lies outside of what is kept.
    """
    known = known_channel(connection, schema, channel)
    if replay == NEW_ONLY:
        return known, []
    if replay != ALL_KEPT:
        oldest = store.oldest(connection, channel.name)
        if oldest is None or not oldest <= replay <= until:
            raise Denied(_INVALID.format(replay))
    return known, store.replay(connection, channel.name, max(replay, 0), until)
