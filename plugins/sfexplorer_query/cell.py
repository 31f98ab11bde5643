"""A cell of the results on its own: its value as it came, whole, and on the clipboard."""

from __future__ import annotations

import json
from dataclasses import dataclass

from textual.app import App

from sfexplorer.api.ui.display import ELLIPSIS, NULL, safe_lines, safe_text

_TOLD = 60
"""So many characters of what was copied are told beside its name; they fit into 80 columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and what its column is called.

    Attributes:
        title: The column's title, as written in the query.
        value: The value as it came from the org.
    """

    title: str
    value: object

    @property
    def raw(self) -> str:
        """The value as the org has it: no thousands separators, no local time; nothing for null."""
        match self.value:
            case None:
                return ""
            case str():
                return self.value
        return json.dumps(self.value, ensure_ascii=False, default=str)

    @property
    def whole(self) -> str:
        """The value to be read: all its lines, safe for the terminal."""
        match self.value:
            case None:
                return f"{NULL} (no value)"
            case "":
                return '"" (empty)'
            case str():
                return safe_lines(self.value)
        return safe_lines(json.dumps(self.value, ensure_ascii=False, indent=2, default=str))

    def copy(self, app: App[object]) -> str:
        """Copy the value by the terminal's own clipboard; gives what to tell the person."""
        raw = self.raw
        app.copy_to_clipboard(raw)
        if not raw:
            return f"Copied {self.title}, which is empty"
        told = safe_text(raw[: _TOLD + 1])
        return f"Copied {self.title}: {told if len(told) <= _TOLD else told[: _TOLD - 1] + ELLIPSIS}"
