"""JSON: one list of objects, or an object a line. Parents are objects in them, sub-selects lists."""

from __future__ import annotations

from typing import IO

from sfexplorer.api import ExportTable
from sfexplorer.client.querying.export import ndjson_text
from sfexplorer_export.pages import Rows, write_pages


async def write_ndjson(file: IO[bytes], table: ExportTable) -> None:
    """Write an object a line."""
    await write_pages(file, table, ndjson_text)


async def write_json(file: IO[bytes], table: ExportTable) -> None:
    """Write a list with an object a line."""
    before = "[\n"

    def text_of(rows: Rows) -> str:
        nonlocal before
        lines = ndjson_text(rows).removesuffix("\n").replace("\n", ",\n")
        text = before + lines if lines else ""
        before = ",\n" if lines else before
        return text

    await write_pages(file, table, text_of)
    file.write(b"[]\n" if before == "[\n" else b"\n]\n")
