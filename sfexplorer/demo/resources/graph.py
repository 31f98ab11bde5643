"""Graphs of requests: each graph is done wholly or not at all, and knows nothing of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.composite.chain import Chain, check, told
from sfexplorer.demo.composite.depth import depth_of
from sfexplorer.demo.composite.excess import too_many
from sfexplorer.demo.composite.shapes import Graph, Graphs, Subrequest, shaped
from sfexplorer.demo.errors import not_found, refusal
from sfexplorer.demo.web.answers import json_answer
from sfexplorer.demo.web.call import Call, data

MOST_NODES = 500
_MOST_GRAPHS = 75
_MOST_LEVELS = 15
_MOST_KINDS = 15
# A node is a record: its sObject, and its id or external id.
_RECORD = re.compile(r"/services/data/v[0-9.]+/sobjects/([^/?]+)(/[^/?]+){0,2}/?", re.IGNORECASE)


def routes() -> list[BaseRoute]:
    """The path of graphs."""
    return [data("/composite/graph", since=50, POST=graph)]


async def graph(call: Call) -> Response:
    """The answers to the nodes of some graphs."""
    graphs = shaped(await call.body(), Graphs).graphs
    _check(call, graphs)
    return json_answer({"graphs": [await _answer(call, each) for each in graphs]})


def _check(call: Call, graphs: Sequence[Graph]) -> None:
    if len(graphs) > _MOST_GRAPHS:
        raise too_many(f"{_MOST_GRAPHS} graphs")
    if sum(len(each.composite_request) for each in graphs) > MOST_NODES:
        raise too_many(f"{MOST_NODES} nodes")
    if len({each.graph_id for each in graphs}) < len(graphs):
        raise refusal(400, "INVALID_INPUT", "Duplicate graphId provided in the request.")
    for each in graphs:
        check(call, each.composite_request)
        if depth_of(each.composite_request) > _MOST_LEVELS:
            raise too_many(f"{_MOST_LEVELS} levels in a graph")
        if len({_kind(node) for node in each.composite_request}) > _MOST_KINDS:
            raise too_many(f"{_MOST_KINDS} different nodes in a graph")


def _kind(node: Subrequest) -> tuple[str, str]:
    """By what nodes are different: the sObject and the method.

    Raises:
        Refusal: When the node is no record.
    """
    found = _RECORD.fullmatch(node.url)
    if found is None:
        raise not_found()
    return found[1].lower(), node.method


async def _answer(call: Call, asked: Graph) -> dict[str, object]:
    answers, successful = await Chain(call, asked.composite_request).all_or_none()
    return {
        "graphId": asked.graph_id,
        "graphResponse": told([each.reference_id for each in asked.composite_request], answers),
        "isSuccessful": successful,
    }
