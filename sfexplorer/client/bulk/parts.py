"""Rows on their way to a bulk job: files of CSV without a name, none larger than the org takes."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from sfexplorer.client.blobs.source import PIECE
from sfexplorer.client.bulk.table import cells_of, flat, line
from sfexplorer.client.sobject import SObject

Given = Mapping[str, Any] | str
Rows = Iterable[Given] | AsyncIterable[Given]
# The org takes 150 MB as base64, of which these are 133.
LARGEST_PART = 100_000_000
_LINES_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the rows, under the header: a body that can be sent again."""

    file: IO[bytes]
    size: int

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Its bytes."""
        self.file.seek(0)
        while piece := await asyncio.to_thread(self.file.read, PIECE):
            yield piece


async def parts_of(rows: Rows, fields: Sequence[str], part_size: int) -> AsyncGenerator[Part, None]:
    """The rows as parts, each of which is gone when the next one is asked for.

    Args:
        rows: records, mappings, or ids.
        fields: the columns; without them, those of all rows of a sequence, or of the first of an iterator.
        part_size: bytes that a part has at most, unless a single row has more.

    Raises:
        ValueError: a row has a column that there is none for, or a value that no cell can hold.
    """
    header = list(fields) or _all_columns(rows)
    head, size, lines = b"", 0, list[bytes]()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    try:
        async for row in _each(rows):
            header = header or list(row)
            head = head or line(header).encode()
            text = line(cells_of(row, header)).encode()
            if size and size + len(text) > part_size:
                yield await _finished(file, lines, size)
                file.close()
                lines, size, file = [], 0, tempfile.TemporaryFile()  # noqa: SIM115
            if not size:
                lines, size = [head], len(head)
            lines.append(text)
            size += len(text)
            if len(lines) >= _LINES_AT_ONCE:
                await asyncio.to_thread(file.writelines, lines)
                lines = []
        if size:
            yield await _finished(file, lines, size)
    finally:
        file.close()


async def _finished(file: IO[bytes], lines: list[bytes], size: int) -> Part:
    await asyncio.to_thread(file.writelines, lines)
    return Part(file, size)


async def _each(rows: Rows) -> AsyncGenerator[dict[str, Any], None]:
    if isinstance(rows, AsyncIterable):
        async for row in rows:
            yield _columns(row)
    else:
        for row in rows:
            yield _columns(row)


def _all_columns(rows: Rows) -> list[str]:
    if not isinstance(rows, Sequence):
        return []
    return list(dict.fromkeys(name for row in rows for name in _columns(row)))


def _columns(row: Given) -> dict[str, Any]:
    """What is sent of a row: of a record its changes, with what it is found by."""
    if isinstance(row, str):
        return {"Id": row}
    if not isinstance(row, SObject):
        return flat(row)
    found_by = {"Id": row.id} if row.id is not None else {}
    return flat({**found_by, **dict([row.external_id] if row.external_id else []), **row.changes})
