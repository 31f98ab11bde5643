"""A look into a file without saving it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sfexplorer.api.ui.cell_viewer import CellViewer
from sfexplorer.client import Org, SObject
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.measures import size_text
from sfexplorer_files.preview import beginning, preview_of
from sfexplorer_files.table_viewer import TableViewer

if TYPE_CHECKING:
    from sfexplorer_files.pane import FilesPane


async def show_preview(pane: FilesPane, entry: FileEntry) -> None:
    """Fetch the beginning of a file and show it."""
    pane.busy = f"Looking into {entry.name}…"
    try:
        blob = await pane.explorer.org.body(SObject(entry.bytes_type, Id=entry.bytes_id))
        data, is_whole = await beginning(blob)
        preview = await asyncio.to_thread(preview_of, entry.name, data, is_whole)
    finally:
        pane.busy = ""
    if not data:
        pane.tell(f"{entry.name} is empty")
        return
    size = size_text(entry.size if entry.size is not None else len(data))
    title = f"{entry.name}   {size}" + ("" if preview.is_whole else ", its beginning")
    if preview.kind == "table":
        pane.app.push_screen(TableViewer(title, preview.table))
    elif preview.kind == "bytes":
        pane.app.push_screen(CellViewer(f"{title}   no text: its bytes", preview.text))
    else:
        pane.app.push_screen(CellViewer(title, preview.text))


async def alone(org: Org, id: str) -> FileEntry:
    """The file of a record that no list of files knows: of a StaticResource, of the org's own objects."""
    blob = await org.body(id)
    info = await org.object_of(id)
    type = info.name if info else ""
    kind = info.label if info else "File"
    return FileEntry(id=id, type=type, name=blob.name or id, kind=kind, size=blob.size)
