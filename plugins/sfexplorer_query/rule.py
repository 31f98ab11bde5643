"""The line between text and results; what the query is doing, or what is wrong with it, stands in it."""

from __future__ import annotations

from typing import ClassVar, Literal

from rich.text import Text
from textual.app import RenderResult
from textual.timer import Timer
from textual.widget import Widget

from sfexplorer.api.ui.display import cell_width, fit, safe_text

_MARKS = "|/-\\"
_MARK_SECONDS = 0.25
_GAP = 3

Kind = Literal["error", "warning", "note"]
"""How loud it is told."""


class QueryRule(Widget):
    """A rule of one line, in the accent's colour while the text above has the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "query-rule--error",
        "query-rule--warning",
        "query-rule--note",
        "query-rule--keys",
        "query-rule--line",
    }
    DEFAULT_CSS = """
    QueryRule {
        height: auto; max-height: 4; min-height: 1; width: 1fr; color: $foreground;
        .query-rule--line, .query-rule--note { color: $text-muted; }
        .query-rule--error { color: $text-error; text-style: bold; }
        .query-rule--warning { color: $text-warning; text-style: bold; }
        .query-rule--keys { color: $foreground; }
        &.-accent .query-rule--line { color: $accent; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._activity = ""
        self._problem = ""
        self._kind: Kind = "error"
        self._keys = ""
        self._is_whole = False
        self._mark = 0
        self._timer: Timer | None = None

    def run(self, what: str) -> None:
        """Say what is running, with a mark that moves until `idle`."""
        self._activity = what
        if self._timer is None:
            self._timer = self.set_interval(_MARK_SECONDS, self._move)
        self.refresh(layout=True)

    def idle(self) -> None:
        """Nothing runs; a message of something wrong is seen again."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._activity = ""
        self.refresh(layout=True)

    def blame(self, problem: str, kind: Kind = "error", keys: str = "", *, is_whole: bool = False) -> None:
        """Say what is wrong with the text.

        Args:
            problem: What is wrong; the empty string takes it away.
            kind: How loud it is told.
            keys: What can be done about it.
            is_whole: Whether a long one takes further lines; else it is cut, so that nothing below moves.
        """
        told = (problem, kind, keys, is_whole)
        if told != (self._problem, self._kind, self._keys, self._is_whole):
            self._problem, self._kind, self._keys, self._is_whole = told
            self.refresh(layout=True)

    @property
    def message(self) -> str:
        """What stands in the line."""
        return self._activity or self._problem

    def _move(self) -> None:
        self._mark = (self._mark + 1) % len(_MARKS)
        self.refresh()

    def render(self) -> RenderResult:
        """The line."""
        line = self.get_component_rich_style("query-rule--line")
        width = self.size.width
        if self._activity:
            text = Text(f"─ {_MARKS[self._mark]} ", style=line, no_wrap=True)
            text.append(f"{safe_text(self._activity)}   Escape cancels ", style="")
            return text.append("─" * max(width - text.cell_len, 0), style=line)
        if self._problem:
            return self._told(width)
        return Text("─" * width, style=line, no_wrap=True)

    def _told(self, width: int) -> Text:
        """What is wrong, and at the right what can be done about it where both have room in one line."""
        sign = "─ " if self._kind == "note" else "! "
        style = self.get_component_rich_style(f"query-rule--{self._kind}")
        keys_style = self.get_component_rich_style("query-rule--keys")
        told, keys = sign + safe_text(self._problem), self._keys
        room = width - (cell_width(keys) + _GAP + 1 if keys else 0)
        if self._is_whole and cell_width(told) > room:
            text = Text(told, style=style)
            return text.append(f"\n  {keys}", style=keys_style) if keys else text
        text = Text(fit(told, room), style=style, no_wrap=True)
        return text.append(f"{' ' * _GAP}{keys}", style=keys_style) if keys else text
