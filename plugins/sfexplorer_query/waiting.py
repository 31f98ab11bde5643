"""What a query pane waits for: one thing at a time, told in the rule, ended by Escape."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.widget import Widget
from textual.worker import Worker

from sfexplorer.api import SalesforceError
from sfexplorer.api.ui import PaneWidget
from sfexplorer_query.rule import QueryRule

Job = Callable[[], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Wait:
    """Something that is waited for: a later one takes its place."""

    worker: Worker[None] | None = None


class Waiting:
    """The job of a pane that the org is being waited for.

    Args:
        pane: The pane; its card shows errors of the org.
        rule: Where it is told.
        typist: What keeps the focus when the person types while an error comes.
    """

    def __init__(self, pane: PaneWidget, rule: QueryRule, typist: Widget) -> None:
        self._pane = pane
        self._rule = rule
        self._typist = typist
        self._wait: Wait | None = None

    @property
    def running(self) -> bool:
        """Whether the org is being waited for."""
        return self._wait is not None

    def run(self, what: str, job: Job, is_typing: Callable[[], bool]) -> None:
        """Run a job, with a word on it in the rule and Escape to end it.

        Args:
            what: What is being waited for.
            job: The job; the one before it is ended.
            is_typing: Whether the person types by now, so that an error may not take the focus away.
        """
        wait = Wait()

        async def until_done() -> None:
            try:
                await job()
            except SalesforceError as error:
                self._show(error, lambda: self.run(what, job, is_typing), is_typing)
            finally:
                if self._wait is wait:
                    self._ended()

        self._wait = wait
        self._rule.run(what)
        self._pane.busy = what
        self._pane.refresh_bindings()
        wait.worker = self._pane.work(until_done, "query")

    def cancel(self) -> None:
        """Stop waiting."""
        if self._wait is not None and self._wait.worker is not None:
            self._wait.worker.cancel()
        self._ended()

    def _ended(self) -> None:
        self._wait = None
        self._rule.idle()
        self._pane.busy = ""
        self._pane.refresh_bindings()

    def _show(
        self, error: SalesforceError, repeat: Callable[[], None], is_typing: Callable[[], bool]
    ) -> None:
        card, typing, before = self._pane.card, is_typing(), self._pane.screen.focused

        def again() -> None:
            if card.has_focus and before is not None:
                before.focus()
            repeat()

        card.show(error, again)
        if typing:
            self._typist.focus()
