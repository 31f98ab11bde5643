"""Channels as clients name them: which there are, and the filters that a PushTopic's may have.

/topic/Name?Field='value'&Other=value    a PushTopic, filtered: one of the comparisons must hold
/u/any/name                              a streaming channel
/event/Low_Ink__e                        a platform event
/data/AccountChangeEvent                 the changes of an sObject; /data/ChangeEvents those of all
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sfexplorer.demo.objects import Schema
from sfexplorer.demo.streaming.changeevents import captured_type
from sfexplorer.demo.streaming.eventstore import ALL_CHANGES
from sfexplorer.demo.streaming.platformevents import event_of_channel
from sfexplorer.demo.streaming.pushtopics import parsed_topic
from sfexplorer.demo.streaming.topicqueries import selected_fields

_KINDS = ("/topic/", "/u/", "/event/", "/data/")
# `Name='San & Francisco'` or `Name=Energy`.
_CONDITION = re.compile(r"([^=&]+)=('(?:[^'\\]|\\.)*'|[^&]*)(?:&|$)", re.DOTALL)
CREATE_DENIED = "403:denied_by_security_policy:create_denied"


class Denied(Exception):
    """A channel that can't be subscribed to; the text is the Bayeux error."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as a client names it.

    Attributes:
        full: the name with its filter.
        name: the name without it.
        conditions: fields and the values of which one must be there.
    """

    full: str
    name: str
    conditions: tuple[tuple[str, str], ...] = ()

    def lets_through(self, sobject: Mapping[str, Any]) -> bool:
        """Whether the filter wants an event about a record with these values."""
        return not self.conditions or any(
            _text(sobject.get(name)) == value for name, value in self.conditions
        )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "null" if value is None else str(value)


def channel_of(text: str) -> Channel:
    """The channel that a client names.

    Raises:
        Denied: When the name can be none.
    """
    if not text.startswith("/"):
        raise Denied("400::Channel subscriptions must start with a leading '/'")
    if not text.startswith(_KINDS):
        raise Denied(CREATE_DENIED)
    name, mark, query = text.partition("?")
    if not mark:
        return Channel(text, text)
    if not name.startswith("/topic/"):
        raise _missing(text)
    conditions = tuple((each[1].strip(), _value(each[2])) for each in _CONDITION.finditer(query))
    if not conditions or sum(len(each[0]) for each in _CONDITION.finditer(query)) != len(query):
        raise _missing(text)
    return Channel(text, name, conditions)


def _value(written: str) -> str:
    if len(written) >= 2 and written[0] == written[-1] == "'":
        return re.sub(r"\\(.)", r"\1", written[1:-1])
    return written


def _missing(text: str) -> Denied:
    return Denied(f"400::The channel you requested to subscribe to does not exist {{{text}}}")


def known_channel(connection: sqlite3.Connection, schema: Schema, channel: Channel) -> Channel:
    """The channel with the names of its filter in describe case.

    Raises:
        Denied: When there is none such.
    """
    name = channel.name
    match name.split("/")[1]:
        case "topic":
            return _topic_channel(connection, schema, channel)
        case "u":
            query = 'SELECT "Name" FROM "StreamingChannel" WHERE "Name" = ? AND "IsDeleted" = 0'
            found = any(row[0] == name for row in connection.execute(query, (name,)))
        case "event":
            found = event_of_channel(schema, name) is not None
        case _:
            found = name == ALL_CHANGES or captured_type(schema, name) is not None
    if not found:
        raise _missing(name)
    return channel


def _topic_channel(connection: sqlite3.Connection, schema: Schema, channel: Channel) -> Channel:
    topic = channel.name.removeprefix("/topic/")
    rows = connection.execute(
        'SELECT "Name", "Query" FROM "PushTopic" WHERE "Name" = ? AND "IsActive" = 1 AND "IsDeleted" = 0',
        (topic,),
    )
    query = next((parsed_topic(text) for name, text in rows if name == topic), None)
    type = schema.get(query.source.path.text) if query is not None else None
    if query is None or type is None:
        raise _missing(channel.name)
    selected = {name.lower(): name for name in selected_fields(query, type)}
    unknown = [name for name, _ in channel.conditions if name.lower() not in selected]
    if unknown:
        raise Denied(f"400::Query fields {{{', '.join(unknown)}}} do not exist on the topic entity")
    conditions = tuple((selected[name.lower()], value) for name, value in channel.conditions)
    return Channel(channel.full, channel.name, conditions)
