"""How the values of fields look: asked of the plugins once for a column, and kept from their faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sfexplorer.api.contributions import Formatter
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.ui.display import alignment, display_value
from sfexplorer.registry import Listener, Registry

if TYPE_CHECKING:
    from sfexplorer.client import FieldDescribe


class Formatting:
    """Asks the plugins one at a time; the first that has a look for a field gives it.

    Args:
        registry: The plugins.
        explorer: The shell, given on to the plugins.
    """

    def __init__(self, registry: Registry, explorer: Explorer) -> None:
        # In pluggy's own order: the last to come is asked first, those that ask for it (`trylast`) last.
        self._listeners = registry.listeners("formatter_for")[::-1]
        self._explorer = explorer
        self._told: set[str] = set()

    def of(self, field: FieldDescribe) -> Formatter:
        """The look of the values of a field."""
        usual = Formatter(partial(display_value, field_type=field.type), alignment(field.type))
        for listener in self._listeners:
            try:
                given = listener.call({"field": field, "explorer": self._explorer})
            except Exception as error:  # noqa: BLE001  # the plugin boundary
                self._tell(listener, error)
                continue
            if isinstance(given, Formatter):
                return replace(given, text=self._guarded(listener, given.text, usual.text))
        return usual

    def _guarded(
        self, listener: Listener, text: Callable[[object], str], usual: Callable[[object], str]
    ) -> Callable[[object], str]:
        def guarded(value: object) -> str:
            # Null and the empty text look alike in all columns.
            if value is None or value == "":
                return usual(value)
            try:
                return text(value)
            except Exception as error:  # noqa: BLE001  # the plugin boundary
                self._tell(listener, error)
                return usual(value)

        return guarded

    def _tell(self, listener: Listener, error: Exception) -> None:
        """Say once what is wrong with a plugin: it is asked for each cell."""
        if listener.plugin not in self._told:
            self._told.add(listener.plugin)
            self._explorer.tell(f"Plugin {listener.plugin} can't format values: {error}", "warning")
