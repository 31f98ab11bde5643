"""CSV and TSV, quoted as RFC 4180 says: fields of parents in columns of their own, sub-selects as JSON.

Values stand as the org has them, those too that a spreadsheet would take for formulas (`=...`): the file is
read by programs first, and one that was changed can't be loaded back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import IO

from sfexplorer.api import ExportTable
from sfexplorer.client.querying.export import csv_text
from sfexplorer_export.pages import Rows, write_pages


async def write_delimited(file: IO[bytes], table: ExportTable, delimiter: str) -> None:
    """Write a head of column names and a line for each row."""
    head = {name: name for name in table.columns}
    file.write(_text(table.columns, delimiter, [head]).encode())
    await write_pages(file, table, partial(_text, table.columns, delimiter))


def _text(columns: Sequence[str], delimiter: str, rows: Rows) -> str:
    return csv_text(columns, rows, delimiter)
