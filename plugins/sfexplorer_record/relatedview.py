"""The related lists below the fields: one line, and when it is opened a list with their lengths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from sfexplorer.api.ui import Column, Grid, RowChosen, Rows
from sfexplorer_record.related import RelatedList

_CLOSED = "Related ─  t lists the records that point here"

_COLUMNS = (
    Column("title", "Related", min_width=16),
    Column("count", "Records", align="right", fixed=True),
    Column("type", "sObject"),
    Column("field", "by its field"),
)


class RelatedView(Vertical):
    """Shows the lists; it is told what there is, and posts which one is wanted."""

    DEFAULT_CSS = """
    RelatedView { height: auto; max-height: 50%; }
    RelatedView > Static { height: 1; color: $text-muted; }
    RelatedView > Grid { height: 10; display: none; }
    RelatedView.-open > Grid { display: block; }
    RelatedView.-open > Static { color: $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,backspace,t", "leave", "Fields", id="record.leave_related", tooltip="Go to the fields"
        ),
    ]

    class Chosen(Message):
        """A list is to be opened."""

        def __init__(self, related: RelatedList) -> None:
            super().__init__()
            self.related = related

    class Left(Message):
        """The person goes on in the fields."""

    def __init__(self) -> None:
        super().__init__()
        self._lists: Sequence[RelatedList] = ()
        self._line = Static(f"─ {_CLOSED} ", markup=False)
        self.grid = Grid(empty_message="Counting …", id="related")

    def compose(self) -> ComposeResult:
        """The line, and the list below it."""
        yield self._line
        yield self.grid

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the list, with the focus."""
        self.add_class("-open")
        self.screen.set_focus(self.grid)

    def show(self, lists: Sequence[RelatedList]) -> None:
        """Show what there is, and how long each is."""
        self._lists = lists
        self.grid.source = Rows(_COLUMNS, [_row(each) for each in lists])
        filled = sum(1 for each in lists if each.count)
        self._line.update(f"─ Related ─  {len(lists):,} lists, {filled:,} with records ")

    def forget(self) -> None:
        """Close the list: of another record nothing is known yet."""
        self.remove_class("-open")
        self._lists = ()
        self._line.update(f"─ {_CLOSED} ")

    def on_row_chosen(self, event: RowChosen) -> None:
        """Enter opens the list under the cursor."""
        event.stop()
        if event.row < len(self._lists):
            self.post_message(self.Chosen(self._lists[event.row]))

    def action_leave(self) -> None:
        """Close the list and go on in the fields."""
        self.remove_class("-open")
        self.post_message(self.Left())


def _row(each: RelatedList) -> tuple[str | None, ...]:
    count = f"{each.count:,}" if each.count is not None else "?"
    return (each.title, count, each.type, each.problem or each.field)
