"""Rows on their way to a file: where to, in which form, how far; the file gets its name when it is whole."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sfexplorer.api.contributions import Exporter, ExportTable
from sfexplorer.api.paths import complete_path
from sfexplorer.client.blobs.landing import landing
from sfexplorer.client.errors import SalesforceError
from sfexplorer.client.filename import safe_filename

if TYPE_CHECKING:
    from sfexplorer.api.explorer import Explorer


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


async def choose_destination(explorer: Explorer, what: str, name: str) -> Destination | None:
    """Ask the person for a form and a file; None when a question was left.

    Args:
        explorer: The shell.
        what: What is written: `5,000 rows`.
        name: What the file is called, without its suffix, if the person has nothing against it.
    """
    exporters = explorer.exporters
    if not exporters:
        raise NotExported(
            "No plugin that is loaded writes files.", hint="Start without leaving out `export`."
        )
    place = await explorer.choose(f"Export {what} as", [exporter.title for exporter in exporters])
    if place is None:
        return None
    exporter = exporters[place]
    named = f"{safe_filename(name)}{exporter.suffix}"
    while True:
        hint = f"In {Path.cwd()}, if you give no folder. Enter writes it, Escape goes back."
        answer = await explorer.ask(
            f"{exporter.title}: file", hint, value=named, check=_check, complete=complete_path
        )
        if answer is None:
            return None
        named, path = answer, _path(answer)
        if not await asyncio.to_thread(os.path.lexists, path):
            return Destination(exporter, path)
        if await explorer.confirm(f"{path} is there already.", "Replace it", "Choose another name"):
            return Destination(exporter, path, overwrite=True)


async def export_in_sight(
    explorer: Explorer, table: ExportTable, to: Destination, total: int | None
) -> int | None:
    """Write all rows while the person sees how far it is, and give their number; None when it was stopped.

    Args:
        explorer: The shell.
        table: The rows.
        to: Where they go.
        total: How many they are, where that is known.
    """
    of = f" of {total:,}" if total is not None else ""

    async def work(report: Callable[[str], object]) -> int:
        return await export(table, to, lambda count: report(f"{count:,}{of} rows"))

    count = await explorer.run_with_progress(f"Writing {to.path.name}", work)
    if count is None:
        explorer.tell(f"Stopped: there is no {to.path.name}.", "warning")
    else:
        explorer.tell(f"Wrote {count:,} row{'' if count == 1 else 's'} to {to.path}.")
    return count


def _path(text: str) -> Path:
    return Path(text.strip()).expanduser().absolute()


async def _check(text: str) -> str | None:
    """What is wrong with the name of a file."""
    if not text.strip() or "\0" in text:
        return "Name a file."
    return await asyncio.to_thread(partial(_problem, text))


def _problem(text: str) -> str | None:
    try:
        path = _path(text)
        if path.is_dir():
            return f"{path} is a folder: name a file in it."
        return None if path.parent.is_dir() else f"There is no folder {path.parent}."
    except (OSError, RuntimeError) as error:  # A name that is too long, a `~name` that nobody has.
        return f"That can't be a file: {error}"
