"""What panes and commands see of the shell: the `Explorer` of `sfexplorer.api`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from textual.screen import Screen

from sfexplorer.api.contributions import Exporter, Formatter, Pane, Session
from sfexplorer.api.explorer import Check, Complete, NotConnected, Work
from sfexplorer.api.references import Reference
from sfexplorer.api.requestlog import RequestLog
from sfexplorer.api.ui.background import run_beside
from sfexplorer.api.ui.display import safe_lines
from sfexplorer.app.commanding import IS_COMMAND
from sfexplorer.app.jobs import Jobs
from sfexplorer.app.org_link import OrgLink
from sfexplorer.app.pane_stack import PaneStack
from sfexplorer.app.settings import Settings
from sfexplorer.registry import Registry

if TYPE_CHECKING:
    from sfexplorer.app.formatting import Formatting
    from sfexplorer.app.record_hooks import PluginsOfRecords
    from sfexplorer.client import FieldDescribe, Org

Result = TypeVar("Result")

# How long a message stays: as long as it takes to read it, looking up first.
SHORTEST_TOLD = 3.0
READ_IN_A_SECOND = 15


class ShellExplorer:
    """The shell as plugins see it.

    Args:
        screen: The workspace.
        registry: The plugins.
        link: What connects to the org.
        stack: The open panes.
        panes: What can be opened.
        jobs: Where long work is seen.
        requests: What was sent to the org.
        settings: What the person has set.
    """

    def __init__(
        self,
        screen: Screen[Any],
        registry: Registry,
        link: OrgLink,
        stack: PaneStack,
        panes: Sequence[Pane],
        jobs: Jobs,
        requests: RequestLog,
        settings: Settings,
    ) -> None:
        self.requests = requests
        self.settings = settings.of
        self._screen, self._registry, self._link, self._stack = screen, registry, link, stack
        self._panes, self._jobs = panes, jobs

    @property
    def org(self) -> Org:
        """The org that is connected."""
        if self._link.session is None:
            raise NotConnected("No org is connected yet.")
        return self._link.session.org

    @cached_property
    def records(self) -> PluginsOfRecords:
        """What the plugins have to say to records."""
        from sfexplorer.app.record_hooks import PluginsOfRecords

        return PluginsOfRecords(self._registry, self, self._screen)

    @cached_property
    def exporters(self) -> Sequence[Exporter]:
        """The forms in which rows can be written to a file."""
        return self._registry.exporters()

    @cached_property
    def _formatting(self) -> Formatting:
        from sfexplorer.app.formatting import Formatting

        return Formatting(self._registry, self)

    def formatter_for(self, field: FieldDescribe) -> Formatter:
        """How values of this field look."""
        return self._formatting.of(field)

    def redraw(self) -> None:
        """Have all panes show their values anew."""
        for opened in self._stack.opened:
            opened.widget.redraw()

    async def connected(self) -> Session:
        """The session, as soon as there is one."""
        return await self._link.wait()

    def open(self, reference: Reference) -> None:
        """Open `reference` in the pane that shows its kind."""
        if self._stack.reuse(reference):
            return
        pane = next((pane for pane in self._panes if isinstance(reference, pane.opens)), None)
        if pane is None:
            kind = type(reference).__name__.removesuffix("Ref").lower()
            self.tell(f"No plugin that is loaded opens {kind} references.", "warning")
        else:
            self._stack.build(self, pane, reference, beside=IS_COMMAND.get())

    def open_pane(self, id: str) -> None:
        """Go to the pane of this id, or open it at its start."""
        if found := next((opened for opened in self._stack.opened if opened.pane.id == id), None):
            self._stack.go_to(found)
        elif pane := next((pane for pane in self._panes if pane.id == id and pane.starts), None):
            self._stack.build(self, pane, None, beside=IS_COMMAND.get())
        else:
            self.tell(f"There is no pane {id!r}.", "warning")

    def tell(
        self, message: str, severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """Tell the person something that has no place on the screen."""
        told = safe_lines(message)
        seconds = max(SHORTEST_TOLD, len(told) / READ_IN_A_SECOND)
        self._screen.notify(told, severity=severity, markup=False, timeout=seconds)

    def copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard, also over SSH, and say `what` was copied."""
        self._screen.app.copy_to_clipboard(text)
        self.tell(f"Copied {what}.")

    def browse(self, url: str) -> None:
        """Open the address in the person's browser; over SSH, where there is none, copy it."""
        from sfexplorer.app.browser import browse

        run_beside(self._screen, partial(browse, url, self.copy), "browse", exclusive=False)

    async def confirm(self, question: str, yes: str, no: str = "Go back") -> bool:
        """Whether the person says yes; `yes` and `no` say what each would do."""
        from sfexplorer.app.asking import confirm

        return await confirm(self._screen.app, question, yes, no)

    async def choose(self, title: str, options: Sequence[str], chosen: int = 0) -> int | None:
        """The place of what the person chooses from the list; None when it was left."""
        from sfexplorer.app.asking import choose

        return await choose(self._screen.app, title, options, chosen)

    async def ask(
        self,
        title: str,
        hint: str = "",
        *,
        value: str = "",
        check: Check | None = None,
        complete: Complete | None = None,
    ) -> str | None:
        """The text that the person types, beginning with `value`; Tab completes it. None when it was left."""
        from sfexplorer.app.asking import ask

        return await ask(self._screen.app, title, hint, value, check, complete)

    async def run_with_progress(self, title: str, work: Work[Result]) -> Result | None:
        """What the work gives; None when the person stopped it."""
        return await self._jobs.run(title, work, self._stack.active)
