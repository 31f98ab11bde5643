"""The lower part of the pane: the rows that have come, and one line on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from sfexplorer.api import RecordRef
from sfexplorer.api.ui.display import cell_width, fit, safe_text
from sfexplorer.api.ui.grid import Grid, RowChosen, RowHighlighted
from sfexplorer.api.ui.grid_box import GridBox
from sfexplorer_query.children import ChildrenDialog
from sfexplorer_query.comparing import MOST_ROWS
from sfexplorer_query.records import reference_of
from sfexplorer_query.rows import ResultRows
from sfexplorer_query.run import Children, Run

READY = "F5 or Ctrl+R runs the query."


class ResultGrid(Grid, inherit_bindings=False):
    """A grid whose last row is the last of what has come so far."""

    # The pane has it too; named here it is the second of the keys that the shell tells.
    BINDINGS: ClassVar[list[BindingType]] = [
        Grid.BINDINGS[0],
        Binding("f5,ctrl+r", "run", "Run", id="query.run", tooltip="Run the query that the cursor is in"),
        *Grid.BINDINGS[1:],
    ]

    @dataclass
    class RunWanted(Message):
        """The person wants the query to be run again."""

    @dataclass
    class EndReached(Message):
        """The person asked for the last row."""

    def action_last(self) -> None:
        """Goes to the last row there is and asks for those behind it."""
        super().action_last()
        self.post_message(self.EndReached())

    def action_run(self) -> None:
        """Ask for the query to be run again."""
        self.post_message(self.RunWanted())


class QueryResults(Vertical):
    """The rows of a run, and how many they are, how long they took and what they cost."""

    DEFAULT_CSS = """
    QueryResults { height: 1fr; }
    QueryResults FilterLine > .heading { color: $text-muted; text-style: none; max-width: 70%; }
    QueryResults.-told FilterLine {
        & > Input, & > .count { display: none; }
        & > .heading { max-width: 100%; }
    }
    QueryResults.-problem FilterLine > .heading { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r",
            "again",
            "Refresh",
            show=False,
            id="query.again",
            tooltip="Ask again for what failed, else for all",
        ),
        Binding("A", "all", "All", id="query.all", tooltip="Load all the rows that are not loaded yet"),
    ]

    @dataclass
    class AllWanted(Message):
        """The person wants all the rows."""

    @dataclass
    class RecordChosen(Message):
        """The person wants to see a record."""

        reference: RecordRef

    def __init__(self) -> None:
        super().__init__()
        self.run: Run | None = None
        self.run_before: Run | None = None
        self._note = ""
        self._failure = ""
        self._again: Callable[[], object] | None = None

    def compose(self) -> ComposeResult:
        """The grid and the line below it."""
        grid = ResultGrid(empty_message=READY)
        grid.can_edit = grid.can_ask_sorted = True
        yield GridBox(grid)

    @property
    def grid(self) -> ResultGrid:
        """The grid of the rows."""
        return self.query_one(ResultGrid)

    @property
    def row_count(self) -> int:
        """How many rows there are to look at."""
        return self.run.rows.row_count if self.run else 0

    @property
    def edit_count(self) -> int:
        """How many values of the rows are changed and not saved."""
        return self.run.rows.edits.count if self.run else 0

    def show(self, run: Run) -> None:
        """Show the first rows of a run instead of what was there."""
        self.run_before = self.run if self.run and _are_alike(self.run, run) else None
        self.run = run
        self.grid.empty_message = run.empty_message
        self.grid.source = run.rows
        self.recover()

    def show_again(self) -> None:
        """Show other rows of the same run."""
        if self.run is not None:
            self.grid.source = self.run.rows
            self.recover()

    def rows_added(self, *, follow: bool = False) -> None:
        """Show the rows that came since; cursor and view stay, or follow to the last row."""
        self.grid.rows_changed()
        if follow:
            self.grid.move_to(self.row_count - 1)
        self.tell()

    @property
    def failed(self) -> bool:
        """Whether further rows were asked for in vain."""
        return self._again is not None

    def fail(self, message: str, again: Callable[[], object]) -> None:
        """Say why further rows did not come; the keys stay with those there are, and `r` does `again`."""
        self._failure, self._again = message, again
        self.tell()

    def recover(self) -> None:
        """Take away what was said by `fail`."""
        self._failure, self._again = "", None
        self.tell()

    def restyled(self) -> None:
        """Show the same rows by other types; cursor and view stay."""
        if self.run:
            grid = self.grid
            row, column, top = grid.cursor_row, grid.cursor_column, grid.top_row
            grid.source = self.run.rows
            grid.move_to(row, column, top=top)

    def tell(self, note: str = "") -> None:
        """Say how many rows there are, and a note beside it until the cursor moves."""
        self._note = note
        self.refresh_bindings()
        self.set_class(self.failed, "-problem")
        self.set_class(bool(self.failed or note), "-told")
        self.query_one(GridBox).tell(safe_text(self.status))

    @property
    def status(self) -> str:
        """The line below the rows."""
        run = self.run
        if run is None:
            return self._note
        count, total = run.rows.row_count, run.total
        parts = [f"{count:,} of {total:,} loaded" if total is not None else f"{count:,} loaded"]
        if self.edit_count and not self._note and not self.failed:
            return f"{parts[0]}   {self.edit_count:,} unsaved: Ctrl+S saves"
        if count:
            parts.append(f"row {self.grid.cursor_row + 1:,}")
        parts += [f"{run.seconds * 1000:,.0f} ms", f"{run.calls:,} call{'' if run.calls == 1 else 's'}"]
        note = self._problem() if self.failed else self._note
        line = "   ".join([*parts, note] if note else parts)
        # A note that has no room beside the figures stands in their place until the cursor moves.
        return note if note and cell_width(line) > self._room else line

    def _problem(self) -> str:
        """Why further rows did not come, cut before the key would be."""
        key = "   r tries again"
        return f"! {fit(safe_text(self._failure), self._room - len(key) - 2).rstrip()}{key}"

    @property
    def _room(self) -> int:
        # The line keeps a column free at either side, as the grid does.
        return max(self.size.width - 2, 0)

    def on_row_highlighted(self, event: RowHighlighted) -> None:
        """Say which row it is."""
        event.stop()
        self.tell()

    async def on_row_chosen(self, event: RowChosen) -> None:
        """Go into the row: to its record, or the parent or the sub-select that the cursor is on."""
        event.stop()
        if self.run is None:
            return
        if children := self.run.children(event.row, event.column):
            await self._list(children)
        elif reference := self._reference(event.row, event.column):
            self.post_message(self.RecordChosen(reference))
        else:
            self.tell("Sums up records: nothing to open")

    def _reference(self, row: int, column: int) -> RecordRef | None:
        rows = self.run.rows if self.run else ResultRows(())
        # A column counts once the person has gone to it, which is seen.
        parent = rows.reference(row, column) if self.grid.marks_column else None
        return parent or reference_of(rows.record(row))

    async def _list(self, children: Children) -> None:
        if not children.rows.row_count:
            self.tell(f"{children.title}: no records")
            return

        def chosen(reference: RecordRef | None) -> None:
            if reference is not None:
                self.post_message(self.RecordChosen(reference))

        await self.app.push_screen(ChildrenDialog(children), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to load while not all is loaded, and to ask again once something was run."""
        if action == "again":
            return self.run is not None
        return action != "all" or (self.run is not None and not self.run.done)

    def action_again(self) -> None:
        """Ask again for the rows that failed, else for all of them."""
        if self._again:
            self._again()
        else:
            self.grid.action_run()

    def action_all(self) -> None:
        """Ask for all the rows."""
        self.post_message(self.AllWanted())


def _are_alike(before: Run, now: Run) -> bool:
    """Whether two runs are of the same statement, and the one before is not too large to be kept."""
    same = " ".join(before.statement.text.split()) == " ".join(now.statement.text.split())
    return same and before.rows.row_count <= MOST_ROWS
