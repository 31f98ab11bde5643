"""A download as a person sees it: which folder, what of names that are taken, how far it is, what came."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, get_args

from sfexplorer.api.explorer import Report
from sfexplorer.api.paths import complete_path
from sfexplorer_files.downloading import Download
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.folder import folder_problem, path_of, remember_folder, short_path, usual_folder
from sfexplorer_files.measures import Progress, Speed, size_text
from sfexplorer_files.naming import Clash, Target, clashes, taken_names, targets

if TYPE_CHECKING:
    from sfexplorer_files.pane import FilesPane

_OFTEN = 0.1
"""Seconds between two looks at how far it is: more often nobody can read it, and a slow line would lag."""

_CLASHES: Sequence[Clash] = get_args(Clash)
_WORDS = {
    "keep both": "Keep both: what comes gets a number",
    "skip": "Leave those out",
    "overwrite": "Overwrite what is there",
}


async def download(pane: FilesPane, entries: Sequence[FileEntry]) -> None:
    """Ask where to, and save the files there."""
    explorer = pane.explorer
    size = size_text(sum(entry.size or 0 for entry in entries))
    what = entries[0].name if len(entries) == 1 else f"{len(entries)} files"
    folder = await _ask_folder(pane, f"Save {what} ({size}) in")
    if folder is None:
        return
    taken = await asyncio.to_thread(taken_names, folder)
    clash: Clash = "keep both"
    if count := clashes(entries, taken):
        names = "This name is" if len(entries) == 1 else f"{count} of {len(entries)} names are"
        options = [_WORDS[each] for each in _CLASHES]
        place = await explorer.choose(f"{names} taken in {short_path(folder)}", options)
        if place is None:
            return
        clash = _CLASHES[place]
    await bring(pane, targets(entries, folder, taken, clash), overwrite=clash == "overwrite")


async def _ask_folder(pane: FilesPane, title: str) -> Path | None:
    async def check(typed: str) -> str | None:
        return await asyncio.to_thread(folder_problem, typed)

    usual = await asyncio.to_thread(usual_folder)
    hint = "Tab completes   Enter saves, makes the folder if need be   Esc back"
    typed = await pane.explorer.ask(title, hint, value=short_path(usual), check=check, complete=complete_path)
    if typed is None:
        return None
    folder = path_of(typed)
    with suppress(OSError):
        await asyncio.to_thread(remember_folder, folder)
    return folder


async def bring(pane: FilesPane, plan: Sequence[Target], *, overwrite: bool) -> None:
    """Save the files to their paths, and tell how far it is; what failed can be tried again."""
    running = Download(pane.explorer.org, plan, overwrite, lambda: None)
    # As a work of its own: trying again goes on with what is not there yet, and asks nothing.
    pane.work(partial(_run, pane, running), f"download {id(running)}", exclusive=False)


async def _run(pane: FilesPane, running: Download) -> None:
    telling = _Telling(pane, running)

    async def work(report: Report) -> bool:
        telling.report = report
        running.told = telling
        await running.run()
        return True

    try:
        finished = await pane.explorer.run_with_progress("Downloading", work)
    except asyncio.CancelledError:
        # The pane was closed: nobody sees its line any more.
        pane.explorer.tell(f"The download has ended. {_told(running)}", "warning")
        raise
    finally:
        telling.end()
    if finished and not pane.display:
        pane.explorer.tell(_told(running))


@dataclass(slots=True)
class _Telling:
    """Shows how far a download is: at once when a file is through, else now and then."""

    pane: FilesPane
    running: Download
    report: Report = lambda _: None
    speed: Speed = field(default_factory=Speed)
    shown_at: float = 0.0
    through: int = 0

    def __call__(self) -> None:
        now, running = monotonic(), self.running
        if now - self.shown_at < _OFTEN and len(running.fates) == self.through:
            return
        self.shown_at = now
        self.speed.note(now, running.received)
        self._note_fates()
        count = len(running.plan)
        what = running.plan[0].entry.name if count == 1 else f"{self.through} of {count} files"
        progress = Progress(what, running.received, running.expected, self.speed.text)
        self.pane.tell(f"{progress.line(max(self.pane.size.width - 14, 40))}   Esc stops")
        self.report(f"{self.through} of {count}")

    def end(self) -> None:
        """Tell what came of it."""
        if self.pane.is_attached:
            self._note_fates()
            self.pane.tell(_told(self.running))

    def _note_fates(self) -> None:
        fresh = self.running.fates[self.through :]
        if fresh:
            self.through += len(fresh)
            self.pane.fates.update((fate.entry.id, fate) for fate in fresh)
            self.pane.fates_changed()


def _told(running: Download) -> str:
    """`Saved 18 files, 4.1 MB, in ~/Downloads   2 not saved: contract.pdf: …`."""
    saved, failed, waiting = running.saved, running.failed, len(running.plan) - len(running.fates)
    parts = []
    if len(saved) == 1 and saved[0].path:
        parts.append(f"Saved {short_path(saved[0].path)}   y copies its path")
    elif saved and saved[0].path:
        folder = short_path(saved[0].path.parent)
        parts.append(f"Saved {len(saved)} files, {size_text(running.received)}, in {folder}")
    if failed:
        first = f"{failed[0].entry.name}: {failed[0].problem}"
        parts.append(f"! {len(failed)} not saved: {first}")
    if waiting:
        parts.append(f"{waiting} not fetched")
    return "   ".join(parts) or "Nothing was saved"
