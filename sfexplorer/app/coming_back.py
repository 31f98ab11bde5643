"""Keeps what is open while the app runs, and offers it again after a run that nobody left."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from sfexplorer.api.contributions import Pane
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.references import Reference
from sfexplorer.api.ui.background import run_beside
from sfexplorer.app.faulted import FaultedPane
from sfexplorer.app.pane_stack import Opened, PaneStack
from sfexplorer.app.session_file import KeptPane, KeptSession, SessionFile, forget, kept_pane

# So much of what was done last may be lost by a kill; a hang-up loses nothing.
SECONDS_BETWEEN = 2.0
MOST_NAMED = 5


class ComingBack:
    """The session of this run.

    Args:
        screen: The workspace.
        explorer: The shell.
        stack: The open panes.
        panes: What can be opened.
    """

    def __init__(
        self, screen: Screen[Any], explorer: Explorer, stack: PaneStack, panes: Sequence[Pane]
    ) -> None:
        self._screen, self._explorer, self._stack = screen, explorer, stack
        self._panes = {pane.id: pane for pane in panes}
        self._file = SessionFile()
        self._org = ""
        self._kept: KeptSession | None = None

    def begin(self, org: str) -> None:
        """Offer what was left behind on this org; keep what is open, at times and when the line hangs up."""
        if self._org:
            return  # Logged in again: the session goes on.
        self._org = org
        run_beside(self._screen, self._offer, "coming back")
        self._screen.set_interval(SECONDS_BETWEEN, self._keep_beside)
        with suppress(NotImplementedError, RuntimeError, AttributeError, ValueError):
            # Not on every system, nor outside of the main thread.
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, self._hung_up)
            loop.add_signal_handler(signal.SIGTERM, self._terminated)

    def keep(self) -> None:
        """Keep what is open, now."""
        self._file.keep(self.now())

    def end(self) -> None:
        """The person leaves: nothing needs to come back."""
        self._file.drop()

    def now(self) -> KeptSession:
        """What is open."""
        opened = [each for each in self._stack.opened if not isinstance(each.widget, FaultedPane)]
        active = self._stack.active
        return KeptSession(
            self._org,
            [
                kept_pane(each.pane.id, each.title, each.widget.bookmark() or each.reference)
                for each in opened
            ],
            opened.index(active) if active in opened else 0,
        )

    def _keep_beside(self) -> None:
        if (session := self.now()) != self._kept:
            self._kept = session
            run_beside(self._screen, partial(asyncio.to_thread, self._file.keep, session), "keep session")

    def _hung_up(self) -> None:
        """There is no terminal any more: keep all, and end as the signal ends what doesn't care."""
        self.keep()
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGHUP)

    def _terminated(self) -> None:
        """Somebody ends the app: keep all, and leave the terminal in order."""
        self.keep()
        self._screen.app.exit(return_code=128 + signal.SIGTERM)

    async def _offer(self) -> None:
        for path, session in await asyncio.to_thread(lambda: list(self._file.left_behind(self._org))):
            missing = [kept for kept in session.panes if kept.pane in self._panes and not self._is_open(kept)]
            if missing:
                self._ask(path, session, missing)
            else:
                await asyncio.to_thread(forget, path)

    def _ask(self, path: Path, session: KeptSession, missing: Sequence[KeptPane]) -> None:
        from sfexplorer.app.dialogs import Question

        def answered(agreed: bool | None) -> None:
            if agreed:
                self._open(session, missing)
            if agreed is not None:
                forget(path)

        # By a callback, so that no work waits for a person.
        self._screen.app.push_screen(Question(_question(missing), "Open them again", "Leave them"), answered)

    def _is_open(self, kept: KeptPane) -> bool:
        return any(
            each.pane.id == kept.pane and _shown(each) == kept.reference for each in self._stack.opened
        )

    def _open(self, session: KeptSession, missing: Sequence[KeptPane]) -> None:
        for kept in missing:
            self._stack.build(self._explorer, self._panes[kept.pane], kept.reference, beside=True)
        active = session.panes[session.active] if session.active < len(session.panes) else None
        for opened in self._stack.opened:
            if active and (opened.pane.id, opened.reference) == (active.pane, active.reference):
                self._stack.show(opened)


def _shown(opened: Opened) -> Reference | None:
    return opened.widget.bookmark() or opened.reference


def _question(missing: Sequence[KeptPane]) -> str:
    names = [kept.title for kept in missing]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return (
        "Last time sfexplorer ended unexpectedly. This was open:\n\n"
        f"  {', '.join(names[:MOST_NAMED])}{more}\n\nEdits that weren't saved come back with their panes."
    )
