"""PushTopics: queries whose records an org tells of when they change (WIRE streaming.md, section 3)."""

from __future__ import annotations

from typing import Any, Literal, TypedDict, Unpack

import msgspec

from sfexplorer.client.addresses import path_part
from sfexplorer.client.errors import FieldErrors, NotFound, Problem, UnexpectedReply
from sfexplorer.client.exchange import Call, json_call
from sfexplorer.client.query import Query
from sfexplorer.client.session import Session
from sfexplorer.client.streaming.topicproblem import topic_problems
from sfexplorer.soql import quote

NotifyForFields = Literal["All", "Referenced", "Select", "Where"]
_FIELDS = (
    "Id, Name, Query, ApiVersion, IsActive, Description, NotifyForFields, NotifyForOperationCreate, "
    "NotifyForOperationUpdate, NotifyForOperationDelete, NotifyForOperationUndelete"
)
_LONGEST_NAME = 25


class PushTopic(msgspec.Struct, frozen=True, rename="pascal"):
    """A topic as the org has it."""

    id: str
    name: str
    query: str = ""
    api_version: float = 0.0
    is_active: bool = True
    description: str | None = None
    notify_for_fields: str | None = None
    notify_for_operation_create: bool = True
    notify_for_operation_update: bool = True
    notify_for_operation_delete: bool = True
    notify_for_operation_undelete: bool = True

    @property
    def channel(self) -> str:
        """The channel to subscribe to."""
        return f"/topic/{self.name}"


class TopicOptions(TypedDict, total=False):
    """What else can be said of a new topic.

    Attributes:
        fields: which fields of an update count: `All`, `Referenced` (in SELECT or WHERE; the default),
            `Select` or `Where`.
        operations: which of `create`, `update`, `delete` and `undelete` are told; by default all.
        description: for people.
    """

    fields: NotifyForFields
    operations: frozenset[str] | set[str]
    description: str


class PushTopics:
    """The topics of an org."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def all(self) -> list[PushTopic]:
        """All topics, by name."""
        return await self._found("ORDER BY Name")

    async def named(self, name: str) -> PushTopic:
        """The topic of a name.

        Raises:
            NotFound: there is none such.
        """
        # A query's comparison doesn't heed case, and the channel does.
        for topic in await self._found(f"WHERE Name = {quote(name)}"):
            if topic.name == name:
                return topic
        raise NotFound(f"there is no PushTopic {name}")

    async def create(self, name: str, query: str, **options: Unpack[TopicOptions]) -> PushTopic:
        """Make a topic; the org tells of its records from now on.

        Raises:
            FieldErrors: the query can't be watched, or the org refused it. What can be seen from here is
                seen before anything is sent.
            ValueError: there is no such operation.
        """
        _check(name, query)
        operations = set(options.get("operations", _OPERATIONS))
        if unknown := operations - _OPERATIONS.keys():
            raise ValueError(f"no operation: {', '.join(sorted(unknown))}")
        body: dict[str, Any] = {
            "Name": name,
            "Query": query,
            "ApiVersion": float(await self._session.api_version()),
            "NotifyForFields": options.get("fields", "Referenced"),
            **{field: operation in operations for operation, field in _OPERATIONS.items()},
        }
        if "description" in options:
            body["Description"] = options["description"]
        path = await self._session.path("sobjects/PushTopic")
        made = (await self._session.send(json_call("POST", path, body))).decode(dict[str, Any])
        if not isinstance(id := made.get("id"), str):
            raise UnexpectedReply("the answer names no new record")
        fields = {key: value for key, value in body.items() if key != "Id"}
        return msgspec.convert({"Id": id, **fields}, PushTopic)

    async def activate(self, topic: PushTopic | str, active: bool = True) -> None:
        """Have the org tell of a topic, by the topic or its id, or tell of it no more."""
        await self._session.send(json_call("PATCH", await self._path(topic), {"IsActive": active}))

    async def delete(self, topic: PushTopic | str) -> None:
        """Delete a topic, by the topic or its id."""
        await self._session.send(Call("DELETE", await self._path(topic), purpose="save"))

    async def _path(self, topic: PushTopic | str) -> str:
        id = topic if isinstance(topic, str) else topic.id
        return await self._session.path(f"sobjects/PushTopic/{path_part(id)}")

    async def _found(self, clauses: str) -> list[PushTopic]:
        # The clauses are our own, and values in them are quoted.
        query = Query(self._session, f"SELECT {_FIELDS} FROM PushTopic {clauses}")  # noqa: S608
        try:
            return [msgspec.convert(dict(record), PushTopic) async for record in query]
        except msgspec.ValidationError as error:
            failure = UnexpectedReply(f"the org's answer has an unknown shape: {error}")
        raise failure


_OPERATIONS = {
    "create": "NotifyForOperationCreate",
    "update": "NotifyForOperationUpdate",
    "delete": "NotifyForOperationDelete",
    "undelete": "NotifyForOperationUndelete",
}


def _check(name: str, query: str) -> None:
    problems = [Problem("INVALID_FIELD", each.message, ("Query",)) for each in topic_problems(query)]
    if not 0 < len(name) <= _LONGEST_NAME:
        text = f"a topic's name has 1 to {_LONGEST_NAME} characters"
        problems.append(Problem("STRING_TOO_LONG" if name else "REQUIRED_FIELD_MISSING", text, ("Name",)))
    if problems:
        raise FieldErrors(
            "; ".join(problem.message for problem in problems),
            code=problems[0].code,
            fields=tuple(dict.fromkeys(field for each in problems for field in each.fields)),
            problems=problems,
        )
