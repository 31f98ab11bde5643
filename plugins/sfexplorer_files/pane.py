"""The pane: files as a list; download, preview, upload, each beside the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.api import BlobRef, Explorer, FilesRef, SalesforceError
from sfexplorer.api.ui import (
    Grid,
    GridBox,
    GridChanged,
    PaneWidget,
    RowChosen,
    RowsNeeded,
    chosen_rows,
    marked_rows,
    safe_text,
)
from sfexplorer.client import FieldDescribe
from sfexplorer_files.actions import actions_on
from sfexplorer_files.downloading import Fate
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.fetching import download
from sfexplorer_files.listing import Listing
from sfexplorer_files.measures import size_text
from sfexplorer_files.places import place_of, whole_org
from sfexplorer_files.previewing import alone, show_preview
from sfexplorer_files.rows import FileRows
from sfexplorer_files.sending import upload


class FileGrid(Grid):
    """A list whose keys in the line below leave room for those that only files have."""

    BINDINGS: ClassVar[list[BindingType]] = [
        replace(binding, show=False)
        for binding in Grid.BINDINGS
        if isinstance(binding, Binding) and binding.show and binding.id != "grid.mark"
    ]


class FilesPane(PaneWidget):
    """The files of the org, of a record, the versions of one, or one file alone.

    Args:
        explorer: The shell.
        reference: Which files; None shows those of the org.
    """

    DEFAULT_CSS = """
    FilesPane > .transfer { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "d", "download", "Download", id="files.download", tooltip="Save the marked files to a folder"
        ),
        Binding("p", "preview", "Preview", id="files.preview", tooltip="Look into the file"),
        Binding("u", "upload", "Upload", id="files.upload", tooltip="Send a file, or a new version of one"),
        Binding("o", "more", "More", id="files.more", tooltip="More to do with the file under the cursor"),
        Binding("r", "refresh", "Refresh", show=False, id="files.refresh", tooltip="Ask the org again"),
    ]

    def __init__(self, explorer: Explorer, reference: FilesRef | BlobRef | None = None) -> None:
        super().__init__(explorer)
        self.place = place_of(reference) if reference else whole_org()
        self.title = self.place.title
        self.fates: dict[str, Fate] = {}
        self._listing: Listing | None = None
        self._previewed = False

    def compose_pane(self) -> Iterable[Widget]:
        """The list, and the line that tells how far a transfer is."""
        yield GridBox(FileGrid(FileRows(), empty_message="Waiting for the org…", id="files"), heading="Files")
        yield Static("", classes="transfer", markup=False)

    @property
    def grid(self) -> Grid:
        """The list."""
        return self.query_one("#files", Grid)

    def focus_content(self) -> None:
        """Go on in the list."""
        self.grid.focus()

    def part_widgets(self) -> list[Widget]:
        """The list alone; `/` goes into its filter."""
        return [self.grid]

    @property
    def entries(self) -> Sequence[FileEntry]:
        """The files that are here."""
        return self._listing.entries if self._listing else ()

    @property
    def entry(self) -> FileEntry | None:
        """The file under the cursor."""
        return self.entries[self.grid.cursor_row] if self.grid.has_cursor and self.entries else None

    @property
    def chosen(self) -> list[FileEntry]:
        """The marked files, else the one under the cursor."""
        return [self.entries[row] for row in chosen_rows(self.grid)]

    @property
    def has_more(self) -> bool:
        """Whether the org has files that are not here yet."""
        return self._listing is not None and not self._listing.done

    async def start(self) -> None:
        """List the first files; a file alone is looked into at once."""
        self.busy = "Loading files…"
        self.grid.empty_message = "Loading files…"
        org = self.explorer.org
        listing = Listing(org, self.place.listed)
        try:
            if self.place.listed:
                await listing.more()
            else:
                listing.entries.append(await alone(org, self.place.blob_id))
        except SalesforceError:
            self.grid.empty_message = "The files could not be loaded. r tries again."
            raise
        finally:
            self.busy = ""
        self._show(listing)
        if self.place.blob_id and listing.entries and not self._previewed:
            self._previewed = True
            self.title = listing.entries[0].name
            self.action_preview()

    def _show(self, listing: Listing) -> None:
        self._listing = listing
        changed = FieldDescribe(name="LastModifiedDate", type="datetime")
        row, top = self.grid.cursor_row, self.grid.top_row
        self.grid.empty_message = f"{self._empty} u uploads one."
        self.grid.source = FileRows(
            listing.entries,
            self.fates,
            with_parents=self._is_whole_org,
            origin=self.explorer.org.instance_url,
            moment=self.explorer.formatter_for(changed).text,
        )
        self.grid.move_to(row, top=top)
        self._tell_count()

    @property
    def _is_whole_org(self) -> bool:
        return not (self.place.record_id or self.place.document_id or self.place.blob_id)

    @property
    def _empty(self) -> str:
        return "There are no files in this org yet." if self._is_whole_org else "There are no files here."

    def tell(self, text: str) -> None:
        """Say something in the line below the list."""
        self.query_one(".transfer", Static).update(safe_text(text))

    def fates_changed(self) -> None:
        """Show what became of files that were downloaded."""
        self.grid.rows_changed()

    @on(GridChanged)
    def _tell_count(self) -> None:
        listing = self._listing
        if listing is None:
            return
        marked = [self.entries[row] for row in marked_rows(self.grid) if row < len(self.entries)]
        size = size_text(sum(entry.size or 0 for entry in marked))
        troubles = [f"! {kind}: {error.message}" for kind, error in listing.troubles.items()]
        parts = (_counted(listing), f"{size} marked" if marked else "", *troubles)
        self.query_one(GridBox).tell("   ".join(part for part in parts if part))

    @on(RowsNeeded)
    def _rows_needed(self) -> None:
        if self.has_more:
            self.work(self.load_more, "more")

    async def load_more(self, count: int | None = None) -> None:
        """Bring some more files, or as many as said."""
        if (listing := self._listing) is not None:
            await (listing.more() if count is None else listing.more(count))
            self.grid.rows_changed()
            self._tell_count()

    @on(RowChosen)
    def _row_chosen(self) -> None:
        self.action_preview()

    def action_preview(self) -> None:
        """Look into the file under the cursor."""
        if (entry := self.entry) is not None:
            self.work(partial(show_preview, self, entry), "preview")

    def action_download(self) -> None:
        """Save the marked files, else the one under the cursor, to a folder."""
        if chosen := self.chosen:
            self.work(partial(download, self, chosen), "download", exclusive=False)

    def action_upload(self) -> None:
        """Send a file of this machine."""
        self.work(partial(upload, self), "upload", exclusive=False)

    def action_more(self) -> None:
        """Choose what else to do with the file under the cursor."""
        self.work(self._more, "actions")

    async def _more(self) -> None:
        offered = actions_on(self)
        title = self.entry.name if self.entry else self.title
        place = await self.explorer.choose(title, [action.title for action in offered])
        if place is not None:
            await offered[place].run()

    def action_refresh(self) -> None:
        """Ask the org again."""
        self.work(self.start, "start")


def _counted(listing: Listing) -> str:
    here = len(listing.entries)
    if not listing.done:
        return f"{here:,} of {max(listing.total, here):,} files loaded"
    return "1 file" if here == 1 else f"{here:,} files"
