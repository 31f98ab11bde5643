"""The rows of a query as CSV or as a JSON object a line, written page by page and not kept.

Values stand as the org gives them, texts too that a spreadsheet takes for formulas (`=...`): who makes a file
for a person to open there has to mark them.
"""

from __future__ import annotations

import asyncio
import csv
import io
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol, TypeAlias

import msgspec

from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.querying.columns import flat


class TextStream(Protocol):
    """What takes text: an open file, `sys.stdout`, `io.StringIO`."""

    def write(self, text: str, /) -> object:
        """Take the text."""


Target: TypeAlias = "str | PathLike[str] | TextStream"
Rows = Sequence[dict[str, Any]]


async def write(
    target: Target, pages: AsyncIterator[Rows], text_of: Callable[[Rows], str], head: str = ""
) -> int:
    """Write the rows of pages, and give their number.

    Args:
        target: a path, where a file stands only once it is whole, or a stream, which stays open.
        pages: the rows.
        text_of: makes the text of a page's rows.
        head: what stands before them.
    """
    count = 0
    with _opened(target) as stream:
        stream.write(head)
        async for rows in pages:
            count += len(rows)
            # A page takes some milliseconds to write, a slow disk longer.
            await asyncio.to_thread(_put, stream, text_of, rows)
    return count


def _put(stream: TextStream, text_of: Callable[[Rows], str], rows: Rows) -> None:
    try:
        text = text_of(rows)
    except RecursionError:
        raise UnexpectedReply("the answer is nested too deep") from None
    stream.write(text)


def csv_text(names: Sequence[str], rows: Iterable[Mapping[str, Any]], delimiter: str = ",") -> str:
    """Rows as lines of CSV: null is empty, a sub-select is JSON."""
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(cell_texts(names, row) for row in rows)
    return lines.getvalue()


def cell_texts(names: Sequence[str], row: Mapping[str, Any]) -> list[str]:
    """The values of a row by dotted names, as text: null is empty, a sub-select is JSON."""
    told = dict(flat(row))
    return [_cell(told.get(name)) for name in names]


def ndjson_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as a JSON object a line: parents are objects in it, sub-selects lists."""
    return "".join(f"{msgspec.json.encode(plain(row)).decode()}\n" for row in rows)


def plain(value: Any) -> Any:
    """A row, or a value of one, without what the org says of it beside its fields."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "attributes" not in value and isinstance(value.get("records"), list):
        return plain(value["records"])
    return {name: plain(each) for name, each in value.items() if name != "attributes"}


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return msgspec.json.encode(plain(value)).decode()


@contextmanager
def _opened(target: Target) -> Iterator[TextStream]:
    if not isinstance(target, str | PathLike):
        yield target
        return
    path = Path(target)
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)
            raise
    os.replace(file.name, path)
