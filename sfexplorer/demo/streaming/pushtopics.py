"""PushTopics: which changes their queries select, and what they tell of them (streaming.md section 3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.executor.conditions import where
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.scope import query_scope
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.storage import Store
from sfexplorer.demo.streaming.changes import SYSTEM_FIELDS, Kind, RecordChange
from sfexplorer.demo.streaming.events import Draft, moment_text
from sfexplorer.demo.streaming.told import told_value
from sfexplorer.demo.streaming.topicqueries import filtered_fields, selected_fields, with_parts
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.tree import Query

_TYPES: dict[Kind, str] = {
    "CREATE": "created",
    "UPDATE": "updated",
    "DELETE": "deleted",
    "UNDELETE": "undeleted",
}
_FLAGS: dict[Kind, str] = {kind: f"NotifyForOperation{kind.capitalize()}" for kind in _TYPES}
_ROWS = (
    f'SELECT "Name", "Query", "NotifyForFields", {", ".join(_FLAGS.values())} '  # noqa: S608 - constants
    'FROM "PushTopic" WHERE "IsActive" = 1 AND "IsDeleted" = 0 ORDER BY "Id"'
)


@dataclass(frozen=True, slots=True)
class Topic:
    """An active PushTopic.

    Attributes:
        operations: what it tells of.
        fields: which fields must have changed for an update to be told: All, Referenced, Select or Where.
    """

    name: str
    text: str
    query: Query
    type: SObjectType
    fields: str
    operations: frozenset[Kind]

    @property
    def channel(self) -> str:
        """Where it is heard."""
        return f"/topic/{self.name}"

    def minds(self, change: RecordChange) -> bool:
        """Whether a change is one of those that the topic tells of, if its record matches."""
        if change.kind not in self.operations:
            return False
        if change.kind != "UPDATE":
            return True
        changed = change.changed - SYSTEM_FIELDS
        if self.fields == "All":
            return bool(changed)
        watched: set[str] = set()
        if self.fields in ("Select", "Referenced"):
            watched |= with_parts(selected_fields(self.query, self.type), self.type)
        if self.fields in ("Where", "Referenced"):
            watched |= with_parts(filtered_fields(self.query, self.type), self.type)
        return bool(changed & watched)


@lru_cache(maxsize=200)
def parsed_topic(text: str) -> Query | None:
    """A topic's query; None for one that was kept from another version and can't be read any more."""
    try:
        return parse(text)
    except SoqlError:
        return None


def active_topics(store: Store) -> Iterator[Topic]:
    """The topics that tell of anything."""
    for name, text, fields, *flags in store.select(_ROWS):
        query = parsed_topic(str(text))
        type = store.schema.get(query.source.path.text) if query is not None else None
        if query is not None and type is not None:
            told = frozenset(kind for kind, flag in zip(_FLAGS, flags, strict=True) if flag)
            yield Topic(str(name), str(text), query, type, str(fields), told)


def topic_drafts(
    store: Store, zone: tzinfo, changes: Sequence[RecordChange], moment: datetime
) -> list[Draft]:
    """The events of all topics about the changes of a transaction."""
    drafts: list[Draft] = []
    for topic in active_topics(store) if changes else ():
        minded = [each for each in changes if each.type.name == topic.type.name and topic.minds(each)]
        matching = _matching(store, zone, topic, [each.id for each in minded]) if minded else frozenset()
        for change in minded:
            if change.id in matching:
                drafts.append(Draft(topic.channel, _body(topic, change, moment)))
    return drafts


def _matching(store: Store, zone: tzinfo, topic: Topic, ids: Iterable[str]) -> frozenset[str]:
    """Those of some records that a topic's condition selects, deleted ones among them."""
    try:
        scope = query_scope(Context(store.schema, topic.text, zone, deleted=True), topic.query)
        condition = where(scope, topic.query)
    except Refusal:
        return frozenset()
    sql = (
        f'SELECT {scope.alias}."Id" FROM {scope.source} '  # noqa: S608 - names of the schema and question marks
        f'WHERE {scope.alias}."Id" IN (SELECT value FROM json_each(?)) AND {condition.text}'
    )
    rows = store.select(sql, (json.dumps(list(ids)), *condition.params))
    return frozenset(str(row[0]) for row in rows)


def _body(topic: Topic, change: RecordChange, moment: datetime) -> dict[str, Any]:
    event = {"createdDate": moment_text(moment), "replayId": 0, "type": _TYPES[change.kind]}
    if change.kind == "DELETE":
        return {"event": event, "sobject": {"Id": change.id}}
    names = sorted(selected_fields(topic.query, topic.type))
    fields = [field for name in names if (field := topic.type.field(name)) is not None]
    return {
        "event": event,
        "sobject": {each.name: told_value(topic.type, each, change.row) for each in fields},
    }
