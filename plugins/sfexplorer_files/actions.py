"""What else can be done with the file under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfexplorer.api import FilesRef, RecordRef
from sfexplorer_files.entries import FileEntry

if TYPE_CHECKING:
    from sfexplorer_files.pane import FilesPane


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, as a list offers it."""

    title: str
    run: Callable[[], Awaitable[None]]


def actions_on(pane: FilesPane) -> list[Action]:
    """What can be done here, the likeliest first."""
    entry = pane.entry
    return [*(_on_file(pane, entry) if entry else ()), *_on_list(pane)]


def _on_file(pane: FilesPane, entry: FileEntry) -> Iterator[Action]:
    explorer = pane.explorer
    if entry.type == "ContentDocument":
        yield Action("Its versions", _opening(pane, FilesRef(entry.id, entry.name)))
    yield Action(f"Open its record ({entry.type})", _opening(pane, RecordRef(entry.id, entry.type)))
    if entry.parent_id and entry.type != "Document":
        yield Action(
            f"Open {entry.parent or 'what it belongs to'}", _opening(pane, RecordRef(entry.parent_id))
        )
    fate = pane.fates.get(entry.id)
    if fate and (path := fate.path):
        yield Action(f"Copy the path it was saved to: {path}", _copying(pane, str(path), "the path"))
    yield Action("Copy its Id", _copying(pane, entry.id, entry.id))

    async def browse() -> None:
        explorer.browse(f"{explorer.org.instance_url}/lightning/r/{entry.id}/view")

    yield Action("Open in the browser", browse)


def _on_list(pane: FilesPane) -> Iterator[Action]:
    async def load_all() -> None:
        await pane.load_more(1 << 30)

    if pane.has_more:
        yield Action("Load all files, so that filter and sorting see them", load_all)


def _opening(pane: FilesPane, reference: FilesRef | RecordRef) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        pane.explorer.open(reference)

    return run


def _copying(pane: FilesPane, text: str, what: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        pane.explorer.copy(text, what)

    return run
