"""Several requests in one call: composite, whose parts may build on each other, and batch (rest.md, 2).

composite = org.composite(all_or_none=True)
account = composite.insert(SObject("Account", Name="Acme"))
composite.insert(SObject("Contact", LastName="Ada", AccountId=account.field("id")))
for result in await composite.send(): ...
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import msgspec

from sfexplorer.client.addresses import is_path, path_part
from sfexplorer.client.errors import ForeignUrl, Problem, SalesforceError, UnexpectedReply
from sfexplorer.client.exchange import Call, Method, Purpose, json_call
from sfexplorer.client.refusals import error_of
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.upserting import key_of, without_key

MOST = 25


@dataclass(frozen=True, slots=True)
class Part:
    """One request of several; `field` names what a later one takes from its answer.

    Attributes:
        reference: its name among the others.
        method: the HTTP method.
        path: the path below the API version: `sobjects/Account`.
        body: a JSON value, or None.
        purpose: what a refusal would be a refusal of.
        record: what is saved, if something is.
        key: the external id that an upsert goes by.
    """

    reference: str
    method: Method
    path: str
    body: Any = None
    purpose: Purpose = "save"
    record: SObject | None = None
    key: Mapping[str, Any] = field(default_factory=dict)

    def field(self, path: str) -> str:
        """What stands for a value of this part's answer in a later part: `id`, `records[0].Id`."""
        return f"@{{{self.reference}.{path}}}"


@dataclass(frozen=True, slots=True)
class PartResult:
    """The answer to one part: its status, JSON body and headers; `error` where it says no."""

    part: Part
    status: int
    body: Any
    error: SalesforceError | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def success(self) -> bool:
        """Whether the part was done."""
        return self.error is None


class _Parts:
    """The parts of a call, in order."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parts: list[Part] = []

    def request(
        self, method: Method, path: str, body: Any = None, *, purpose: Purpose = "save",
        record: SObject | None = None, key: Mapping[str, Any] | None = None,
    ) -> Part:  # fmt: skip
        """Add any request, by its path below the API version.

        Raises:
            ValueError: there are as many parts as a call may have.
            ForeignUrl: the path leads out of it.
        """
        if len(self._parts) >= MOST:
            raise ValueError(f"one call has {MOST} parts at most")
        if not is_path(f"/{path}"):
            raise ForeignUrl("what should be a path leads away from the org")
        part = Part(f"part{len(self._parts) + 1}", method, path, body, purpose, record, key or {})
        self._parts.append(part)
        return part

    def insert(self, record: SObject) -> Part:
        """Add the making of a record."""
        return self.request("POST", f"sobjects/{_safe(record.type)}", record.changes, record=record)

    def update(self, record: SObject) -> Part:
        """Add the saving of a record's changes; what others did meanwhile is not looked at."""
        return self.request("PATCH", _path_of(record), record.changes, record=record)

    def upsert(self, record: SObject) -> Part:
        """Add an upsert by the record's external id."""
        if record.external_id is None:
            raise ValueError(f"a record needs an external id for this: {record!r}")
        path = "/".join(_safe(each) for each in (record.type, *record.external_id))
        body = without_key(record)
        return self.request("PATCH", f"sobjects/{path}", body, record=record, key=key_of(record))

    def delete(self, record: SObject) -> Part:
        """Add the deletion of a record."""
        return self.request("DELETE", _path_of(record))

    def retrieve(self, type: str, id: str) -> Part:
        """Add the reading of a record; the id may be a reference."""
        return self.request("GET", f"sobjects/{_safe(type)}/{_reference_safe(id)}", purpose="read")

    def query(self, soql: str) -> Part:
        """Add a query; its first page alone is answered."""
        return self.request("GET", f"query/?q={_reference_safe(soql)}", purpose="query")

    def _taken(self) -> list[Part]:
        parts, self._parts = self._parts, []
        if not parts:
            raise ValueError("there is nothing to send")
        return parts

    async def _post(self, path: str, body: Any) -> Call:
        return json_call("POST", await self._session.path(path), body)


