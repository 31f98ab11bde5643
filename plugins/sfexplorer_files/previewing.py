"""A look into a file without saving it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.screen import ModalScreen

from sfexplorer.api.ui.cell_viewer import CellViewer
from sfexplorer.client import Org, SObject
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.measures import size_text
from sfexplorer_files.picture_viewer import PictureViewer
from sfexplorer_files.png import SIGNATURE, Unreadable, read_png
from sfexplorer_files.preview import MOST, MOST_OF_PICTURE, beginning, preview_of
from sfexplorer_files.table_viewer import TableViewer

if TYPE_CHECKING:
    from sfexplorer_files.pane import FilesPane


async def show_preview(pane: FilesPane, entry: FileEntry) -> None:
    """Fetch the beginning of a file, of a picture all of it, and show it."""
    pane.busy = f"Looking into {entry.name}…"
    is_picture = entry.name.casefold().endswith(".png")
    try:
        blob = await pane.explorer.org.body(SObject(entry.bytes_type, Id=entry.bytes_id))
        data, is_whole = await beginning(blob, MOST_OF_PICTURE if is_picture else MOST)
        screen = await asyncio.to_thread(_screen, entry, data, is_whole, pane.app.size)
    finally:
        pane.busy = ""
    if data:
        pane.app.push_screen(screen)
    else:
        pane.tell(f"{entry.name} is empty")


def _screen(entry: FileEntry, data: bytes, is_whole: bool, room: Size) -> ModalScreen[None]:
    title = f"{entry.name}   {size_text(entry.size if entry.size is not None else len(data))}"
    if data.startswith(SIGNATURE) and is_whole:
        try:
            # A frame and a line of keys around it, and two points in each line.
            picture = read_png(data, room.width * 9 // 10 - 4, 2 * (room.height - 6))
        except Unreadable as reason:
            title = f"{title}   {reason}"
        else:
            return PictureViewer(title, picture)
    preview = preview_of(entry.name, data[:MOST], is_whole and len(data) <= MOST)
    title += "" if preview.is_whole else ", its beginning"
    if preview.kind == "table":
        return TableViewer(title, preview.table)
    return CellViewer(f"{title}, no text: its bytes" if preview.kind == "bytes" else title, preview.text)


async def alone(org: Org, id: str) -> FileEntry:
    """The file of a record that no list of files knows: of a StaticResource, of the org's own objects."""
    blob = await org.body(id)
    info = await org.object_of(id)
    type = info.name if info else ""
    kind = info.label if info else "File"
    return FileEntry(id=id, type=type, name=blob.name or id, kind=kind, size=blob.size)
