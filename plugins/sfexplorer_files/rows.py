"""Files as rows of a grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sfexplorer.api.ui import Column, RowNote
from sfexplorer_files.downloading import Fate
from sfexplorer_files.entries import FileEntry
from sfexplorer_files.folder import short_path
from sfexplorer_files.measures import size_text

_COLUMNS = (
    Column("name", "Name", min_width=16, max_width=32),
    Column("kind", "Kind", max_width=16),
    Column("size", "Size", align="right", min_width=7, type="long"),
    Column("changed", "Changed", fixed=True, min_width=16, type="datetime"),
    Column("owner", "Owner", max_width=20),
)
_PARENT = Column("parent", "Belongs to", max_width=24)
_SAVED = Column("saved", "Saved", min_width=6, max_width=8)


class FileRows:
    """The files of a list, of which more may come; what was saved says where.

    Args:
        entries: The files; the list may grow.
        fates: What became of those that were downloaded, by their Id.
        with_parents: Whether they hang on several records.
        origin: The org's own address, for the addresses of its records.
        moment: How a moment looks.
    """

    def __init__(
        self,
        entries: Sequence[FileEntry] = (),
        fates: Mapping[str, Fate] | None = None,
        *,
        with_parents: bool = False,
        origin: str = "",
        moment: Callable[[object], str] = str,
    ) -> None:
        self.columns: Sequence[Column] = (*_COLUMNS, *((_PARENT,) if with_parents else ()), _SAVED)
        self._entries = entries
        self._fates = {} if fates is None else fates
        self._origin = origin
        self._moment = moment

    @property
    def row_count(self) -> int:
        """The number of files that are here."""
        return len(self._entries)

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a file."""
        return [self._text(self._entries[row], column.key) for column in self.columns]

    def value(self, row: int, column: int) -> object:
        """What sorts and copies: sizes as numbers, moments as the org writes them."""
        entry, key = self._entries[row], self.columns[column].key
        match key:
            case "size":
                return entry.size
            case "changed":
                return entry.changed or None
        return self._text(entry, key)

    def row_key(self, row: int) -> str:
        """The record that the file is known by."""
        return self._entries[row].id

    def note(self, row: int) -> RowNote | None:
        """Where a file was saved, or why it was not; else what somebody wrote about it."""
        entry = self._entries[row]
        fate = self._fates.get(entry.id)
        if fate is None:
            return RowNote(text=entry.note) if entry.note else None
        if fate.path:
            return RowNote(text=f"saved as {short_path(fate.path)}")
        return RowNote(sign="!", text=f"not saved: {fate.problem}")

    def copies(self, row: int, column: int) -> Sequence[tuple[str, str]]:
        """Where the file was saved, its Id, and its address in the org."""
        entry = self._entries[row]
        fate = self._fates.get(entry.id)
        saved = [("Path of the saved file", str(fate.path))] if fate and fate.path else []
        return [*saved, ("Id", entry.id), ("Record URL", f"{self._origin}/lightning/r/{entry.id}/view")]

    def _text(self, entry: FileEntry, key: str) -> str:
        match key:
            case "name":
                return entry.name
            case "kind":
                return entry.kind
            case "size":
                return size_text(entry.size)
            case "owner":
                return entry.owner
            case "changed":
                return self._moment(entry.changed) if entry.changed else ""
            case "parent":
                return entry.parent
        fate = self._fates.get(entry.id)
        return ("saved" if fate.path else "failed") if fate else ""