class Composite(_Parts):
    """Parts that may build on each other, and that are done all or none where that is asked for."""

    def __init__(self, session: Session, *, all_or_none: bool = False) -> None:
        super().__init__(session)
        self._all_or_none = all_or_none

    async def send(self) -> list[PartResult]:
        """The answers, in the order of the parts; a part that was refused is told, never raised.

        Raises:
            SalesforceError: the call as a whole was refused, or no answer came.
        """
        parts = self._taken()
        asked = [
            {
                "method": part.method,
                "url": await self._session.path(part.path),
                "referenceId": part.reference,
                **({} if part.body is None else {"body": part.body}),
            }
            for part in parts
        ]
        body = {"allOrNone": self._all_or_none, "compositeRequest": asked}
        reply = await self._session.send(await self._post("composite", body))
        told = {each.reference_id: each for each in reply.decode(_CompositeReply).answers}
        if told.keys() != {part.reference for part in parts}:
            raise UnexpectedReply("the org does not answer each part of the call")
        return [
            _result(part, each.status, each.body, each.headers)
            for part in parts
            for each in [told[part.reference]]
        ]


class Batch(_Parts):
    """Parts that know nothing of each other."""

    def __init__(self, session: Session, *, halt_on_error: bool = False) -> None:
        super().__init__(session)
        self._halt_on_error = halt_on_error

    async def send(self) -> list[PartResult]:
        """The answers, in the order of the parts; a part that was refused is told, never raised.

        Raises:
            SalesforceError: the call as a whole was refused, or no answer came.
        """
        parts = self._taken()
        version = await self._session.api_version()
        asked = [
            {
                "method": part.method,
                "url": f"v{version}/{part.path}",
                **({} if part.body is None else {"richInput": part.body}),
            }
            for part in parts
        ]
        body = {"haltOnError": self._halt_on_error, "batchRequests": asked}
        reply = await self._session.send(await self._post("composite/batch", body))
        told = reply.decode(_BatchReply).results
        if len(told) != len(parts):
            raise UnexpectedReply("the org does not answer each part of the call")
        return [_result(part, each.status, each.result, {}) for part, each in zip(parts, told, strict=True)]


class _CompositeAnswer(msgspec.Struct, frozen=True):
    reference_id: str = msgspec.field(name="referenceId")
    status: int = msgspec.field(name="httpStatusCode")
    body: Any = None
    headers: dict[str, str] = msgspec.field(name="httpHeaders", default_factory=dict)


class _CompositeReply(msgspec.Struct, frozen=True):
    answers: list[_CompositeAnswer] = msgspec.field(name="compositeResponse")


class _BatchAnswer(msgspec.Struct, frozen=True):
    status: int = msgspec.field(name="statusCode")
    result: Any = None


class _BatchReply(msgspec.Struct, frozen=True):
    results: list[_BatchAnswer]


def _result(part: Part, status: int, body: Any, headers: Mapping[str, str]) -> PartResult:
    if status >= 300:
        return PartResult(part, status, body, error_of(_problems(body), status, part.purpose), headers)
    if part.record is not None:
        made = body.get("id") if isinstance(body, Mapping) else None
        if isinstance(made, str):
            part.record.id = made
        part.record.mark_saved({**part.body, **({"Id": made} if isinstance(made, str) else {})})
        part.record.take_over(part.key)
    return PartResult(part, status, body, None, headers)


def _problems(body: Any) -> list[Problem]:
    listed = body if isinstance(body, list) else [body]
    found = [
        Problem(
            str(each.get("errorCode", "")),
            str(each.get("message", "")),
            tuple(str(name) for name in each.get("fields") or ()),
        )
        for each in listed
        if isinstance(each, Mapping)
    ]
    return found or [Problem("UNKNOWN_EXCEPTION", "the org does not say why it refused this part")]


def _safe(part: str) -> str:
    return path_part(part)


def _reference_safe(text: str) -> str:
    # A reference must stay readable for the org; it has nothing in it that could leave its place in the path.
    return quote(text, safe="@{}.[]")


def _path_of(record: SObject) -> str:
    if not record.type or not record.id:
        raise ValueError(f"a record needs type and id for this: {record!r}")
    return f"sobjects/{_safe(record.type)}/{_reference_safe(record.id)}"
