"""Trees of new records: parents and children in one call, all of them or none."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.composite.forest import Node, levels_of, twins
from sfexplorer.demo.composite.results import errors_of
from sfexplorer.demo.composite.shapes import Rows, shaped
from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.org import Org
from sfexplorer.demo.resources.records import type_of
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data
from sfexplorer.demo.writing import Change, create_record


def routes() -> list[BaseRoute]:
    """The path of trees."""
    return [data("/composite/tree/{type}", since=34, POST=tree)]


class _Failed(Exception):
    """Some records are not valid; the results say which."""

    def __init__(self, results: list[dict[str, Any]]) -> None:
        self.results = results
        super().__init__()


async def tree(call: Call) -> Response:
    """Add the records of some trees."""
    found = type_of(call)
    levels = levels_of(call.org.schema, shaped(await call.body(), Rows).records)
    for root in levels[0] if levels else []:
        if root.type is not found:
            message = f"The type of each root must be {found.name}, not {root.type.name}."
            raise refusal(400, "INVALID_INPUT", message)
    try:
        _check_names(levels)
        results = await call.org.write(_create, levels, call.session.user_id)
    except _Failed as failed:
        return json_answer({"hasErrors": True, "results": failed.results}, 400)
    return json_answer({"hasErrors": False, "results": results}, 201)


def _check_names(levels: list[list[Node]]) -> None:
    twice = refusal(400, "INVALID_INPUT", "Duplicate ReferenceId provided in the request.", [])
    failed = [{"referenceId": name, "errors": errors_of(twice)} for name in twins(levels)]
    if failed:
        raise _Failed(failed)


def _create(org: Org, levels: list[list[Node]], user_id: str) -> list[dict[str, Any]]:
    """The new ids, level by level; the children of a record that is not valid are not tried."""
    ids: dict[str, str] = {}
    for level in levels:
        failed = []
        for node in level:
            lookup = {node.lookup: ids[node.parent]} if node.lookup else {}
            try:
                ids[node.name] = create_record(org, node.type, Change({**node.fields, **lookup}, user_id))
            except Refusal as refused:
                failed.append({"referenceId": node.name, "errors": errors_of(refused)})
        if failed:
            raise _Failed(failed)
    return [{"referenceId": name, "id": record_id} for name, record_id in ids.items()]
