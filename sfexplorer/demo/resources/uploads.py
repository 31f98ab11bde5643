"""What a request wants written: a JSON object or, with the bytes of a blob beside it, a multipart body."""

from __future__ import annotations

from typing import Any

from sfexplorer.demo.errors import refusal
from sfexplorer.demo.rules.duplicates import allows_duplicates
from sfexplorer.demo.web.bodies import json_object, place_of
from sfexplorer.demo.web.call import Call
from sfexplorer.demo.web.multipart import Part, is_multipart, parts_of
from sfexplorer.demo.writing import Change


async def change_in(call: Call) -> Change:
    """The change that the call's body describes.

    Raises:
        Refusal: When it describes none.
    """
    body = await call.body()
    headers = call.request.headers
    content_type = headers.get("content-type", "")
    blobs: dict[str, Any] = {}
    if is_multipart(content_type):
        parts = parts_of(body, content_type)
        fields = _json_part(parts)
        blobs = {part.name: part.content for part in parts if part is not fields}
        body = fields.content
    allowed = allows_duplicates(headers.get("Sforce-Duplicate-Rule-Header", ""))
    return Change(json_object(body) | blobs, call.session.user_id, place_of(body), allowed)


def _json_part(parts: list[Part]) -> Part:
    """The part with the fields. Clients name it as they please: its type tells it."""
    found = next((part for part in parts if part.content_type == "application/json"), None)
    if found is None:
        message = "Multipart message must include a non-binary part"
        raise refusal(400, "INVALID_MULTIPART_REQUEST", message)
    return found
