"""The objects of an org as rows of a grid: those used last first, then by label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sfexplorer.api.ui import Column, Rows
from sfexplorer.client import SObjectInfo

_COLUMNS = (
    Column("label", "Label", max_width=40),
    Column("name", "API name", max_width=48),
    Column("prefix", "Prefix", min_width=6),
    Column("records", "Records", align="right", min_width=9, type="long"),
    Column("about", "", min_width=14),
)
_SEARCHED = _COLUMNS[:3]


class ObjectRows:
    """Those objects that fit what is typed.

    Args:
        infos: All objects.
        recents: The names of those used last, the latest first.
        counts: How many records they have, as far as known; it may fill up later.
        pattern: What must fit label, name or prefix; blank shows all.
    """

    def __init__(
        self,
        infos: Sequence[SObjectInfo] = (),
        recents: Sequence[str] = (),
        counts: Mapping[str, int] | None = None,
        pattern: str = "",
    ) -> None:
        self.columns: Sequence[Column] = _COLUMNS
        self._recents = {name: place for place, name in enumerate(recents)}
        self._counts = counts if counts is not None else {}
        found = sorted(infos, key=self._place)
        if pattern.strip():
            searched = Rows(_SEARCHED, [(info.label, info.name, info.key_prefix) for info in found])
            fitting = searched.filtered(pattern)
            found = [found[fitting.origin(row)] for row in range(fitting.row_count)]
        self.infos = found

    def _place(self, info: SObjectInfo) -> tuple[int, str, str]:
        recent = self._recents.get(info.name, len(self._recents))
        return recent, info.label.casefold(), info.name

    @property
    def row_count(self) -> int:
        """The number of objects that fit."""
        return len(self.infos)

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of an object; a count that isn't known is blank."""
        info = self.infos[row]
        count = self._counts.get(info.name)
        about = (("recent", info.name in self._recents), ("custom", info.custom))
        return (
            info.label,
            info.name,
            info.key_prefix or "",
            "" if count is None else f"{count:,}",
            ", ".join(word for word, holds in about if holds),
        )

    def value(self, row: int, column: int) -> object:
        """What sorts and copies: counts as numbers."""
        if self.columns[column].key == "records":
            return self._counts.get(self.infos[row].name)
        return self.cells(row)[column]

    def row_key(self, row: int) -> str:
        """The object's API name."""
        return self.infos[row].name

    def copies(self, row: int, column: int) -> Sequence[tuple[str, str]]:
        """What is wanted most of an object, whatever column the cursor is on."""
        return [("API name", self.infos[row].name)]

    def place_of(self, name: str) -> int | None:
        """The row of the object of that name, in any case; None where it isn't shown."""
        wanted = name.casefold()
        return next((row for row, info in enumerate(self.infos) if info.name.casefold() == wanted), None)
