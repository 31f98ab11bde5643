"""What an org tells, by kind of channel (WIRE streaming.md, sections 3 and 4).

    /topic/AllAccounts          TopicEvent      a record that a PushTopic's query finds was changed
    /u/notifications            GenericEvent    a text that somebody pushed
    /event/Low_Ink__e           PlatformEvent   what somebody published
    /data/AccountChangeEvent    ChangeEvent     a record was changed: change data capture
    /systemTopic/Logging        SystemEvent     the org's own affairs

What events hold comes from outside: a part that is missing or of another kind is None, or empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from sfexplorer.client.values import parse_datetime


class Event(msgspec.Struct, frozen=True):
    """What all events have.

    Attributes:
        channel: as it was subscribed to.
        replay_id: its place in the channel; None from an org that counts none.
        raw: its `data`, as it came.
    """

    channel: str
    replay_id: int | None
    raw: Any

    @property
    def created(self) -> datetime | None:
        """When it was said, by the org's clock."""
        return _moment(_part(self.raw, "event").get("createdDate"))

    @property
    def type(self) -> str:
        """What happened: `created`, `updated`, `deleted`, `undeleted`; "" where nothing does."""
        told = _part(self.raw, "event").get("type")
        return told if isinstance(told, str) else ""

    @property
    def payload(self) -> Any:
        """What it says."""
        return self.raw.get("payload") if isinstance(self.raw, dict) else None


class TopicEvent(Event, frozen=True):
    """A record that the query of a PushTopic finds was changed."""

    @property
    def sobject(self) -> Mapping[str, Any]:
        """The fields that the topic selects; of a deleted record the Id alone."""
        return _part(self.raw, "sobject")

    @property
    def payload(self) -> Any:
        """The fields, as `sobject`."""
        return self.sobject


class GenericEvent(Event, frozen=True):
    """Somebody pushed a text; `payload` is the text."""


class PlatformEvent(Event, frozen=True):
    """Somebody published something; `payload` has its fields."""

    @property
    def created(self) -> datetime | None:
        """When it was published."""
        return _moment(_part(self.raw, "payload").get("CreatedDate"))

    @property
    def uuid(self) -> str:
        """The name that publishing gave it; "" in old versions of the API."""
        return str(_part(self.raw, "event").get("EventUuid") or "")

    @property
    def schema(self) -> str:
        """The id of its schema: `GET /event/eventSchema/ID`."""
        return _text(self.raw, "schema")


class ChangeEvent(Event, frozen=True):
    """Records were changed; alike, where it names several."""

    @property
    def header(self) -> Mapping[str, Any]:
        """Salesforce's ChangeEventHeader."""
        return _part(_part(self.raw, "payload"), "ChangeEventHeader")

    @property
    def created(self) -> datetime | None:
        """When it was committed."""
        milliseconds = self.header.get("commitTimestamp")
        if not isinstance(milliseconds, int) or not 0 <= milliseconds < _END_OF_TIME:
            return None
        return datetime.fromtimestamp(milliseconds / 1000, UTC)

    @property
    def type(self) -> str:
        """CREATE, UPDATE, DELETE, UNDELETE; or GAP_ and one of these, where the org can't tell the fields."""
        return _text(self.header, "changeType")

    @property
    def entity(self) -> str:
        """The object that the records are of."""
        return _text(self.header, "entityName")

    @property
    def record_ids(self) -> tuple[str, ...]:
        """The records."""
        ids = self.header.get("recordIds")
        return tuple(each for each in ids if isinstance(each, str)) if isinstance(ids, list) else ()

    @property
    def sobject(self) -> Mapping[str, Any]:
        """The fields that changed, or of a new record those that are not null."""
        fields = _part(self.raw, "payload")
        return {name: value for name, value in fields.items() if name != "ChangeEventHeader"}


class SystemEvent(Event, frozen=True):
    """Something of the org's own; `raw` is all that is known of its shape."""


_KINDS: Mapping[str, type[Event]] = {
    "topic": TopicEvent,
    "u": GenericEvent,
    "event": PlatformEvent,
    "data": ChangeEvent,
    "systemTopic": SystemEvent,
}
# The end of the year 9999, in milliseconds.
_END_OF_TIME = 253_402_300_799_000


def kind_of(channel: str) -> type[Event]:
    """The kind of a channel's events; `Event` itself for a channel of no known kind."""
    return _KINDS.get(channel.split("/", 2)[1], Event)


def _part(value: Any, name: str) -> dict[str, Any]:
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _text(value: Any, name: str) -> str:
    part = value.get(name) if isinstance(value, Mapping) else None
    return part if isinstance(part, str) else ""


def _moment(text: Any) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        moment = parse_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
