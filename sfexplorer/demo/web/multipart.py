"""The parts of a multipart body (RFC 7578), as they are: blobs keep every byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

_MOST_PARTS = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a field of a form, or a file."""

    name: str
    content_type: str
    content: bytes


def is_multipart(content_type: str) -> bool:
    """Whether a body of this type has parts."""
    return content_type.lower().startswith("multipart/form-data")


def parts_of(body: bytes, content_type: str) -> list[Part]:
    """The parts of a body, those left out that have no name; none where the type tells no boundary."""
    head = Message()
    head["Content-Type"] = content_type.encode("ascii", "replace").decode()
    boundary = head.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        return []
    return [part for each in _pieces(body, boundary.encode("latin-1", "replace")) if (part := _part(each))]


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What lies between delimiters. A line break belongs to the delimiter behind it."""
    delimiter = re.compile(rb"(?:\A|\r?\n)--%s(--)?[ \t]*(?:\r?\n|\Z)" % re.escape(boundary))
    start = None
    for number, match in enumerate(delimiter.finditer(body)):
        if start is not None:
            yield body[start : match.start()]
        if match[1] or number >= _MOST_PARTS:
            return
        start = match.end()


def _part(piece: bytes) -> Part | None:
    match = re.search(rb"\r?\n\r?\n", piece)
    if match is None:
        return None
    head = HeaderParser().parsestr(piece[: match.start()].decode("utf-8", "replace"))
    name = head.get_param("name", header="content-disposition")
    return Part(name, head.get_content_type(), piece[match.end() :]) if isinstance(name, str) else None
