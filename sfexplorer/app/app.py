"""The application: the theme, the palette, and the place where a pane's exception is contained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode
from textual.theme import Theme

from sfexplorer.api.references import Reference
from sfexplorer.app.containment import pane_at_fault
from sfexplorer.app.workspace import Connect, Workspace
from sfexplorer.registry import Registry

if TYPE_CHECKING:
    from textual.command import Provider

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


class ExplorerApp(App[None]):
    """sfexplorer in the terminal.

    Args:
        registry: The plugins.
        connect: Gives the session; None asks by the login form.
        reference: What to open first.
    """

    TITLE = "sfexplorer"
    COMMANDS = {_actions}  # noqa: RUF012  # Textual's own name and type
    CSS = """
    * { scrollbar-size-vertical: 1; }
    """

    def __init__(
        self, registry: Registry, connect: Connect | None, reference: Reference | None = None
    ) -> None:
        super().__init__()
        self.workspace = Workspace(registry, connect, reference)
        self.animation_level = "none"
        self.register_theme(DARK)
        self.theme = "sfexplorer"

    def on_mount(self) -> None:
        """Show the workspace at once; it connects by itself."""
        self.push_screen(self.workspace)

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
        pane = pane_at_fault(error)
        if pane is None:
            return False
        self.workspace.stack.fault(self.workspace, pane, error)
        return True
