"""The query pane: a text above, its results below, and a line between them that tells what is going on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import count
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from sfexplorer.api import Explorer, QueryRef, Reference
from sfexplorer.api.ui import PaneWidget
from sfexplorer.api.ui.grid import RowsNeeded
from sfexplorer.api.ui.grid_messages import EditWanted, SortWanted
from sfexplorer.soql import Query, SoqlError, parse_any
from sfexplorer_query.actions import action_called, bindings
from sfexplorer_query.changing.cells import edit_cell
from sfexplorer_query.completion_list import CompletionList
from sfexplorer_query.diagnosing import Diagnosing
from sfexplorer_query.drafts import Draft
from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.formatting import formatted
from sfexplorer_query.further_rows import FurtherRows
from sfexplorer_query.known_objects import KnownObjects
from sfexplorer_query.more import choose_action
from sfexplorer_query.open_panes import PANES
from sfexplorer_query.ordering import ordered_text
from sfexplorer_query.recalling import tell_drafts
from sfexplorer_query.results import QueryResults, ResultGrid
from sfexplorer_query.rule import QueryRule
from sfexplorer_query.running import Running
from sfexplorer_query.waiting import Waiting

_TITLE = "Query"
_SEARCH = "Search"

_WIDTH = 80
"""So long lines may become by formatting, where the screen has room."""


class QueryPane(PaneWidget):
    """A query and its results.

    Args:
        explorer: The shell.
        reference: The query to begin with; None begins with an empty text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+r", "run", "Run", id="query.run", tooltip="Run the query that the cursor is in"),
        Binding("f4", "format", "Format", id="query.format", tooltip="Lay out the query at the cursor"),
        Binding("escape", "cancel", "Cancel", id="query.cancel", tooltip="Stop; the rows so far stay"),
        Binding("o,f9", "more", "More", show=False, id="query.more", tooltip="What else can be done here"),
        *bindings(),
    ]

    def __init__(self, explorer: Explorer, reference: QueryRef | None = None) -> None:
        super().__init__(explorer)
        known = KnownObjects(explorer)
        self.offers = CompletionList()
        self.editor = SoqlEditor(reference.text if reference else "", self.offers, known)
        self.rule = QueryRule()
        self.results = QueryResults()
        self.diagnosing = Diagnosing(self.editor, self.rule, known)
        self.runs_at_start = reference is not None and reference.run
        self.waiting = Waiting(self, self.rule, self.editor)
        self.runs = Running(self)
        self._further_rows = FurtherRows(explorer, self.waiting, self.editor, self.rule, self.results)
        self.draft = Draft(self)
        self.saved_as: Path | None = None
        self._kept = self.editor.text
        self._number = 0
        self.set_reactive(PaneWidget.title, _TITLE)

    def on_mount(self) -> None:
        """Take a name that no other pane has, and judge a text that came from elsewhere and waits."""
        PANES.add(self)
        self.name_by(self.editor.text)
        if self.editor.text and not self.runs_at_start:
            self.diagnosing.changed()

    def compose_pane(self) -> Iterable[Widget]:
        """The text, the rule, the results."""
        return self.editor, self.rule, self.results, self.offers

    def part_widgets(self) -> list[Widget]:
        """A message that wants an answer, the text, the results."""
        return [*([self.card] if self.card.display else []), self.editor, self.results.grid]

    def focus_content(self) -> None:
        """The results where there are some or will be, else the text."""
        in_results = self.runs_at_start or self.results.row_count
        (self.results.grid if in_results else self.editor).focus()

    async def start(self) -> None:
        """Run the query that the pane was opened for, or tell what was left behind."""
        if self.runs_at_start and not self.running:
            self.action_run()
        elif not self.editor.text:
            await tell_drafts(self)

    def bookmark(self) -> Reference:
        """The text as it stands; it isn't run again by itself."""
        return QueryRef(self.editor.text, run=False)

    def take(self, reference: Reference) -> bool:
        """Show a query in this pane if nothing has been done in it yet."""
        untouched = self.is_mounted and not self.editor.text.strip() and self.results.run is None
        if not untouched or self.running or not isinstance(reference, QueryRef):
            return False
        self.editor.load_text(reference.text)
        self.editor.action_text_end()
        self.keep(reference.text)
        self.name_by(reference.text)
        if reference.run:
            self.runs_at_start = True
            self.action_run()
        return True

    def show_text(self, text: str, *, is_kept: bool = True) -> None:
        """Put a text into the place of the one that is there, which an undo brings back.

        Args:
            text: The text.
            is_kept: Whether it is somewhere else too.
        """
        self.editor.put(text, 0, len(self.editor.text))
        self.keep(self.editor.text if is_kept else "")
        self.name_by(self.editor.text)
        self.focus_within(self.editor)

    # The name and what would be lost.

    def name_by(self, text: str) -> None:
        """Be called by what is asked; while nobody knows by a number, if there are more such panes."""
        name = _name(text)
        if name is None and not self._number:
            taken = {pane._number for pane in self.screen.query(QueryPane)}
            self._number = next(number for number in count(1) if number not in taken)
        elif name is not None:
            self._number = 0
        self.title = name or f"{_TITLE} {self._number if self._number > 1 else ''}".rstrip()

    def keep(self, text: str) -> None:
        """Nothing is lost with `text`: it was run, or it came from elsewhere."""
        self._kept = text
        self._count_unsaved()

    @property
    def has_unsaved_text(self) -> bool:
        """Whether the text was typed and neither run nor saved."""
        text = self.editor.text
        return bool(text.strip()) and text != self._kept

    @on(TextArea.Changed)
    def _count_unsaved(self) -> None:
        self.unsaved = int(self.has_unsaved_text) + self.results.edit_count
        self.draft.changed()

    @property
    def keeps_drafts(self) -> bool:
        """The text can be kept, edits of rows can't."""
        return not self.results.edit_count

    def leave(self, *, keep: bool) -> bool:
        """Keep the text as a draft, or let it go; False where it can't be kept."""
        if keep:
            return self.draft.keep_now()
        self.draft.drop()
        return True

    def edited(self) -> None:
        """Values of the rows were changed, saved or failed: show them so, and count what would be lost."""
        self.results.grid.redraw()
        self.results.tell()
        self._count_unsaved()

    # Waiting for the org.

    @property
    def running(self) -> bool:
        """Whether the org is being waited for."""
        return self.waiting.running

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is ours only while there is something to cancel, an action's key while that applies."""
        if action == "do":
            return action_called(str(parameters[0])).applies(self)
        return action != "cancel" or self.running

    def action_cancel(self) -> None:
        """Stop waiting; the rows so far stay."""
        self.waiting.cancel()
        self.results.tell("Cancelled")

    # What a person can do.

    @on(ResultGrid.RunWanted)
    def action_run(self) -> None:
        """Send the statement at the cursor; one that can't be read only when asked for twice."""
        self.runs.run()

    def action_do(self, name: str) -> None:
        """Do what the key is for, beside the screen."""
        self.work(partial(action_called(name).run, self), f"do {name}")

    def action_more(self) -> None:
        """List what else can be done, and do what is chosen."""
        self.work(partial(choose_action, self), "more")

    def focus_within(self, widget: Widget) -> None:
        """Move the focus within this pane; another pane's is left alone."""
        if self.display and (self.has_focus_within or self.screen.focused is None):
            widget.focus()

    # What helps the person who types.

    @on(TextArea.Changed)
    def _judge(self) -> None:
        self.diagnosing.changed()

    @on(TextArea.SelectionChanged)
    @on(CompletionList.Changed)
    def _tell_at_cursor(self) -> None:
        self.diagnosing.tell()

    @on(CompletionList.Clicked)
    def _accept(self, event: CompletionList.Clicked) -> None:
        event.stop()
        self.editor.completing.accept(event.row)

    @on(SoqlEditor.NothingFits)
    def _say_so(self) -> None:
        self.diagnosing.note("Nothing that is known fits here")

    def action_format(self) -> None:
        """Lay out the statement that the cursor is in, or say why not."""
        editor = self.editor
        done = formatted(editor.text, editor.offset_of_cursor, min(editor.wrap_width, _WIDTH))
        editor.completing.close()
        if isinstance(done, str):
            self.diagnosing.note(done)
        else:
            editor.put(done.text, done.start, done.end, done.cursor)

    # Further rows.

    @on(RowsNeeded)
    def _load_next(self, event: Message) -> None:
        event.stop()
        # A page that failed is asked for again only when the person wants it.
        if not self.results.failed:
            self._further_rows.load()

    @on(QueryResults.AllWanted)
    def _load_all(self) -> None:
        self._further_rows.load(all_rows=True)

    @on(ResultGrid.EndReached)
    def _load_to_end(self) -> None:
        self._further_rows.load(all_rows=True, to_end=True)

    @on(SortWanted)
    def _sort_all(self, event: SortWanted) -> None:
        """Let the org sort: the statement at the cursor gets another ORDER BY, and is run again."""
        event.stop()
        run, written = self.results.run, self.runs.at_cursor()
        if run is None or written is None or not isinstance(tree := written.statement.tree, Query):
            return
        column = run.rows.result_columns[event.column]
        text = written.statement.text
        width = min(self.editor.wrap_width, _WIDTH)
        ordered = ordered_text(tree, text, column, width, descending=event.descending)
        # Its layout would lose comments.
        if ordered is None or text != written.text[written.span.start : written.span.end]:
            self.results.tell("The org can't sort by this column here")
            return
        self.editor.put(ordered, written.span.start, written.span.end)
        self.results.grid.ordering.sort(None)
        self.runs.run()

    # What is done with a row.

    @on(EditWanted)
    def _edit(self, event: EditWanted) -> None:
        event.stop()
        self.work(partial(edit_cell, self, event.row, event.column), "edit")

    @on(QueryResults.RecordChosen)
    def _open(self, event: QueryResults.RecordChosen) -> None:
        event.stop()
        self.explorer.open(event.reference)

    def on_descendant_focus(self) -> None:
        """Tell in the rule whether the text has the focus."""
        self._follow_focus()

    def on_descendant_blur(self) -> None:
        """Tell in the rule whether the text has the focus."""
        self._follow_focus()

    def _follow_focus(self) -> None:
        self.rule.set_class(self.editor.has_focus, "-accent")
        self.diagnosing.tell()


def _name(text: str) -> str | None:
    """What a pane with this text is called: by the object of FROM."""
    try:
        tree = parse_any(text)
    except SoqlError:
        return None
    return f"{_TITLE} {tree.source.path.text}" if isinstance(tree, Query) else _SEARCH
