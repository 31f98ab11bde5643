"""An event as it is kept, and as clients of each API version see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from sfexplorer.demo.web.answers import encoded

# From these versions on: replay ids and dates that end with Z, and the EventUuid of platform events.
REPLAY_VERSION = 37.0
UUID_VERSION = 52.0
_MOMENT = re.compile(r'("\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})Z"')


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be: its body has a place for the replay id, which the event store gives it.

    Attributes:
        users: whom it is for; nobody stands for all.
    """

    channel: str
    body: Mapping[str, Any]
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its replay id, and its `data` as JSON in the form of the newest version."""

    id: int
    channel: str
    data: bytes
    users: tuple[str, ...] = ()

    def decoded(self) -> dict[str, Any]:
        """The data."""
        data: dict[str, Any] = msgspec.json.decode(self.data)
        return data

    def message(self, channel: str, version: float) -> bytes:
        """The Bayeux message for a subscription to a channel, as a version of the API has it."""
        return b'{"data":%b,"channel":%b}' % (self._data_in(version), encoded(channel))

    def form(self, version: float) -> float:
        """The first version whose form of the event is that of this one."""
        if version < REPLAY_VERSION:
            return 0
        return UUID_VERSION if version >= UUID_VERSION else REPLAY_VERSION

    def _data_in(self, version: float) -> bytes:
        if version >= UUID_VERSION:
            return self.data
        data = self.decoded()
        data["event"].pop("EventUuid", None)
        if version >= REPLAY_VERSION:
            return encoded(data)
        data["event"].pop("replayId", None)
        return _MOMENT.sub(r'\1+0000"', encoded(data).decode()).encode()


def moment_text(moment: datetime) -> str:
    """A moment as events tell it: `2016-03-29T16:40:08.208Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
