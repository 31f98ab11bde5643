"""The base of every pane: set-up, work and errors that stay inside the pane."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.events import DescendantBlur
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.worker import Worker

from sfexplorer.api.ui.background import run_beside
from sfexplorer.api.ui.error_card import ErrorCard
from sfexplorer.client.errors import SalesforceError

if TYPE_CHECKING:
    from sfexplorer.api.explorer import Explorer
    from sfexplorer.api.references import Reference

Job = Callable[[], Awaitable[None]]


class Stopped(SalesforceError):
    """The person stopped what was under way."""

    default_hint = ""


class PaneWidget(Widget):
    """A part of the workspace.

    A subclass gives `compose_pane` and `start`, and runs all that takes time by `work`. An error of the org
    is shown in the pane, below its content, with a key to try again; nothing else on the screen changes.

    Args:
        explorer: The shell.
        id: A widget id, where one is needed.
    """

    DEFAULT_CSS = """
    PaneWidget { height: 1fr; width: 1fr; layout: vertical; }
    """

    title: reactive[str] = reactive("")
    """What the breadcrumbs call this pane; plain text."""

    unsaved: reactive[int] = reactive(0)
    """How many changes would be lost if this pane were closed."""

    busy: reactive[str] = reactive("")
    """What is being waited for; empty when nothing is. Shown by the shell with a moving mark."""

    @dataclass
    class Finished(Message):
        """The pane has nothing to show any more and is to be closed: its record was deleted."""

        pane: PaneWidget

    @dataclass
    class Failed(Message):
        """Something in a pane raised what no pane should: the shell takes the pane away and says so."""

        pane: PaneWidget
        error: Exception

    def __init__(self, explorer: Explorer, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.explorer = explorer
        self._failed_group = ""
        self._under_way: dict[str, Job] = {}

    def compose(self) -> ComposeResult:
        """The place for errors, and what the pane itself shows."""
        yield ErrorCard()
        yield from self.compose_pane()

    def compose_pane(self) -> Iterable[Widget]:
        """The pane's own widgets."""
        return ()

    def take(self, reference: Reference) -> bool:
        """Show `reference` in this pane rather than in a new one; False leaves it to a new one."""
        return False

    def bookmark(self) -> Reference | None:
        """What would open this pane as it is now; None stands for what it was opened for."""
        return None

    @property
    def keeps_drafts(self) -> bool:
        """Whether all edits that aren't saved can be kept when the pane is left; `leave` does so."""
        return False

    def leave(self, *, keep: bool) -> bool:
        """Keep edits that aren't saved as a draft, or let them go; False where they can't be kept."""
        return True

    async def start(self) -> None:
        """Set the pane up; runs beside the screen once an org is connected."""

    def focus_content(self) -> None:
        """Give the focus to where a person goes on; the shell asks when it shows the pane."""
        for widget in self.query("*"):
            if widget.focusable and widget.display:
                widget.focus()
                return

    @on(DescendantBlur)
    def _card_left(self, event: DescendantBlur) -> None:
        # Go on in the content when the message that had the focus is taken away.
        if event.widget is self.card:
            self.call_after_refresh(self.focus_again)

    def focus_again(self) -> None:
        """Give the focus to the content where nothing else has it."""
        if self.screen.focused is None and self.display:
            self.focus_content()

    def part_widgets(self) -> list[Widget]:
        """The parts of the pane between which Tab and F6 move."""
        return [widget for widget in self.query("*") if widget.focusable and widget.display]

    def begin(self) -> None:
        """Set up with the org that is connected; the shell asks for it, and it may be asked again."""
        self.work(self.start, "start")

    def redraw(self) -> None:
        """Show values anew, as they look different now; what a pane shows beside grids it draws itself."""
        from sfexplorer.api.ui.grid import Grid  # The first frame has none.

        for grid in self.query(Grid):
            grid.redraw()

    def resume(self) -> None:
        """Go on with another session: what failed is tried again, what was typed stays."""
        self.card.retry()

    def work(
        self, job: Job, group: str = "work", *, exclusive: bool = True, stops: bool = True
    ) -> Worker[None]:
        """Run `job()` beside the screen; a later job of the same group ends the earlier one.

        An error of the org is shown in the pane and can be tried again; any other is the pane's own fault.
        Escape stops it while the pane is busy, unless `stops` says that it goes to its end: a save does.
        """
        self._under_way.pop(group, None)
        if stops:
            self._under_way[group] = job
        return run_beside(self, partial(self._guard, job, group), group, exclusive=exclusive)

    async def _guard(self, job: Job, group: str) -> None:
        # A message stays until its own job is tried again; others have nothing to say about it.
        if self._failed_group == group:
            self.card.clear()
        try:
            await job()
        except SalesforceError as error:
            self.show_error(error, job, group)
        except Exception as error:  # noqa: BLE001  # the plugin boundary: a pane's fault costs the pane, not the app
            self.post_message(self.Failed(self, error))
        finally:
            if self._under_way.get(group) is job:
                del self._under_way[group]

    @property
    def stops(self) -> bool:
        """Whether something is under way that Escape stops."""
        return bool(self.busy and self._under_way)

    def stop(self) -> None:
        """Stop what is under way; it can be begun again."""
        waited_for, stopping = self.busy, dict(self._under_way)
        for group in stopping:
            self.workers.cancel_group(self, group)
        for group, job in list(stopping.items())[-1:]:
            self.show_error(Stopped(f"Stopped: {waited_for.rstrip('.…')}."), job, group)

    @property
    def card(self) -> ErrorCard:
        """The place for errors of this pane."""
        return self.query_one(ErrorCard)

    def show_error(self, error: SalesforceError, job: Job | None = None, group: str = "work") -> None:
        """Show `error` below the pane's content; `r` runs `job` again."""
        self.busy = ""
        self._failed_group = group
        self.card.show(error, (lambda: self.work(job, group)) if job else None)
