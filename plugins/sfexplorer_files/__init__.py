"""Files: those of the org and of each record, with download, preview and upload."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sfexplorer.api import BlobRef, Command, FilesRef, Pane, RecordAction, hookimpl

if TYPE_CHECKING:
    from sfexplorer.api import Explorer, Reference
    from sfexplorer.api.ui import PaneWidget
    from sfexplorer.client import SObject

_HOLD_FILES = frozenset({"attachment", "document", "contentdocument", "contentversion", "staticresource"})


@hookimpl
def panes() -> Sequence[Pane]:
    """The list of files."""
    return [Pane(id="files.files", title="Files", build=_build, order=40, opens=(FilesRef, BlobRef))]


@hookimpl
def commands() -> Sequence[Command]:
    """The way to the files of the org."""
    return [
        Command(
            id="files.show", title="Files", run=_show, key="f7", help="All files of the org, from anywhere"
        )
    ]


@hookimpl
def record_actions() -> Sequence[RecordAction]:
    """The files that hang on a record, and the one that it holds."""
    return [
        RecordAction(
            "files.of_record", "Files", _open_files, _is_saved, 30, "What is attached to this record"
        ),
        RecordAction("files.of_blob", "Look into the file", _open_blob, _holds_file, 31),
    ]


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_files.pane import FilesPane

    return FilesPane(explorer, reference if isinstance(reference, FilesRef | BlobRef) else None)


async def _show(explorer: Explorer) -> None:
    explorer.open_pane("files.files")


def _is_saved(record: SObject) -> bool:
    return record.id is not None


def _holds_file(record: SObject) -> bool:
    return record.id is not None and record.type.lower() in _HOLD_FILES


async def _open_files(explorer: Explorer, record: SObject) -> None:
    name = record.get("Name") or record.get("Title")
    explorer.open(FilesRef(record.id or "", name if isinstance(name, str) else ""))


async def _open_blob(explorer: Explorer, record: SObject) -> None:
    explorer.open(BlobRef(record.id or "", record.type))
