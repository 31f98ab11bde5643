"""Reading what a request carries: bytes within limits, unzipped, as JSON or as a form."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.types import Receive

from sfexplorer.demo.errors import Refusal, refusal, unreadable_json
from sfexplorer.demo.web.multipart import is_multipart, parts_of

# Salesforce takes 50 MB (rest.md section 2, limits).
NEWLINE = b"\n"
LARGEST_BODY = 50 * 1024 * 1024


async def whole_body(receive: Receive) -> bytes | None:
    """All bytes of a request; None where the client has left before it had said all.

    Raises:
        Refusal: When there are too many.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > LARGEST_BODY:
            raise _too_large()
        if not message.get("more_body", False):
            return b"".join(chunks)


def unzipped(body: bytes) -> bytes:
    """The bytes behind a `Content-Encoding: gzip`, never more than a body may have."""
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = reader.decompress(body, LARGEST_BODY + 1)
    except zlib.error:
        raise _not_gzip() from None
    if len(plain) > LARGEST_BODY:
        raise _too_large()
    if not reader.eof:
        # Its end is missing: half of a CSV would be half of the rows, and nobody would know.
        raise _not_gzip()
    return plain


def _not_gzip() -> Refusal:
    return refusal(400, "INVALID_INPUT", "the request body is not in gzip format")


def _too_large() -> Refusal:
    return refusal(413, "REQUEST_ENTITY_TOO_LARGE", "the request body is larger than 50 MB")


def json_value(body: bytes) -> Any:
    """The JSON value that a request carries.

    Raises:
        Refusal: `JSON_PARSER_ERROR` when it is no JSON.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable_json(f"{error} at [line:1, column:1]") from None


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object that a request carries.

    Raises:
        Refusal: `JSON_PARSER_ERROR` when it is anything else.
    """
    value = json_value(body)
    if not isinstance(value, dict):
        kind = "START_ARRAY token" if isinstance(value, list) else "VALUE token"
        raise unreadable_json(f"Cannot deserialize instance of object from {kind} at [line:1, column:1]")
    return value


def place_of(body: bytes) -> Callable[[str], str]:
    """A function that tells where in a JSON body a field's value stands: `[line:1, column:507]`."""

    def place(name: str) -> str:
        found = re.search(rb'"%s"\s*:\s*' % re.escape(name.encode()), body, re.IGNORECASE)
        before = body[: found.end()] if found else b""
        line, column = before.count(NEWLINE) + 1, len(before) - before.rfind(NEWLINE)
        return f"[line:{line}, column:{column}]"

    return place


def form_fields(body: bytes, content_type: str) -> dict[str, str]:
    """The fields of an urlencoded or multipart form; what is neither gives none."""
    if is_multipart(content_type):
        return {part.name: part.content.decode("utf-8", "replace") for part in parts_of(body, content_type)}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
