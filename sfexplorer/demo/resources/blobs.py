"""The bytes of attachments, documents and files."""

from __future__ import annotations

import mimetypes
import sqlite3
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from sfexplorer.demo.errors import not_found
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.storage import quoted
from sfexplorer.demo.web.call import Call

UNKNOWN_TYPE = "application/octetstream"
_CHUNK = 64 * 1024


async def blob(call: Call, found: SObjectType) -> Response:
    """The bytes of `.../ID/FIELD`, in pieces, with the content type that the record tells."""
    field = found.field(call.part("value"))
    if field is None or field.type != "base64":
        raise not_found()
    record_id = canonical(call.part("field")) or ""
    content, media_type = await call.org.read(_content, found, field.name, record_id)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), _CHUNK):
            yield content[start : start + _CHUNK]

    return StreamingResponse(pieces(), media_type=media_type, headers={"Content-Length": str(len(content))})


def _content(
    connection: sqlite3.Connection, found: SObjectType, field: str, record_id: str
) -> tuple[bytes, str]:
    columns = [name for name in ("ContentType", "PathOnClient", "IsDeleted") if found.field(name)]
    row = connection.execute(
        f'SELECT {", ".join((quoted(field), *columns))} FROM {quoted(found.name)} WHERE "Id" = ?',  # noqa: S608
        (record_id,),
    ).fetchone()
    known = dict(zip((field, *columns), row, strict=True)) if row else {}
    content = known.get(field)
    if not isinstance(content, bytes) or known.get("IsDeleted"):
        raise not_found()
    guessed = mimetypes.guess_type(str(known.get("PathOnClient") or ""))[0]
    told = str(known.get("ContentType") or guessed or UNKNOWN_TYPE)
    # What a record tells goes into a header only if it may stand there.
    return content, told if told.isascii() and told.isprintable() else UNKNOWN_TYPE
