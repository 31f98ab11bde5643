"""What all forms have in common: a head, the rows page by page, a foot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from sfexplorer.api import ExportTable

Rows = Sequence[Mapping[str, Any]]


async def write_pages(file: IO[bytes], table: ExportTable, text_of: Callable[[Rows], str]) -> None:
    """Write the rows of a table as text in UTF-8, page by page.

    Args:
        file: Where they go.
        table: The rows.
        text_of: Makes the text of a page's rows.
    """
    async for rows in table.pages:
        # A page takes some milliseconds to write, a slow disk longer.
        await asyncio.to_thread(_put, file, text_of, rows)


def _put(file: IO[bytes], text_of: Callable[[Rows], str], rows: Rows) -> None:
    # Half a pair of surrogates, which JSON may carry, is no character of any file.
    file.write(text_of(rows).encode("utf-8", "replace"))
