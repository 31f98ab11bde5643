"""An upload as a person sees it: which file, what it becomes, how far it is."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from sfexplorer.api import SalesforceError
from sfexplorer.api.explorer import Report
from sfexplorer.api.paths import complete_path
from sfexplorer_files.folder import file_problem, path_of
from sfexplorer_files.measures import Progress, Speed
from sfexplorer_files.uploading import Destination, destinations, document_folders

if TYPE_CHECKING:
    from sfexplorer_files.pane import FilesPane

_OFTEN = 0.1


async def upload(pane: FilesPane) -> None:
    """Ask for a file and what it becomes, and send it."""

    async def check(typed: str) -> str | None:
        return await asyncio.to_thread(file_problem, typed)

    explorer, entry = pane.explorer, pane.entry
    hint = "A file on this machine   Tab completes   Enter goes on   Esc goes back"
    typed = await explorer.ask("Upload", hint, check=check, complete=complete_path)
    if typed is None:
        return
    path = path_of(typed)
    is_org = not pane.place.record_id and not pane.place.document_id
    folders = await document_folders(explorer.org) if is_org else []
    offered = destinations(pane.place, entry, folders)
    place = 0
    if len(offered) > 1:
        chosen = await explorer.choose(f"{path.name} becomes", [each.title for each in offered])
        if chosen is None:
            return
        place = chosen
    # As a work of its own: trying again asks nothing.
    pane.work(partial(_send, pane, path, offered[place]), f"upload {path}", exclusive=False)


async def _send(pane: FilesPane, path: Path, destination: Destination) -> None:
    speed, shown_at = Speed(), 0.0

    async def work(report: Report) -> bool:
        def progress(done: int, size: int | None) -> None:
            nonlocal shown_at
            now = monotonic()
            if done == size:
                pane.tell(f"{path.name}: all of it is sent, the org is taking it in…")
                return
            if now - shown_at < _OFTEN:
                return
            shown_at = now
            speed.note(now, done)
            told = Progress(path.name, done, size, speed.text)
            pane.tell(f"{told.line(max(pane.size.width - 14, 40))}   Esc stops")
            report(f"{done / size:.0%}" if size else "")

        await pane.explorer.org.upload(destination.type, path, progress=progress, **destination.fields)
        return True

    try:
        sent = await pane.explorer.run_with_progress(f"Uploading {path.name}", work)
    except SalesforceError:
        # What happened stands in the message above, with the key to try again.
        pane.tell(f"! {path.name} was not sent")
        raise
    except OSError as error:
        pane.tell(f"! {path.name} was not sent: {error.strerror or error}")
        return
    if not sent:
        pane.tell(f"{path.name} was not sent. If all of it had arrived already, the list shows it (r).")
        return
    done = f"Uploaded {path.name}: {destination.title}"
    pane.tell(done)
    if not pane.display:
        pane.explorer.tell(done)
    await pane.start()
