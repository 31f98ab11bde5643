"""The plugins: found through entry points, loaded and asked one at a time.

A plugin that can't be imported, a hook that raises, a contribution that doesn't fit: each becomes one named
fault, and never takes the others down. Bundled plugins come in by the same door as a stranger's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from types import ModuleType
from typing import TypeVar

import pluggy

from sfexplorer.api import hooks
from sfexplorer.api.contributions import Command, Exporter, Login, Pane, RecordAction, Subcommand
from sfexplorer.installed import Installed, installed_plugins

GROUP = hooks.PROJECT

Contribution = TypeVar("Contribution", Pane, Command, Login, RecordAction, Subcommand, Exporter)


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that was loaded."""

    name: str
    module: ModuleType


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong in a plugin: its name, where, and what it said."""

    plugin: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"Plugin {self.plugin} failed in {self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Listener:
    """A plugin's implementation of an event hook, and those of the hook's arguments that it takes."""

    plugin: str
    function: Callable[..., object]
    arguments: tuple[str, ...]

    def call(self, arguments: Mapping[str, object]) -> object:
        """What the implementation gives; of an event hook, something to be awaited."""
        return self.function(*(arguments[name] for name in self.arguments))


class UnknownPlugin(Exception):
    """A plugin to be left out that isn't installed."""


class Registry:
    """The plugins of this run, and what went wrong with them.

    Args:
        without: Names of entry points that are left out.

    Raises:
        UnknownPlugin: `without` names a plugin that isn't installed.
    """

    def __init__(self, without: Collection[str] = ()) -> None:
        self.plugins: list[Plugin] = []
        self.faults: list[Fault] = []
        self._manager = pluggy.PluginManager(hooks.PROJECT)
        self._manager.add_hookspecs(hooks)
        found = installed_plugins(GROUP)
        names = {entry.name for entry in found}
        if unknown := sorted(set(without) - names):
            raise UnknownPlugin(
                f"No plugin is called {unknown[0]!r}. Installed: {', '.join(sorted(names)) or 'none'}."
            )
        for entry in found:
            if entry.name not in without:
                self._load(entry)

    def panes(self) -> list[Pane]:
        """The panes of all plugins, in their order."""
        return sorted(self._collect("panes", Pane), key=lambda pane: (pane.order, pane.id))

    def commands(self) -> list[Command]:
        """The commands of all plugins, by title."""
        return sorted(self._collect("commands", Command), key=lambda command: command.title)

    def connections(self) -> list[Login]:
        """The ways to connect that plugins offer, by title."""
        return sorted(self._collect("connections", Login), key=lambda login: login.title)

    def subcommands(self) -> list[Subcommand]:
        """The commands of the command line, by name."""
        return sorted(self._collect("subcommands", Subcommand), key=lambda command: command.id)

    def record_actions(self) -> list[RecordAction]:
        """What plugins offer to do with a record, in their order."""
        return sorted(
            self._collect("record_actions", RecordAction), key=lambda action: (action.order, action.title)
        )

    def settings(self) -> dict[str, object]:
        """The settings of the plugins that have some, by the plugin's name, each at its defaults."""
        found: dict[str, object] = {}
        for implementation in self._manager.hook.settings.get_hookimpls():
            try:
                found[implementation.plugin_name] = _checked_settings(implementation.function())
            except Exception as error:  # noqa: BLE001  # the plugin boundary
                self._note(implementation.plugin_name, "settings", error)
        return found

    def listeners(self, event: str) -> list[Listener]:
        """The plugins that implement an event hook."""
        return [
            Listener(implementation.plugin_name, implementation.function, tuple(implementation.argnames))
            for implementation in getattr(self._manager.hook, event).get_hookimpls()
        ]

    def exporters(self) -> list[Exporter]:
        """The forms in which rows are written to a file, by title."""
        return sorted(self._collect("exporters", Exporter), key=lambda exporter: exporter.title)

    def _load(self, entry: Installed) -> None:
        try:
            module = entry.load()
            if not isinstance(module, ModuleType):
                raise TypeError(f"the entry point names {entry.value}, which is not a module")
            self._manager.register(module, entry.name)
        except Exception as error:  # noqa: BLE001  # the plugin boundary: a stranger's code may raise anything
            self._note(entry.name, "import", error)
        else:
            self.plugins.append(Plugin(entry.name, module))

    def _collect(self, hook: str, kind: type[Contribution]) -> Iterator[Contribution]:
        """What each implementer of `hook` gives, one implementer at a time."""
        seen: set[str] = set()
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            try:
                given = _checked(implementation.function(), hook, kind, seen)
            except Exception as error:  # noqa: BLE001  # the plugin boundary
                self._note(implementation.plugin_name, hook, error)
            else:
                yield from given

    def _note(self, plugin: str, place: str, error: Exception) -> None:
        message = str(error) or type(error).__name__
        fault = Fault(plugin, place, f"{type(error).__name__}: {message}")
        if fault not in self.faults:
            self.faults.append(fault)


def _checked(
    given: Iterable[object], hook: str, kind: type[Contribution], seen: set[str]
) -> list[Contribution]:
    """The contributions, refused as a whole when one doesn't fit or takes a name that is taken."""
    contributions: list[Contribution] = []
    taken = set(seen)
    for contribution in given:
        if not isinstance(contribution, kind):
            raise TypeError(f"{hook} gave {contribution!r}, not a {kind.__name__}")
        if contribution.id in taken:
            raise ValueError(f"{hook} gave {contribution.id!r}, which exists already")
        taken.add(contribution.id)
        contributions.append(contribution)
    seen |= taken
    return contributions


def _checked_settings(given: object) -> object:
    if not is_dataclass(given) or isinstance(given, type) or not given.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # every dataclass has them
        raise TypeError(f"settings gave {given!r}, not a frozen dataclass at its defaults")
    return given
