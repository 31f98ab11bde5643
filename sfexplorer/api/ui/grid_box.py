"""A grid with the line that tells of it, and in which a person types what to look for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.worker import Worker

from sfexplorer.api.ui.background import in_steps, run_beside
from sfexplorer.api.ui.display import safe_text
from sfexplorer.api.ui.filter_line import FilterLine
from sfexplorer.api.ui.grid import Grid
from sfexplorer.api.ui.grid_matching import Pattern, next_match
from sfexplorer.api.ui.grid_messages import GridChanged, RowHighlighted
from sfexplorer.api.ui.grid_state import GridState, restore

_SEARCHED_AT_ONCE = 1_000


class GridBox(Vertical):
    """A grid, its filter and what there is to tell of it, in one line.

    `/` filters as a person types: all words must be in the row, `!word` must not. `n` and `N` go from cell to
    cell that holds one of them, also when Escape has shown all the rows again.

    Args:
        grid: The grid.
        heading: What is listed; the line stands above the grid then, else below it.
        id: A widget id, where one is needed.
    """

    DEFAULT_CSS = """
    GridBox {
        height: 1fr;
        &.-below.-filtered .heading, &.-below FilterLine:focus-within .heading { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="grid.filter", tooltip="Show only the rows with some words"),
        Binding("n", "find(1)", "Next", show=False, id="grid.next", tooltip="To the next cell that fits"),
        Binding("N", "find(-1)", "Previous", show=False, id="grid.previous", tooltip="To the one before"),
        Binding("escape", "clear", "All", show=False, id="grid.clear", tooltip="Show all rows again"),
    ]

    def __init__(self, grid: Grid, heading: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.grid = grid
        self._heading = heading
        self._on_top = bool(heading)
        # Below there is much to tell; what is typed is worth more.
        self.set_class(not heading, "-below")
        self._note, self._noted_at, self._row_note = "", -1, ""
        self._wanted = Pattern()
        self._finding: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The line and the grid."""
        line = FilterLine(self._heading)
        line.target = self.grid
        yield from (line, self.grid) if self._on_top else (self.grid, line)

    @property
    def line(self) -> FilterLine:
        """The line."""
        return self.query_one(FilterLine)

    def tell(self, heading: str) -> None:
        """Set what the line says at its left."""
        self._heading = heading
        self._tell()

    def note(self, text: str) -> None:
        """Say something at the right of the line, until the cursor moves."""
        self._note, self._noted_at = text, self.grid.cursor_row
        self._tell()

    def restore(self, state: GridState) -> None:
        """Arrange the grid as it was, the typed text included."""
        with self.line.prevent(FilterLine.Changed):
            self.line.text = state.text
        self.set_class(bool(state.text), "-filtered")
        self._wanted = Pattern.of(state.text)
        restore(self.grid, state)

    @on(GridChanged)
    def _tell(self) -> None:
        grid = self.grid
        hidden = len(grid.view.choice.hidden)
        parts = (
            self._note or self._row_note,
            "raw" if grid.view.raw else "",
            f"{hidden:,} hidden" if hidden else "",
            f"{len(grid.marks):,} marked" if grid.marks else "",
            grid.ordering.told,
        )
        try:
            self.line.tell(self._heading, safe_text("   ".join(part for part in parts if part)))
        except NoMatches:
            return  # The box isn't built yet, or no longer there.

    @on(RowHighlighted)
    def _say_note(self, event: RowHighlighted) -> None:
        note = self.grid.view.offers.note(event.row) if self.grid.has_cursor else None
        before = (self._note, self._row_note)
        self._row_note = note.text if note else ""
        if event.row != self._noted_at:
            self._note = ""
        if before != (self._note, self._row_note):
            self._tell()

    @on(FilterLine.Changed)
    def _filter(self, event: FilterLine.Changed) -> None:
        event.stop()
        self._note = ""
        self.set_class(bool(event.text), "-filtered")
        if pattern := Pattern.of(event.text):
            self._wanted = pattern
        self.grid.ordering.filter(event.text)

    @on(FilterLine.Left)
    def _leave_line(self, event: FilterLine.Left) -> None:
        event.stop()
        self.grid.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the box's only while there is something to take back, `n` while something is wanted."""
        if action == "clear":
            busy = self._is_finding or self.grid.ordering.is_busy
            return busy or bool(self.grid.ordering.arrangement.text)
        return action != "find" or bool(self._wanted.words)

    @property
    def _is_finding(self) -> bool:
        return self._finding is not None and not self._finding.is_finished

    def action_filter(self) -> None:
        """Type what to look for."""
        self.line.edit()

    def action_clear(self) -> None:
        """Stop what takes long; when nothing does, show all rows again."""
        if self._finding is not None and self._is_finding:
            self._finding.cancel()
            self.note("stopped")
        elif self.grid.ordering.is_busy:
            self.grid.ordering.stop()
        else:
            self.line.clear()

    def action_find(self, step: int) -> None:
        """Go to the next cell that holds one of the words, or the one before it."""
        grid, view = self.grid, self.grid.view
        start = (grid.window.row, grid.window.column)
        matches = next_match(view.cells, view.row_count, self._wanted, start, step)
        if view.row_count <= _SEARCHED_AT_ONCE:
            self._go(next((match for match in matches if match), None), start, step)
        else:
            self._finding = run_beside(self, partial(self._find_beside, matches, start, step), "grid.find")

    async def _find_beside(
        self, matches: Iterator[tuple[int, int] | None], start: tuple[int, int], step: int
    ) -> None:
        self.note("looking…")
        async for match in in_steps(matches):
            if match is not None:
                self._go(match, start, step)
                return
        self._go(None, start, step)

    def _go(self, match: tuple[int, int] | None, start: tuple[int, int], step: int) -> None:
        if match is None:
            self.note("no other match")
            return
        went_round = (match > start) != (step > 0)
        self.grid.move_shown(*match)
        self.note("from the other end" if went_round else "")
