"""Records reached through the relationships of another: `.../Contact/ID/Account/Owner`.

Up to five steps lead to parents, each one record; the last step may lead to children instead,
`.../Account/ID/Contacts`, which come as the result of a query.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.describes import fields_of
from sfexplorer.demo.errors import Refusal, not_found, refusal
from sfexplorer.demo.fieldtypes import ChildRelationship, SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.resources.query import batch_of, context_of, first_page
from sfexplorer.demo.resources.records import (
    answer_record,
    named_in,
    type_of,
    update_unmodified,
)
from sfexplorer.demo.resources.uploads import change_in
from sfexplorer.demo.storage import quoted
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.call import Call, data
from sfexplorer.demo.writing import delete_record

SINCE = 36
_MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a way has led: to a record, or to those that belong to it by a relationship."""

    type: SObjectType
    record_id: str
    children: ChildRelationship | None = None


def routes() -> list[BaseRoute]:
    """The paths of more than one step; those of one look like external ids, and are told apart there."""
    path = "/sobjects/{type}/{field}/{value}/{rest:path}"
    return [data(path, since=SINCE, GET=read, PATCH=update, DELETE=delete)]


async def read(call: Call) -> Response:
    """The record that a way leads to, or the children."""
    reached = await _followed(call)
    if reached.children is None:
        return await answer_record(call, reached.type, reached.record_id)
    context = context_of(call, _query(call, reached, reached.children))
    return json_answer(
        await call.org.read(first_page, call.org.snapshots, call.base, batch_of(call), context)
    )


def _query(call: Call, reached: Reached, children: ChildRelationship) -> str:
    child = call.org.schema[children.child]
    names = named_in(call) or [field.name for field in fields_of(child, call.version)]
    for name in names:
        if not re.fullmatch(r"\w+(\.\w+)*", name, re.ASCII):
            raise refusal(400, "INVALID_FIELD", f"No such column '{name}' on entity '{child.name}'.")
    once = {name.lower(): name for name in names}
    fields = ", ".join(once.values() if "id" in once else [*once.values(), "Id"])
    return f"SELECT {fields} FROM {child.name} WHERE {children.field} = '{reached.record_id}'"  # noqa: S608 - SOQL


async def update(call: Call) -> Response:
    """Change some fields of the record that a way leads to."""
    reached = _single(await _followed(call), "PATCH")
    await call.org.write(update_unmodified, call, reached.type, reached.record_id, await change_in(call))
    return nothing()


async def delete(call: Call) -> Response:
    """Delete the record that a way leads to."""
    reached = _single(await _followed(call), "DELETE")
    await call.org.write(delete_record, reached.type, reached.record_id, call.session.user_id)
    return nothing()


def _single(reached: Reached, method: str) -> Reached:
    if reached.children is not None:
        raise _method_refused(method)
    return reached


def _method_refused(method: str) -> Refusal:
    return refusal(405, "METHOD_NOT_ALLOWED", f"HTTP Method '{method}' not allowed. Allowed are GET,HEAD")


def is_relation(call: Call, found: SObjectType) -> bool:
    """Whether `.../FIELD/VALUE` is in truth the id of a record and a relationship's name."""
    if found.field(call.part("field")) is not None or canonical(call.part("field")) is None:
        return False
    return float(call.version) >= SINCE


async def _followed(call: Call) -> Reached:
    found = type_of(call)
    rest = call.request.path_params.get("rest", "")
    names = [call.part("value"), *(rest.split("/") if rest else [])]
    record_id = canonical(call.part("field"))
    if record_id is None or len(names) > _MOST_STEPS:
        raise not_found()
    return await call.org.read(_follow, call.org.schema, Reached(found, record_id), names)


def _follow(connection: sqlite3.Connection, schema: Schema, start: Reached, names: list[str]) -> Reached:
    """Where a way leads, step by step.

    Raises:
        Refusal: 404 when a step is no relationship, or leads nowhere.
    """
    reached = start
    for number, name in enumerate(names, 1):
        reference = reached.type.reference(name)
        column = reference.name if reference is not None else "Id"
        value = _value(connection, reached, column)
        if reference is None:
            children = reached.type.child(name)
            if children is None or children.child not in schema or number < len(names):
                raise not_found()
            return Reached(reached.type, reached.record_id, children)
        target = schema.of_id(value or "")
        if value is None or target is None:
            raise not_found()
        reached = Reached(target, value)
    return reached


def _value(connection: sqlite3.Connection, reached: Reached, column: str) -> str | None:
    live = 'AND "IsDeleted" = 0' if reached.type.field("IsDeleted") else ""
    row = connection.execute(
        f'SELECT {quoted(column)} FROM {quoted(reached.type.name)} WHERE "Id" = ? {live}',  # noqa: S608 - schema
        (reached.record_id,),
    ).fetchone()
    if row is None:
        raise not_found()
    return None if row[0] is None else str(row[0])
