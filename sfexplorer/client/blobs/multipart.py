"""A record and the bytes of its file in one body (WIRE rest.md, section 2, "Multipart blobs").

--BOUNDARY
Content-Disposition: form-data; name="entity_attachment"
Content-Type: application/json

{"Name": "x.pdf", "ParentId": "001..."}
--BOUNDARY
Content-Disposition: form-data; name="Body"; filename="x.pdf"
Content-Type: application/pdf

<the bytes>
--BOUNDARY--
"""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from sfexplorer.client.blobs.source import Progress, Source
from sfexplorer.client.exchange import encoded

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Multipart:
    """A body that is made while it is sent; only a piece of the file is here at a time."""

    head: bytes
    source: Source
    tail: bytes
    content_type: str
    progress: Progress | None = None

    @property
    def size(self) -> int:
        """How many bytes it has in all."""
        return len(self.head) + self.source.size + len(self.tail)

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Its bytes; progress is told once a piece is on its way."""
        yield self.head
        sent = 0
        async for piece in self.source.pieces():
            yield piece
            sent += len(piece)
            if self.progress is not None:
                self.progress(sent, self.source.size)
        yield self.tail


def multipart(
    part: str, fields: Mapping[str, Any], blob: str, filename: str, source: Source, progress: Progress | None
) -> Multipart:
    """The body of a record's fields and of the file in its field `blob`."""
    # 128 random bits: no file has them by chance, and nobody can put them into one.
    boundary = secrets.token_hex(16)
    head = "\r\n".join(
        (
            f"--{boundary}",
            f'Content-Disposition: form-data; name="{part}"',
            "Content-Type: application/json",
            "",
            encoded(fields).decode(),
            f"--{boundary}",
            f'Content-Disposition: form-data; name="{blob}"; filename="{_quoted(filename)}"',
            f"Content-Type: {_type_of(fields, filename)}",
            "",
            "",
        )
    )
    return Multipart(
        head.encode(),
        source,
        f"\r\n--{boundary}--\r\n".encode(),
        f"multipart/form-data; boundary={boundary}",
        progress,
    )


def _type_of(fields: Mapping[str, Any], filename: str) -> str:
    told = next((value for name, value in fields.items() if name.lower() == "contenttype"), None)
    kind = told if isinstance(told, str) else mimetypes.guess_type(filename)[0]
    # What a record tells goes into a header only if it may stand there.
    return kind if kind and kind.isascii() and kind.isprintable() else UNKNOWN_TYPE


def _quoted(filename: str) -> str:
    """The name as browsers write it (HTML, "multipart form data"): it can't end its header."""
    clean = filename.encode("utf-8", "replace").decode()
    return clean.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
