"""The lists of records that point to a record: which there are, how long each is, and the query of one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sfexplorer.api import QueryRef
from sfexplorer.client import ChildRelationship, Org, SalesforceError, SObjectDescribe
from sfexplorer.client.composite import MOST
from sfexplorer.soql import quote

# What a list of records is read by; a long text or an Id tells little there.
_TELLING = frozenset({"picklist", "currency", "date", "datetime", "email", "phone"})
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class RelatedList:
    """Records of one object that point to the record by one field.

    Attributes:
        title: What a person calls them: `Cases`.
        type: Their sObject.
        field: The field that points here.
        count: How many they are; None before that was asked, or where the org doesn't tell.
        problem: Why the org doesn't tell.
    """

    title: str
    type: str
    field: str
    count: int | None = None
    problem: str = ""


async def related_lists(org: Org, describe: SObjectDescribe) -> list[RelatedList]:
    """The lists that an object's records have, in the org's order."""
    infos = {info.name: info for info in await org.sobjects()}
    lists = []
    for child in describe.child_relationships:
        info = infos.get(child.child_sobject)
        if child.relationship_name and not child.deprecated_and_hidden and info and info.queryable:
            lists.append(RelatedList(_title(child, info.label_plural), child.child_sobject, child.field))
    return lists


def _title(child: ChildRelationship, plural: str) -> str:
    """The object's own plural, or the relationship's name where that says more: `ChildAccounts`."""
    name = (child.relationship_name or "").removesuffix("__r").replace("_", " ")
    return plural if plural and name.replace(" ", "").lower() == plural.replace(" ", "").lower() else name


async def counted(org: Org, lists: Sequence[RelatedList], id: str) -> list[RelatedList]:
    """The lists with their lengths, those that have records first; each 25 of them cost one request."""
    parts = [lists[at : at + MOST] for at in range(0, len(lists), MOST)]
    told = await asyncio.gather(*(_count(org, part, id) for part in parts))
    return sorted((each for part in told for each in part), key=lambda each: not each.count)


async def _count(org: Org, lists: Sequence[RelatedList], id: str) -> list[RelatedList]:
    batch = org.batch()
    for each in lists:
        batch.query(f"SELECT COUNT() FROM {each.type} WHERE {each.field} = {quote(id)}")  # noqa: S608 - names from the describe
    counts = []
    for each, result in zip(lists, await batch.send(), strict=True):
        total = result.body.get("totalSize") if isinstance(result.body, dict) else None
        problem = result.error.message if result.error else ""
        counts.append(replace(each, count=total if isinstance(total, int) else None, problem=problem))
    return counts


async def query_of(org: Org, related: RelatedList, id: str) -> QueryRef:
    """The query of all records of a list, with the fields that tell most."""
    names = ["Id"]
    try:
        describe = await org.describe(related.type)
    except SalesforceError:
        pass
    else:
        names += [describe.name_field.name] if describe.name_field else []
        names += [one.name for one in describe.fields if one.type in _TELLING and one.name not in names]
    columns = ", ".join(names[: 2 + _COLUMNS])
    return QueryRef(f"SELECT {columns} FROM {related.type} WHERE {related.field} = {quote(id)}")  # noqa: S608 - names from the describe
