"""The application: the theme, the palette, and the place where a pane's exception is contained."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.actions import ActionParseResult
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.events import DescendantFocus, Event, Key
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.app.config import THEME, Config, read_config
from sfexplorer.app.lines import StatusLine, Tab, TitleLine

if TYPE_CHECKING:
    from textual.command import Provider

    from sfexplorer.api.references import Reference
    from sfexplorer.app.connecting import Way
    from sfexplorer.app.workspace import Workspace
    from sfexplorer.registry import Registry

KEYS_UNDER_WAY = 512

DARK = Theme(
    name="sfexplorer",
    primary="#4aa8ff",
    secondary="#8fb8de",
    accent="#4aa8ff",
    warning="#f0b429",
    error="#ff6b6b",
    success="#62c073",
    foreground="#dfe6ee",
    background="#10151c",
    surface="#161d26",
    panel="#1e2732",
    dark=True,
)


def _actions() -> type[Provider]:
    # Imported when the palette is first opened.
    from sfexplorer.app.palette import Actions

    return Actions


@runtime_checkable
class _TextField(Protocol):
    cursor_blink: bool


class ExplorerApp(App[None]):
    """sfexplorer in the terminal.

    The first frame has only the lines above and below; the workspace is loaded behind it, and keys that are
    typed meanwhile wait for it.

    Args:
        registry: The plugins.
        way: How to connect; None asks by the login form.
        reference: What to open first.
    """

    TITLE = "sfexplorer"
    COMMANDS = {_actions}  # noqa: RUF012  # Textual's own name and type
    NOTIFICATION_TIMEOUT = 3
    CSS = """
    * { scrollbar-size-vertical: 1; }
    ToastRack { margin-bottom: 2; }
    Toast { max-width: 75%; }
    /* Its glyph is one that plain terminals don't have. */
    SearchIcon { display: none; }
    .below-title { height: 1fr; }
    """

    def __init__(self, registry: Registry, way: Way | None, reference: Reference | None = None) -> None:
        super().__init__()
        self._plugins, self._way, self._reference = registry, way, reference
        self._config = read_config()
        self._aimed: deque[tuple[Key, Widget | None]] = deque(maxlen=KEYS_UNDER_WAY)
        self._held: list[Key] = []
        self.animation_level = "none"
        self.register_theme(DARK)
        self.theme, problems = self._theme_of(self._config)
        self._config = replace(self._config, problems=(*self._config.problems, *problems))

    def _theme_of(self, config: Config) -> tuple[str, tuple[str, ...]]:
        """The theme that the person wants, and what is wrong with that."""
        wanted = config.tables.get(THEME, DARK.name)
        if isinstance(wanted, str) and wanted in self.available_themes:
            return wanted, ()
        there = ", ".join(sorted(self.available_themes))
        return DARK.name, (f"config.toml theme: there is none called {wanted!r}. There are: {there}.",)

    def compose(self) -> ComposeResult:
        """The first frame."""
        title = TitleLine()
        title.org = "sfexplorer"
        starting = next((pane.title for pane in self._plugins.panes() if pane.starts), "")
        if starting and self._reference is None:
            title.tabs = (Tab(starting, active=True, unsaved=False),)
        yield title
        yield Static(classes="below-title")
        yield StatusLine()

    def on_ready(self) -> None:
        """Go on once the first frame is drawn; before the app is ready Textual holds all drawing back."""
        self.screen.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.push_screen(self.workspace)

    @cached_property
    def workspace(self) -> Workspace:
        """The screen of the org."""
        from sfexplorer.app.workspace import Workspace

        workspace = Workspace(self._plugins, self._way, self._reference, self._config)
        self.set_keymap({**workspace.keymap.keys})
        return workspace

    @property
    def starting(self) -> bool:
        """Whether only the first frame is there yet."""
        return self.screen is self.screen_stack[0] or not self.workspace.is_mounted

    @property
    def _turning(self) -> bool:
        """Whether what is typed now is meant for a pane that is about to be shown."""
        if self.starting:
            return True
        return self.screen is self.workspace and self.workspace.stack.turning

    async def on_event(self, event: Event) -> None:
        """Give a key to the widget that has the focus when its turn comes.

        Keys of one burst (a macro, a slow line) are all handed to the widget that has the focus when they
        arrive, though the first may move it: what is typed behind `/` belongs into the filter. Such a key
        comes back here unused, and is aimed anew. While another pane is about to be shown they wait for it.
        """
        if isinstance(event, Key):
            if self._turning:
                self._held.append(Key(event.key, event.character))
                return
            if not event.is_forwarded:
                self._aimed.append((event, self.focused))
            elif any(key is event and aim is not self.focused for key, aim in self._aimed):
                event = Key(event.key, event.character)
                self._aimed.append((event, self.focused))
        await super().on_event(event)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Keep a text field's cursor steady: nothing goes over the line while nobody does anything."""
        if isinstance(event.widget, _TextField):
            event.widget.cursor_blink = False

    def on_pane_stack_turned(self) -> None:
        """The pane that was to be shown is there: it gets the keys that waited for it."""
        held, self._held = self._held, []
        for key in held:
            self.post_message(key)

    def action_help_quit(self) -> None:
        """What Ctrl+C does: it never quits by surprise."""
        self.workspace.explorer.tell("Ctrl+Q quits, Esc goes back.")

    async def action_quit(self) -> None:
        """Leave the app, from whichever screen; asks when edits aren't saved."""
        self.workspace.action_quit()

    def _handle_exception(self, error: Exception) -> None:
        """Let a pane's exception cost the pane.

        A private override: Textual has no public hook here, and ends the app at the first exception in any
        handler. `tests/app/test_containment.py` pins it.
        """
        if not self._contain(error):
            super()._handle_exception(error)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; one of a pane's own that raises costs the pane, not the message loop it ran in."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:
            if self._contain(error):
                return True
            raise

    def _contain(self, error: Exception) -> bool:
        from sfexplorer.app.containment import dialog_at_fault, pane_at_fault

        if (pane := pane_at_fault(error)) is not None:
            self.workspace.contain(pane, error)
            return True
        if (dialog := dialog_at_fault(error)) is not None:
            if self.screen is dialog:
                self.pop_screen()
            self.workspace.explorer.tell(f"A dialog failed: {type(error).__name__}: {error}", "error")
            return True
        return False
