"""The records that a record points to: their names, and whether a field can point to them."""

from __future__ import annotations

import asyncio

from sfexplorer.client import (
    AccessDenied,
    FieldDescribe,
    Org,
    QueryRejected,
    SalesforceError,
    SObject,
    SObjectDescribe,
)
from sfexplorer.soql import quote

_AT_ONCE = 20

_MOST_QUESTIONS = 24


async def referenced_names(org: Org, describe: SObjectDescribe, record: SObject) -> dict[str, str]:
    """The names of the records that `record` points to, by Id.

    They are a comfort: what the org doesn't tell (no access, an object without names) is left out.
    """
    pointing = [
        field
        for field in describe.fields
        if field.type == "reference" and field.relationship_name and record.original.get(field.name)
    ]
    paths = await asyncio.gather(*(_name_path(org, field) for field in pointing))
    wanted = {field.name: path for field, path in zip(pointing, paths, strict=True) if path}
    if not wanted or not record.id:
        return {}
    found = await _asked(org, describe, record, wanted)
    # The org tells of what it has, not of an Id that was typed and isn't saved yet.
    return {str(record.original[field_name]): name for field_name, name in found.items()}


async def _asked(
    org: Org, describe: SObjectDescribe, record: SObject, wanted: dict[str, str]
) -> dict[str, str]:
    """The names at the paths that the org tells, by field; one that it refuses costs the others nothing.

    Some at a time, since an org takes only so many relationships in one query. Where it refuses them they are
    asked for in halves, down to the one that it refuses, until the questions are used up.
    """
    fields = list(wanted)
    waiting = [fields[at : at + _AT_ONCE] for at in range(0, len(fields), _AT_ONCE)]
    found: dict[str, str] = {}
    for _ in range(_MOST_QUESTIONS):
        if not waiting:
            break
        some = waiting.pop(0)
        paths = ", ".join(sorted({wanted[name] for name in some}))
        soql = f"SELECT {paths} FROM {describe.name} WHERE Id = {quote(record.id)}"  # noqa: S608 - names from the describe
        try:
            page = await org.query(soql).first_page()
        except (QueryRejected, AccessDenied):
            half = len(some) // 2
            waiting += [part for part in (some[:half], some[half:]) if half]
        except SalesforceError:
            break
        else:
            for row in page.records[:1]:
                found |= {name: told for name in some if (told := _told(row, wanted[name]))}
    return found


def _told(row: SObject, path: str) -> str:
    relationship, _, name_field = path.partition(".")
    parent = row.get(relationship)
    return str(parent.get(name_field) or "") if isinstance(parent, SObject) else ""


async def record_name(org: Org, id: str) -> str:
    """The name of the record of that Id, or "" where the org doesn't tell."""
    try:
        info = await org.object_of(id)
        name_field = (await org.describe(info.name)).name_field if info else None
        if info is None or name_field is None:
            return ""
        record = await org.retrieve(info.name, id, [name_field.name])
    except SalesforceError:
        return ""
    return str(record.get(name_field.name) or "")


async def misfit(org: Org, field: FieldDescribe, id: str) -> str:
    """Why the reference can't have this Id, told by its key prefix; "" where it can."""
    info = await org.object_of(id)
    if info is not None and (not field.reference_to or info.name in field.reference_to):
        return ""
    whose = f"the Id of a record of {info.label}" if info else "no Id of this org's objects"
    return f"This is {whose}; the field takes {', '.join(field.reference_to)}."


async def _name_path(org: Org, field: FieldDescribe) -> str:
    """The path of the name that `field` points to; polymorphic fields know `Name` only."""
    if len(field.reference_to) != 1:
        return f"{field.relationship_name}.Name"
    try:
        name_field = (await org.describe(field.reference_to[0])).name_field
    except SalesforceError:
        return ""
    return f"{field.relationship_name}.{name_field.name}" if name_field else ""
