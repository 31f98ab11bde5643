"""The shapes of the bodies of composite calls, and reading a body as one."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from sfexplorer.demo.errors import Refusal, unreadable_json
from sfexplorer.demo.web.answers import encoded
from sfexplorer.demo.web.bodies import json_object

Shape = TypeVar("Shape", bound=msgspec.Struct)


class Subrequest(msgspec.Struct, rename="camel"):
    """A request within a composite one or a graph."""

    method: str
    url: str
    reference_id: str
    body: Any = None
    http_headers: dict[str, str] | None = None


class Composite(msgspec.Struct, rename="camel"):
    """Requests that may refer to each other's answers."""

    composite_request: list[Subrequest]
    all_or_none: bool = False
    # Taken and let be: the org answers in the order of the requests, which collation leaves open.
    collate_subrequests: bool = True


class Graph(msgspec.Struct, rename="camel"):
    """Requests of which all happen or none."""

    graph_id: str
    composite_request: list[Subrequest]


class Graphs(msgspec.Struct):
    """Graphs that know nothing of each other."""

    graphs: list[Graph]


class BatchSubrequest(msgspec.Struct, rename="camel"):
    """A request within a batch."""

    method: str
    url: str
    rich_input: Any = None
    binary_part_name: str | None = None


class Batch(msgspec.Struct, rename="camel"):
    """Requests that know nothing of each other."""

    batch_requests: list[BatchSubrequest]
    halt_on_error: bool = False


class Rows(msgspec.Struct, rename="camel"):
    """Records to be written."""

    records: list[dict[str, Any]]
    all_or_none: bool = False


class Wanted(msgspec.Struct):
    """Records to be read."""

    ids: list[str]
    fields: list[str]


def shaped(body: bytes, shape: type[Shape]) -> Shape:
    """A body in a shape; keys that the shape doesn't know are let be.

    Raises:
        Refusal: `JSON_PARSER_ERROR` when it has another one.
    """
    try:
        return msgspec.convert(json_object(body), shape, strict=False)
    except msgspec.ValidationError as error:
        message = f"{error} or request may be missing a required field at [line:1, column:1]"
        raise unreadable_json(message) from None
    except RecursionError:
        raise too_deep() from None


def content_of(value: Any) -> bytes:
    """A part of a body as JSON; none for None.

    Raises:
        Refusal: `JSON_PARSER_ERROR` when it is nested too deep.
    """
    try:
        return b"" if value is None else encoded(value)
    except RecursionError:
        raise too_deep() from None


def too_deep() -> Refusal:
    """A body that is nested deeper than the org can follow."""
    return unreadable_json("The request body is nested too deep at [line:1, column:1]")
