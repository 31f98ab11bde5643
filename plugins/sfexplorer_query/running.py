"""Sending what the cursor is in: checked before, told at its place when the org refuses it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from sfexplorer.api import SalesforceError
from sfexplorer.api.ui.background import run_beside
from sfexplorer.client import Org, QueryRejected
from sfexplorer.soql import Query, Search, SoqlError, Span, is_search, parse_any, statement_at, strip_comments
from sfexplorer_query.history import PastRun, note
from sfexplorer_query.query_run import QueryRun
from sfexplorer_query.run import Run, Statement
from sfexplorer_query.search_run import SearchRun
from sfexplorer_query.settings import QuerySettings
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane

SIZES_TAKEN = range(200, 2001)
"""Rows a page that Salesforce takes."""


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as it stands in the editor.

    Attributes:
        statement: What is sent.
        text: All of the editor's text.
        span: Where the statement stands in it.
    """

    statement: Statement
    text: str
    span: Span


class Running:
    """Runs the statements of a pane.

    Args:
        pane: The pane.
    """

    def __init__(self, pane: QueryPane) -> None:
        self._pane = pane
        self._settings = pane.explorer.settings(QuerySettings)
        size = self._settings.page_size
        self.batch_size: int | None = size if size in SIZES_TAKEN else None
        self._is_told = False

    def at_cursor(self) -> Written | None:
        """The statement at the cursor; one that can't be read is held back until it is asked for twice."""
        editor = self._pane.editor
        text = editor.text
        span = statement_at(text, editor.offset_of_cursor)
        sent = strip_comments(text)[span.start : span.end]
        editor.completing.close()
        tree: Query | Search | None = None
        try:
            tree = parse_any(sent)
        except SoqlError as error:
            if not self._pane.diagnosing.is_held(text, span):
                self._hold(error, text, span)
                return None
        return Written(Statement(sent, span.start, tree), text, span)

    def run(self, *, all_rows: bool = False) -> None:
        """Send the statement at the cursor.

        Args:
            all_rows: Whether deleted and archived rows count too.
        """
        if (written := self.at_cursor()) is None:
            return
        pane = self._pane
        if pane.results.edit_count:
            pane.work(partial(self._run_if_agreed, written, all_rows=all_rows), "agree")
        else:
            self._send(written, all_rows=all_rows)

    async def _run_if_agreed(self, written: Written, *, all_rows: bool) -> None:
        pane = self._pane
        count = pane.results.edit_count
        question = f"{counted(count, 'change')} in the rows {'is' if count == 1 else 'are'} not saved."
        if await pane.explorer.confirm(question, "Run and lose them", "Keep them"):
            self._send(written, all_rows=all_rows)

    def _send(self, written: Written, *, all_rows: bool) -> None:
        pane = self._pane
        pane.name_by(written.statement.text)
        pane.waiting.run(
            "Running",
            lambda: self._run(written, all_rows=all_rows),
            lambda: self._has_typed(written.text),
        )

    def _hold(self, error: SoqlError, text: str, span: Span) -> None:
        pane = self._pane
        pane.runs_at_start = False
        pane.focus_within(pane.editor)
        run_beside(pane.editor, partial(pane.diagnosing.hold, error, text, span), "diagnosis")

    async def _run(self, written: Written, *, all_rows: bool) -> None:
        pane, statement = self._pane, written.statement
        session = await pane.explorer.connected()
        run = self._made(session.org, statement, all_rows=all_rows)
        if (source := statement.source) is not None:
            pane.work(lambda: self._describe(run, source), "describe")
        try:
            await run.fetch()
        except QueryRejected as error:
            pane.runs_at_start = False
            if not self._has_typed(written.text):
                pane.focus_within(pane.editor)
            await pane.diagnosing.reject(error, written.text, written.span, statement.text)
            await self._note(PastRun(statement.text, datetime.now(UTC), session.title, refusal=error.message))
            return
        pane.runs_at_start = False
        pane.diagnosing.accept(written.text, written.span)
        pane.results.show(run)
        pane.keep(written.text)
        if pane.results.row_count and not self._has_typed(written.text):
            pane.focus_within(pane.results.grid)
        rows = run.rows.row_count if run.total is None else run.total
        await self._note(PastRun(statement.text, datetime.now(UTC), session.title, rows, run.seconds))

    async def _note(self, run: PastRun) -> None:
        if not self._settings.keeps_history:
            return
        try:
            await asyncio.to_thread(note, run)
        except OSError as error:
            if not self._is_told:
                self._is_told = True
                self._pane.explorer.tell(f"The history can't be kept: {error.strerror or error}", "warning")

    def _made(self, org: Org, statement: Statement, *, all_rows: bool) -> Run:
        if isinstance(statement.tree, Search) or is_search(statement.text):
            return SearchRun(org, statement)
        return QueryRun(org, statement, all_rows=all_rows, batch_size=self.batch_size)

    async def _describe(self, run: Run, source: str) -> None:
        # Only for the look of values; what is wrong with the org the query itself tells.
        with suppress(SalesforceError):
            run.know(await run.org.describe(source), self._pane.explorer.formatter_for)
            if self._pane.results.run is run:
                self._pane.results.restyled()

    def _has_typed(self, text: str) -> bool:
        return self._pane.editor.text != text
