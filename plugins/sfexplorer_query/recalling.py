"""Statements of before, those that were run and those that were saved, looked through and taken up again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sfexplorer.api import QueryRef
from sfexplorer.api.ui.grid import Column
from sfexplorer_query.drafts import drafts_folder
from sfexplorer_query.history import PastRun, past_runs
from sfexplorer_query.open_panes import PANES
from sfexplorer_query.saved import Saved, file_for, is_as_saved, queries_folder, save, saved_queries
from sfexplorer_query.settings import QuerySettings
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane
    from sfexplorer_query.picking import Item

_TIME = Column("at", "Time", fixed=True)
_RAN = (
    _TIME,
    Column("org", "Org", max_width=16),
    Column("rows", "Rows", align="right"),
    Column("ms", "ms", align="right"),
    Column("text", "Statement", max_width=200),
)
_SAVED = (Column("name", "Name", max_width=32), _TIME, Column("text", "Statement", max_width=200))


async def show_history(pane: QueryPane) -> None:
    """List what was run, the newest first, and take what is chosen."""
    runs = await asyncio.to_thread(past_runs)
    items = await asyncio.to_thread(_items_of_runs, runs)
    place = await _pick(pane, "History", _RAN, items, "Nothing was run yet. F5 runs a query.")
    if place is not None:
        _take(pane, runs[place].text)


async def open_saved(pane: QueryPane) -> None:
    """List what is saved, and take what is chosen."""
    folder = _folder(pane)
    drafts = await asyncio.to_thread(_drafts)
    found = [*drafts, *await asyncio.to_thread(saved_queries, folder)]
    items = [_item_of_saved(saved, None if saved in drafts else folder) for saved in found]
    empty = f"Nothing is saved yet. Ctrl+S saves a query,\nas a file in {folder}."
    place = await _pick(pane, "Saved queries", _SAVED, items, empty)
    if place is not None:
        chosen = found[place]
        _take(pane, chosen.text.rstrip(), chosen.path, is_draft=chosen in drafts)


async def tell_drafts(pane: QueryPane) -> None:
    """Say in a pane without a text that there are drafts."""
    drafts = await asyncio.to_thread(_drafts)
    if drafts and not pane.editor.text:
        pane.diagnosing.note(f"{counted(len(drafts), 'draft')} kept from before: Ctrl+O lists them")


def _drafts() -> list[Saved]:
    """Texts that were left behind, by a crash or a line that broke; not those that are on the screen."""
    open_ones = {pane.draft.path for pane in PANES}
    return [draft for draft in saved_queries(drafts_folder()) if draft.path not in open_ones]


async def save_query(pane: QueryPane) -> None:
    """Ask for a name, and save the text of the editor as a file."""
    text, folder = pane.editor.text, _folder(pane)
    if not text.strip():
        pane.diagnosing.note("There is nothing to save yet")
        return
    named = pane.saved_as.stem if pane.saved_as else ""
    while True:
        named = (
            await pane.explorer.ask("Save as", f"A file in {folder}", value=named, check=_check_name) or ""
        )
        if not named:
            return
        path = file_for(folder, named, text)
        if path == pane.saved_as or not await asyncio.to_thread(os.path.lexists, path):
            break
        if await asyncio.to_thread(is_as_saved, path, text):
            break
        if await pane.explorer.confirm(f"{path.name} is there already.", "Replace it", "Choose another name"):
            break
    try:
        await asyncio.to_thread(save, path, text)
    except OSError as error:
        pane.explorer.tell(f"{path} can't be written: {error.strerror or error}", "error")
        return
    pane.saved_as = path
    pane.keep(text)
    pane.explorer.tell(f"Saved as {path}.")


def _folder(pane: QueryPane) -> Path:
    return queries_folder(pane.explorer.settings(QuerySettings).folder)


async def _check_name(text: str) -> str | None:
    return None if text.strip() else "Give it a name."


async def _pick(
    pane: QueryPane, title: str, columns: Sequence[Column], items: Sequence[Item], empty: str
) -> int | None:
    from sfexplorer_query.picking import Listing, PickDialog

    return await pane.app.push_screen_wait(PickDialog(Listing(title, columns, items, empty=empty)))


def _take(pane: QueryPane, text: str, path: Path | None = None, *, is_draft: bool = False) -> None:
    """Put a statement into the editor, or into one of its own if something there would be lost."""
    if pane.unsaved:
        pane.explorer.open(QueryRef(text, run=False))
        return
    if is_draft and path is not None:
        pane.draft.adopt(path)
    pane.show_text(text, is_kept=not is_draft)
    pane.saved_as = None if is_draft else path


def _items_of_runs(runs: Sequence[PastRun]) -> list[Item]:
    from sfexplorer_query.picking import Item

    return [
        Item(
            (
                _moment(run.at),
                run.org,
                "refused" if run.rows is None else f"{run.rows:,}",
                f"{run.seconds * 1000:,.0f}",
                " ".join(run.text.split()),
            ),
            f"{run.text}\n! {run.refusal}" if run.refusal else run.text,
        )
        for run in runs
    ]


def _item_of_saved(saved: Saved, folder: Path | None) -> Item:
    from sfexplorer_query.picking import Item

    name = "(draft)" if folder is None else str(saved.path.relative_to(folder))
    return Item((name, _moment(saved.changed), " ".join(saved.text.split())), saved.text)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
