"""Rows on their way to a file: counted as they go, the file under its name only when it is whole."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sfexplorer.api.contributions import Exporter, ExportTable
from sfexplorer.client.blobs.landing import landing
from sfexplorer.client.errors import SalesforceError


class NotExported(SalesforceError):
    """The rows were not written; there is no file, or the one that was there before."""

    default_hint = "Choose another name or folder, then try again."


@dataclass(frozen=True, slots=True)
class Destination:
    """Where rows go, and in which form.

    Args:
        exporter: The form.
        path: The file.
        overwrite: Whether a file of that name may be replaced, which only the person can say.
    """

    exporter: Exporter
    path: Path
    overwrite: bool = False


async def export(table: ExportTable, to: Destination, progress: Callable[[int], object] | None = None) -> int:
    """Write all rows, and give their number.

    Args:
        table: The rows; they are read once.
        to: Where they go.
        progress: Told the number of rows after each page.

    Raises:
        NotExported: The disk or the exporter refuses.
        SalesforceError: The rows did not come.
    """
    count = 0

    async def counted() -> AsyncGenerator[Sequence[Mapping[str, Any]], None]:
        nonlocal count
        async with aclosing(table.pages) as pages:
            async for rows in pages:
                yield rows
                count += len(rows)
                if progress:
                    progress(count)

    try:
        async with landing(to.path, overwrite=to.overwrite) as landed, aclosing(counted()) as pages:
            await to.exporter.write(landed.file, replace(table, pages=pages))
    except FileExistsError as error:
        raise NotExported(f"{to.path} is there already.") from error
    except OSError as error:
        raise NotExported(f"{to.path} can't be written: {error.strerror or error}.") from error
    except SalesforceError:
        raise
    except Exception as error:  # the plugin boundary: an exporter may be a stranger's
        raise NotExported(f"{to.exporter.title} failed: {type(error).__name__}: {error}") from error
    return count
