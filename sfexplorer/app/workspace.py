"""The workspace: one org, its panes, one line above and one below.

Dialogs and the login form are imported when they are shown: the first frame doesn't wait for them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from sfexplorer.api.contributions import Pane, Session
from sfexplorer.api.references import Reference
from sfexplorer.api.requestlog import RequestLog
from sfexplorer.api.ui import ErrorCard, PaneWidget
from sfexplorer.api.ui.background import run_beside
from sfexplorer.app.activity import Activity
from sfexplorer.app.bindings import SHELL_BINDINGS
from sfexplorer.app.coming_back import ComingBack
from sfexplorer.app.commanding import bind_commands, run_command
from sfexplorer.app.complaints import complain
from sfexplorer.app.config import KEYS, Config
from sfexplorer.app.connecting import Way
from sfexplorer.app.explorer import ShellExplorer
from sfexplorer.app.jobs import Job, Jobs
from sfexplorer.app.keymap import keymap_of
from sfexplorer.app.keys import live_keys
from sfexplorer.app.lines import StatusLine, TitleLine
from sfexplorer.app.org_link import OrgLink
from sfexplorer.app.pane_stack import PaneStack
from sfexplorer.app.settings import Settings
from sfexplorer.app.side_bar import SideBar
from sfexplorer.app.too_small import TooSmall
from sfexplorer.client.errors import SalesforceError
from sfexplorer.registry import Registry

if TYPE_CHECKING:
    from sfexplorer.client import Exchange

# How often the line above is looked at while something goes on; an idle screen sends nothing.
PULSE_SECONDS = 0.5


class Workspace(Screen[None]):
    """One org and its panes.

    Args:
        registry: The plugins.
        way: How to connect; None asks the person by the login form.
        reference: What to open first; None opens the first pane.
        config: What the person has set.
    """

    DEFAULT_CSS = """
    Workspace { layers: below cover; }
    Workspace > #middle { height: 1fr; layers: below cover; }
    Workspace #no-panes { display: none; height: 1fr; padding: 1 2; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*SHELL_BINDINGS]
    # The panes say where a person goes on; Textual would take the first widget, or a hidden one.
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(
        self, registry: Registry, way: Way | None, reference: Reference | None, config: Config
    ) -> None:
        super().__init__()
        self.registry = registry
        self.keymap = keymap_of(config.section(KEYS))
        settings = Settings(config, registry.settings())
        self.problems = [*config.problems, *self.keymap.problems, *settings.problems]
        self.link = OrgLink(registry, way)
        self.stack = PaneStack()
        self.jobs = Jobs(self._tell_activity)
        self.requests = RequestLog()
        self.activity = Activity(self.jobs, self.stack, self.requests)
        self.commands = registry.commands()
        self._faults_told = 0
        self._first = reference
        self._panes = registry.panes()
        self.side = SideBar(self._panes)
        self.explorer = ShellExplorer(
            self, registry, self.link, self.stack, self._panes, self.jobs, self.requests, settings
        )
        self.coming_back = ComingBack(self, self.explorer, self.stack, self._panes)

    # The screen.

    def compose(self) -> ComposeResult:
        """The line above, the panes and what stands beside them, the line below."""
        yield TitleLine()
        with Horizontal(id="middle"):
            yield self.side
            yield Static("", id="no-panes", markup=False)
            yield self.stack
        yield self.link
        yield StatusLine()
        yield TooSmall()

    def on_mount(self) -> None:
        """Open the first pane, and connect."""
        self.problems += bind_commands(self, self.commands, self.keymap)
        self._pulse = self.set_interval(PULSE_SECONDS, self._tell_activity, pause=True)
        self.requests.listen(self._tell_activity)
        self._open_first()
        self.call_after_refresh(self._connect)

    def _connect(self) -> None:
        self.link.connect()
        self._tell_faults()
        tell = partial(self.explorer.tell, severity="warning")
        run_beside(self, partial(complain, self.problems, self.keymap, self.registry, tell), "complain")

    def _open_first(self) -> None:
        if self._first is not None:
            self.explorer.open(self._first)
        if not self.stack.opened and self.startable:
            self.stack.build(self.explorer, self.startable[0], None)

    def on_resize(self, event: Resize) -> None:
        """Below the smallest size a plain sentence stands instead of a broken screen."""
        self.query_one(TooSmall).judge(event.size)
        self._arrange_side()

    def _arrange_side(self) -> None:
        self.side.appear(self.explorer, self.size.width, self.stack.active)

    # The org.

    def on_org_link_began(self, message: OrgLink.Began) -> None:
        """Work on this session from now on; the panes and their edits stay."""
        message.session.connection.listen(self._count_calls)
        self.requests.follow(message.session.connection)
        self.query_one(StatusLine).environment = message.session.environment
        self.on_pane_stack_changed()
        self.stack.connected()
        self.side.connected()
        self.coming_back.begin(message.session.org.oauth.organization_id or message.session.org.instance_url)
        run_beside(self, partial(self._identify, message.session), "identify")

    def on_org_link_waiting(self, message: OrgLink.Waiting) -> None:
        """Say above that the org is being waited for."""
        self.activity.connecting = message.text
        self._tell_activity()

    def on_org_link_refused(self, message: OrgLink.Refused) -> None:
        """Say why a login was not taken."""
        self.explorer.tell(message.reason, "error")

    def on_org_link_given_up(self) -> None:
        """Without an org there is nothing to show."""
        self.app.exit()

    async def _identify(self, session: Session) -> None:
        try:
            identity = await session.org.identity()
        except SalesforceError:
            return  # Only the name in the status line; what a pane asks next tells the error at its place.
        self.query_one(StatusLine).user = identity.username

    def _count_calls(self, exchange: Exchange) -> None:
        if exchange.api_used is not None:
            # None of these while the screen is going: requests end later than what shows them.
            for line in self.query(StatusLine):
                line.count_calls(exchange.api_used, exchange.api_limit)

    async def on_unmount(self) -> None:
        """End the connection, and what was started for it."""
        await self.link.close()

    def action_log_in(self) -> None:
        """Ask for an org by the login form; the panes stay as they are."""
        self.link.ask()
        self._tell_faults()

    def on_error_card_login_wanted(self) -> None:
        """A pane's session has ended and the person wants to log in."""
        self.action_log_in()

    def _tell_faults(self) -> None:
        for fault in self.registry.faults[self._faults_told :]:
            self.explorer.tell(str(fault), "error")
        self._faults_told = len(self.registry.faults)

    # Panes.

    @property
    def startable(self) -> list[Pane]:
        """The panes that can be opened without a reference."""
        return [pane for pane in self._panes if pane.starts]

    def on_pane_stack_changed(self) -> None:
        """Keep the line above true."""
        stack, title = self.stack, self.query_one(TitleLine)
        title.org = self.link.session.title if self.link.session else "sfexplorer"
        title.tabs = stack.tabs
        title.unsaved = stack.unsaved
        self._tell_activity()
        self._arrange_side()
        empty = self.query_one("#no-panes", Static)
        empty.display = not stack.opened
        stack.display = bool(stack.opened)
        names = ", ".join(pane.title for pane in self.startable) or "none that is loaded starts by itself"
        empty.update(
            f"Nothing is open. F2 opens a pane ({names}), Ctrl+G goes to an sObject, Id or SOQL text."
        )

    def _tell_activity(self) -> None:
        if self.is_mounted:
            self.query_one(TitleLine).activity = self.activity.text(monotonic())
            if self.activity.goes_on:
                self._pulse.resume()
            else:
                self._pulse.pause()

    def on_pane_widget_failed(self, message: PaneWidget.Failed) -> None:
        """A pane's work raised: it costs the pane."""
        message.stop()
        self.contain(message.pane, message.error)

    def contain(self, pane: PaneWidget, error: Exception) -> None:
        """Do without what a pane, or what stands beside them, showed."""
        if not self.side.fault(pane, error):
            self.stack.fault(self.explorer, pane, error)

    def on_side_bar_left(self) -> None:
        """Go on in the pane."""
        self.side.close()
        self._arrange_side()
        if (active := self.stack.active) is not None:
            self.stack.show(active)

    def on_pane_widget_finished(self, message: PaneWidget.Finished) -> None:
        """A pane has nothing to show any more."""
        message.stop()
        self.stack.finish(message.pane)

    # Actions.

    def action_next_part(self, step: int = 1) -> None:
        """Move the focus to the next part of the pane."""
        active = self.stack.active
        parts = [
            *(active.widget.part_widgets() if active else []),
            *self.side.part_widgets(),
            *(card for card in self.query(ErrorCard) if card.is_on_screen),
        ]
        if not parts:
            return
        inside = [number for number, part in enumerate(parts) if part.has_focus_within or part.has_focus]
        here = inside[0] if inside else -step
        parts[(here + step) % len(parts)].focus()

    def action_next_pane(self, step: int = 1) -> None:
        """Go to the next open pane."""
        self.stack.step(step)

    def action_back(self) -> None:
        """Go back to the pane that this one was opened from."""
        if not self.stack.back():
            self.explorer.tell("Here it began. [ and ] go to other panes, x closes this one, q quits.")

    def action_stop(self) -> None:
        """Stop what is under way in this pane; where nothing is, go back."""
        active = self.stack.active
        if jobs := self.jobs.of(active):
            self.jobs.stop(jobs[-1])
            self.explorer.tell(f"Stopped: {jobs[-1].title}")
        elif active and active.widget.stops:
            active.widget.stop()
        else:
            self.action_back()

    async def action_side(self) -> None:
        """Go to what stands beside the panes, or put it away."""
        comes = self.side.toggle(self.stack.active)
        self._arrange_side()
        if comes and self.side.display:
            await self.side.go_into()
        elif comes:
            self.explorer.tell("This pane shows itself what would stand beside it.")
        else:
            self.on_side_bar_left()

    def action_choose_pane(self) -> None:
        """Choose one of the open panes, or open another."""
        from sfexplorer.app.choosing import choose_pane

        choose_pane(self, self.explorer, self.stack, self.startable)

    def action_close_pane(self) -> None:
        """Close the pane that is shown; asks when work or unsaved edits would be lost."""
        if (active := self.stack.active) is not None:
            close = partial(self.stack.close, active)
            self._ask_to_leave([active.widget], self.jobs.of(active), f"in {active.title} ", "Close", close)

    def action_quit(self) -> None:
        """Leave the app; asks when work or unsaved edits would be lost."""
        panes = [opened.widget for opened in self.stack.opened]
        self._ask_to_leave(panes, self.jobs.running, "", "Quit", self._leave)

    def _ask_to_leave(
        self, panes: list[PaneWidget], jobs: list[Job], where: str, leave: str, act: Callable[[], None]
    ) -> None:
        from sfexplorer.app.leaving import unless_at_work
        from sfexplorer.app.unsaved import leave_panes

        unless_at_work(self, jobs, leave, partial(leave_panes, self, panes, where, leave, act))

    def _leave(self) -> None:
        self.coming_back.end()
        if self.link.session is None and self.link.failure:
            # A script that started us is told what the person saw.
            self.app.exit(return_code=2, message=f"sfexplorer: {self.link.failure}")
        else:
            self.app.exit()

    def action_go_to(self) -> None:
        """Go to whatever the person names."""
        from sfexplorer.app.go_to import GoTo

        def named(reference: Reference | None) -> None:
            if reference is not None:
                self.explorer.open(reference)

        self.app.push_screen(GoTo(self.explorer), named)

    def action_show_keys(self) -> None:
        """List the keys that work now."""
        from sfexplorer.app.dialogs import KeysHelp

        self.app.push_screen(KeysHelp(live_keys(self)))

    def action_run_command(self, id: str) -> None:
        """Run a plugin's command beside the screen."""
        for command in self.commands:
            if command.id == id:
                run_command(self, self.explorer, command, self.stack.turn)
