"""Rows as files: CSV, TSV, JSON, NDJSON and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from sfexplorer.api import Exporter, ExportTable, hookimpl


@hookimpl
def exporters() -> Sequence[Exporter]:
    """The forms that most programs read."""
    return [
        Exporter("export.csv", "CSV", ".csv", _write_csv),
        Exporter("export.json", "JSON", ".json", _write_json),
        Exporter("export.markdown", "Markdown table", ".md", _write_markdown),
        Exporter("export.ndjson", "NDJSON, an object a line", ".ndjson", _write_ndjson),
        Exporter("export.tsv", "TSV, parted by tabs", ".tsv", _write_tsv),
    ]


async def _write_csv(file: IO[bytes], table: ExportTable) -> None:
    from sfexplorer_export.delimited import write_delimited

    await write_delimited(file, table, ",")


async def _write_tsv(file: IO[bytes], table: ExportTable) -> None:
    from sfexplorer_export.delimited import write_delimited

    await write_delimited(file, table, "\t")


async def _write_json(file: IO[bytes], table: ExportTable) -> None:
    from sfexplorer_export.json_texts import write_json

    await write_json(file, table)


async def _write_ndjson(file: IO[bytes], table: ExportTable) -> None:
    from sfexplorer_export.json_texts import write_ndjson

    await write_ndjson(file, table)


async def _write_markdown(file: IO[bytes], table: ExportTable) -> None:
    from sfexplorer_export.markdown import write_markdown

    await write_markdown(file, table)
