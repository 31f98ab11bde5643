"""Answers as Salesforce writes them."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from sfexplorer.demo.errors import Refusal

JSON = "application/json;charset=UTF-8"
_encoder = msgspec.json.Encoder()


def encoded(value: Any) -> bytes:
    """A value as JSON bytes; doubles keep their fraction (`300.0`), as on the wire."""
    return _encoder.encode(value)


def json_answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer; bytes are taken as JSON already."""
    content = value if isinstance(value, bytes) else encoded(value)
    return Response(content, status, headers, media_type=JSON)


def error_answer(refused: Refusal) -> Response:
    """The answer to a request that is refused."""
    return json_answer(refused.as_list(), refused.status, refused.headers)


def text_answer(text: str, status: int) -> Response:
    """A bare text, which is how the identity service refuses."""
    return Response(text, status, media_type="text/plain")


def nothing(status: int = 204, headers: dict[str, str] | None = None) -> Response:
    """An answer without a body."""
    return Response(status_code=status, headers=headers)
