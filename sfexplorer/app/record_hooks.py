"""What plugins have to say to records: whether a save may go out, what came of it, what else can be done."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.dom import DOMNode

from sfexplorer.api.contributions import Change, RecordAction
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.ui.background import run_beside
from sfexplorer.client.errors import SalesforceError
from sfexplorer.registry import Listener, Registry

if TYPE_CHECKING:
    from sfexplorer.client import SObject


class PluginsOfRecords:
    """Asks the plugins one at a time; a broken one costs the others nothing.

    Args:
        registry: The plugins.
        explorer: The shell, given on to the plugins.
        node: What the actions run beside, and end with.
    """

    def __init__(self, registry: Registry, explorer: Explorer, node: DOMNode) -> None:
        self._registry, self._explorer, self._node = registry, explorer, node
        self._actions: list[RecordAction] | None = None

    async def refusal(self, record: SObject, changes: Mapping[str, Change]) -> str | None:
        """Why a plugin refuses these changes; one that can't say refuses them too."""
        for listener in self._registry.listeners("before_save"):
            try:
                reason = await self._call(listener, record, changes)
            except Exception as error:  # noqa: BLE001  # the plugin boundary
                return f"Plugin {listener.plugin} could not check it ({_said(error)}), so nothing was sent."
            if reason is not None:
                return str(reason) or f"Plugin {listener.plugin} refuses it."
        return None

    async def saved(self, record: SObject, changes: Mapping[str, Change]) -> None:
        """Tell the plugins; what one of them raises is told, and the record stays saved."""
        for listener in self._registry.listeners("after_save"):
            try:
                await self._call(listener, record, changes)
            except Exception as error:  # noqa: BLE001  # the plugin boundary
                self._explorer.tell(f"Saved, but plugin {listener.plugin} failed: {_said(error)}", "warning")

    async def _call(self, listener: Listener, record: SObject, changes: Mapping[str, Change]) -> object:
        given = listener.call({"record": record, "changes": changes, "explorer": self._explorer})
        return await given if inspect.isawaitable(given) else given

    def actions(self, record: SObject) -> Sequence[RecordAction]:
        """The actions that apply to the record; one whose plugin can't say is left out."""
        if self._actions is None:
            self._actions = self._registry.record_actions()
        return [action for action in self._actions if self._applies(action, record)]

    def _applies(self, action: RecordAction, record: SObject) -> bool:
        try:
            return action.applies(record)
        except Exception as error:  # noqa: BLE001  # the plugin boundary
            self._explorer.tell(f"{action.title} is left out: {_said(error)}", "warning")
            return False

    def perform(self, action: RecordAction, record: SObject) -> None:
        """Do it beside the screen."""
        run_beside(self._node, partial(self._run, action, record), action.id, exclusive=False)

    async def _run(self, action: RecordAction, record: SObject) -> None:
        try:
            await action.run(self._explorer, record)
        except SalesforceError as error:
            self._explorer.tell(f"{action.title}: {error.message} {error.hint}", "error")
        except Exception as error:  # noqa: BLE001  # the plugin boundary
            self._explorer.tell(f"{action.title} failed: {_said(error)}", "error")


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
