"""What a file holds, as far as a terminal can show it: a text, a table, or bare bytes."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from sfexplorer.client import Blob

MOST = 256 * 1024
"""Bytes that are looked at: more than anybody reads, and no wait over a slow line."""

MOST_OF_PICTURE = 4 * 1024 * 1024
"""Bytes of a picture, which can be shown as a whole only."""

_MOST_ROWS = 5_000
_MOST_DUMPED = 4 * 1024
_PER_LINE = 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What texts have beside letters: tab, line feed, form feed, carriage return, escape.
_TEXTUAL = frozenset({9, 10, 12, 13, 27})
_SEPARATORS = {"csv": ",;\t|", "tsv": "\t", "tab": "\t"}


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file, or all of it.

    Attributes:
        kind: How it is shown.
        text: The text; of bare bytes their hexadecimal digits.
        table: Of a table its rows, the head first.
        is_whole: Whether the file has no more than this.
    """

    kind: Literal["text", "table", "bytes"]
    text: str = ""
    table: Sequence[Sequence[str]] = ()
    is_whole: bool = True


async def beginning(blob: Blob, most: int = MOST) -> tuple[bytes, bool]:
    """The first bytes of a file, and whether these are all; the rest isn't waited for."""
    pieces: list[bytes] = []
    size = 0
    async with aclosing(aiter(blob)) as arriving:
        async for piece in arriving:
            pieces.append(piece)
            size += len(piece)
            if size > most:
                return b"".join(pieces)[:most], False
    return b"".join(pieces), True


def preview_of(name: str, data: bytes, is_whole: bool = True) -> Preview:
    """How a file of this name is shown; what isn't text is shown by its bytes."""
    text = decoded(data, is_whole)
    if text is None:
        return Preview(
            "bytes", hex_dump(data[:_MOST_DUMPED]), is_whole=is_whole and len(data) <= _MOST_DUMPED
        )
    extension = name.rpartition(".")[2].casefold()
    if extension in _SEPARATORS and (table := table_of(text, _SEPARATORS[extension])):
        return Preview("table", text, table, is_whole and len(table) < _MOST_ROWS)
    return Preview("text", text, is_whole=is_whole)


def decoded(data: bytes, is_whole: bool = True) -> str | None:
    """The text that the bytes are, None where they are none.

    UTF-8 is what files have today, UTF-16 where a mark says so, and Windows' Western alphabet where neither
    fits and nothing speaks against it.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and any(byte < 32 and byte not in _TEXTUAL for byte in set(data)):
        return None
    try:
        # A character at the cut may be there in part only.
        return codecs.getincrementaldecoder(encoding)().decode(data, final=is_whole)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def table_of(text: str, separators: str) -> list[list[str]]:
    """The rows of a text with separated values; empty where it has no two columns."""
    first = text.partition("\n")[0]
    separator = max(separators, key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) == _MOST_ROWS:
                break
    except csv.Error:
        # A cell larger than any table has, or a NUL: it is shown as the text that it is.
        return []
    return rows if rows and len(rows[0]) > 1 else []


def hex_dump(data: bytes) -> str:
    """`00000 50 4b 03 04 … PK..`, 16 bytes a line, which fits into 80 columns with a frame."""
    lines = []
    for start in range(0, len(data), _PER_LINE):
        part = data[start : start + _PER_LINE]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:05x} {part.hex(' '):<{3 * _PER_LINE - 1}} {letters}")
    return "\n".join(lines)
