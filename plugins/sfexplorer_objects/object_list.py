"""The list of objects with its filter: found by a part of label, name or prefix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from sfexplorer.api.ui import FilterLine, Grid, RowChosen, RowHighlighted
from sfexplorer.client import SObjectInfo
from sfexplorer_objects.object_rows import ObjectRows


class ObjectGrid(Grid):
    """A list whose Enter opens a query."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Query", id="grid.choose", tooltip="Open a ready query over the object"),
        Binding("space", "do('mark')", "Mark", show=False, id="grid.mark", tooltip="Mark the row"),
    ]


class ObjectList(Vertical):
    """Objects, those used last first; a few typed letters find the others."""

    DEFAULT_CSS = """
    ObjectList { height: 2fr; }
    """

    @dataclass
    class Highlighted(Message):
        """Another object is under the cursor, or none."""

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst matters."""
            return isinstance(message, ObjectList.Highlighted)

    @dataclass
    class Chosen(Message):
        """An object was gone into."""

        info: SObjectInfo

    def __init__(self) -> None:
        super().__init__()
        self._infos: Sequence[SObjectInfo] = ()
        self._recents: Sequence[str] = ()
        self._counts: dict[str, int] = {}
        self._note = ""

    def compose(self) -> ComposeResult:
        """The filter above, the list below."""
        yield FilterLine("Objects", "/ filters by label, name, prefix", id="object-filter")
        yield ObjectGrid(ObjectRows(), empty_message="Waiting for the org…", id="objects")

    @property
    def grid(self) -> Grid:
        """The list."""
        return self.query_one("#objects", Grid)

    @property
    def line(self) -> FilterLine:
        """The filter."""
        return self.query_one("#object-filter", FilterLine)

    @property
    def infos(self) -> Sequence[SObjectInfo]:
        """All objects, those too that the filter leaves out."""
        return self._infos

    @property
    def chosen(self) -> SObjectInfo | None:
        """The object under the cursor."""
        rows = self.grid.source
        if not isinstance(rows, ObjectRows) or not self.grid.has_cursor:
            return None
        return rows.infos[self.grid.cursor_row]

    def tell_loading(self, message: str) -> None:
        """Say in the empty list what is being waited for, or what to do."""
        self.grid.empty_message = message

    def show(self, infos: Sequence[SObjectInfo], recents: Sequence[str]) -> None:
        """Show these objects, the cursor staying on its own."""
        chosen = self.chosen
        self._infos, self._recents = infos, recents
        self._fill()
        if chosen is not None:
            self.go_to(chosen.name)

    def count(self, counts: Mapping[str, int]) -> None:
        """Show how many records some objects have."""
        self._counts.update(counts)
        self.grid.rows_changed()

    def note(self, text: str) -> None:
        """Say something beside the number of objects."""
        self._note = text
        self._tell()

    def go_to(self, name: str) -> bool:
        """Bring the cursor to an object, past the filter where need be; whether there is such a one."""
        rows = self.grid.source
        place = rows.place_of(name) if isinstance(rows, ObjectRows) else None
        if place is None and self.line.text:
            self.line.clear()
            self._fill()
            return self.go_to(name)
        if place is not None:
            self.grid.move_to(place)
        return place is not None

    def _fill(self) -> None:
        text = self.line.text
        empty = f"No object is called like {text!r}. Esc shows all."
        self.grid.empty_message = empty if self._infos else "This user may see no objects."
        # Best first while something is typed: then nobody looks for what was used last.
        self.grid.source = ObjectRows(self._infos, self._recents, self._counts, text)
        self._tell()
        self.post_message(self.Highlighted())

    def _tell(self) -> None:
        count = f"{self.grid.source.row_count} of {len(self._infos)}" if self._infos else ""
        self.line.tell("Objects", "  ".join(part for part in (self._note, count) if part))

    @on(FilterLine.Changed)
    def _filter_changed(self, event: FilterLine.Changed) -> None:
        event.stop()
        self._fill()

    @on(FilterLine.Left)
    def _filter_left(self, event: FilterLine.Left) -> None:
        event.stop()
        self.grid.focus()

    @on(RowHighlighted)
    def _moved(self, event: RowHighlighted) -> None:
        event.stop()
        self.post_message(self.Highlighted())

    @on(RowChosen)
    def _row_chosen(self, event: RowChosen) -> None:
        event.stop()
        if (chosen := self.chosen) is not None:
            self.post_message(self.Chosen(chosen))
