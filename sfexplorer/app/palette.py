"""The palette: every action by its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from sfexplorer.app.keys import keys_meant_for_letters, live_keys, named_keys
from sfexplorer.app.workspace import Workspace


class Actions(Provider):
    """What can be done here: the keys that work now, the plugins' commands, the panes."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for title, help_text, run in self._actions():
            yield DiscoveryHit(title, run, help=help_text)

    async def search(self, query: str) -> Hits:
        """What fits to what is typed."""
        matcher = self.matcher(query)
        for title, help_text, run in self._actions():
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), run, help=help_text)

    def _actions(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        screen = self.screen
        if not isinstance(screen, Workspace):
            return
        taken: set[str] = set()
        for command in screen.commands:
            taken.add(command.title)
            keys = named_keys(screen.keymap.key_of(command.id, command.key))
            yield (
                command.title,
                f"{keys}   {command.help}".strip(),
                partial(screen.action_run_command, command.id),
            )
        for pane in screen.startable:
            yield f"Open {pane.title}", "", partial(screen.explorer.open_pane, pane.id)
        yield "Log in", "Log in again, or to the org when the session ended", screen.action_log_in
        for live in [*live_keys(screen), *keys_meant_for_letters(screen)]:
            if live.title not in taken:
                taken.add(live.title)
                act = partial(self.app.run_action, live.action, default_namespace=live.node)
                yield live.title, f"{live.key}   {live.help}", act
