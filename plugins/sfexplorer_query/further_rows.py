"""The rows behind those that have come: the next page as one scrolls, or all of them."""

from __future__ import annotations

from functools import partial

from sfexplorer.api import Explorer, SalesforceError
from sfexplorer.client import SessionExpired
from sfexplorer_query.editor import SoqlEditor
from sfexplorer_query.results import QueryResults
from sfexplorer_query.rule import QueryRule
from sfexplorer_query.run import Run
from sfexplorer_query.waiting import Waiting


class FurtherRows:
    """Loads further pages of the run that is shown.

    Args:
        explorer: The shell.
        waiting: What runs the job.
        editor: Whoever types in it keeps the focus.
        rule: Where progress is told.
        results: The rows.
    """

    def __init__(
        self,
        explorer: Explorer,
        waiting: Waiting,
        editor: SoqlEditor,
        rule: QueryRule,
        results: QueryResults,
    ) -> None:
        self._explorer = explorer
        self._waiting = waiting
        self._editor = editor
        self._rule = rule
        self._results = results
        self._wants_all = self._follows_end = False

    def load(self, *, all_rows: bool = False, to_end: bool = False) -> None:
        """Load the next page.

        Args:
            all_rows: Go on until there are no more.
            to_end: Follow to the last row.
        """
        run = self._results.run
        if run is None or run.done:
            return
        is_loading = self._waiting.running
        self._wants_all = all_rows or (is_loading and self._wants_all)
        self._follows_end = to_end or (is_loading and self._follows_end)
        if is_loading:
            return
        self._results.recover()
        self._waiting.run(_progress(run), lambda: self._load_pages(run), lambda: self._editor.has_focus)

    async def _load_pages(self, run: Run) -> None:
        if run.org is not self._explorer.org:
            self._results.tell("The session is another one by now: F5 runs the query again")
            return
        while not run.done:
            last = run.rows.row_count - 1
            try:
                await run.fetch()
            except SessionExpired:
                # Its remedy is a login, which the card offers.
                raise
            except SalesforceError as error:
                again = partial(self.load, all_rows=self._wants_all, to_end=self._follows_end)
                self._results.fail(error.message, again)
                return
            # Who has moved away from the last row meanwhile stays there.
            self._results.rows_added(follow=self._follows_end and self._results.grid.cursor_row >= last)
            if not self._wants_all:
                return
            self._rule.run(_progress(run))


def _progress(run: Run) -> str:
    total = f" of {run.total:,}" if run.total is not None else ""
    return f"Loading, {run.rows.row_count:,}{total} here"
