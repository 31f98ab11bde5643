"""A Markdown table: every value reads as the text that it is, whatever marks it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import IO

from sfexplorer.api import ExportTable
from sfexplorer.client.querying.export import cell_texts
from sfexplorer_export.pages import Rows, write_pages

# A backslash makes each of these a plain character (CommonMark, 2.4).
_MARKS = re.compile(r"([\\`*_\[\]<>|#~&])")
_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


async def write_markdown(file: IO[bytes], table: ExportTable) -> None:
    """Write a head and a line for each row."""
    file.write(f"{_line(table.columns)}{_rule(len(table.columns))}".encode())
    await write_pages(file, table, partial(_text, table.columns))


def _text(columns: Sequence[str], rows: Rows) -> str:
    return "".join(_line(cell_texts(columns, row)) for row in rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |\n"


def _rule(count: int) -> str:
    return f"|{' --- |' * count}\n"


def _plain(text: str) -> str:
    return _BREAKS.sub("<br>", _MARKS.sub(r"\\\1", text))
