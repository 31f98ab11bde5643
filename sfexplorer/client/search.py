"""Searches over many objects at once, and the records that they find.

GET  V/search?q=FIND {Acme} ...  -> {"searchRecords": [record, ...]}, before version 37.0 the bare list
POST V/parameterizedSearch       <- {"q": "Acme", "sobjects": [{"name": "Account", "fields": ["Name"]}], ...}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from sfexplorer.client.exchange import Reply, json_call
from sfexplorer.client.records import RecordSequence
from sfexplorer.client.session import Session
from sfexplorer.client.sobject import SObject
from sfexplorer.client.statement import ask

SearchScope = Literal["ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"]


@dataclass(frozen=True, slots=True)
class SearchedObject:
    """An object to be searched: the fields wanted of what is found in it, and how many records at most.

    `where` and `order_by` are written as in SOQL, without the words WHERE and ORDER BY.
    """

    name: str
    fields: Sequence[str] = ()
    limit: int | None = None
    where: str = ""
    order_by: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult(RecordSequence):
    """The records that a search found, those of an object beside each other.

    `labels` has the labels of the fields by object and field, where the search asked for them
    (`WITH METADATA = 'LABELS'`).
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def by_type(self) -> dict[str, tuple[SObject, ...]]:
        """The records of each object, in the order of the answer."""
        found: dict[str, list[SObject]] = {}
        for record in self.records:
            found.setdefault(record.type, []).append(record)
        return {type: tuple(records) for type, records in found.items()}


async def search(session: Session, sosl: str) -> SearchResult:
    """What a SOSL search finds."""
    return _result(await ask(session, "search", sosl))


async def parameterized_search(session: Session, wanted: Mapping[str, Any]) -> SearchResult:
    """What a search finds whose clauses are the members of a JSON object; null stands for no clause."""
    body = {name: value for name, value in wanted.items() if value is not None}
    path = await session.path("parameterizedSearch")
    return _result(await session.send(json_call("POST", path, body, "query")))


def as_json(searched: str | SearchedObject) -> dict[str, Any]:
    """An object to be searched in the words of a parameterized search."""
    if isinstance(searched, str):
        return {"name": searched}
    members: dict[str, Any] = {
        "name": searched.name,
        "fields": list(searched.fields),
        "limit": searched.limit,
        "where": searched.where,
        "orderBy": searched.order_by,
    }
    return {name: value for name, value in members.items() if value or value == 0}


class _FieldLabel(msgspec.Struct, frozen=True):
    name: str
    label: str = ""


class _ObjectLabels(msgspec.Struct, rename="camel", frozen=True):
    entity_name: str
    field_metadata: tuple[_FieldLabel, ...] = ()


class _Metadata(msgspec.Struct, rename="camel", frozen=True):
    entity_metadata: tuple[_ObjectLabels, ...] = ()
    # Salesforce's own documents show it spelled like this.
    entityetadata: tuple[_ObjectLabels, ...] = ()


class _Found(msgspec.Struct, rename="camel", frozen=True):
    search_records: list[dict[str, Any]]
    metadata: _Metadata | None = None


def _result(reply: Reply) -> SearchResult:
    # A union is a type to msgspec, and none to mypy.
    kind: Any = _Found | list[dict[str, Any]]
    answer: _Found | list[dict[str, Any]] = reply.decode(kind)
    found = answer if isinstance(answer, _Found) else _Found(answer)
    told = found.metadata or _Metadata()
    labels = {
        each.entity_name: {one.name: one.label for one in each.field_metadata}
        for each in (*told.entity_metadata, *told.entityetadata)
    }
    return SearchResult(tuple(SObject.from_json(record) for record in found.search_records), labels)
