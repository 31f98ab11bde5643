"""The line between text and results; what the query is doing, or what is wrong with it, stands in it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import RenderResult
from textual.timer import Timer
from textual.widget import Widget

from sfexplorer.api.ui.display import safe_text

_MARKS = "|/-\\"
_MARK_SECONDS = 0.25


class QueryRule(Widget):
    """A rule of one line, in the accent's colour while the text above has the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"query-rule--problem", "query-rule--line"}
    DEFAULT_CSS = """
    QueryRule {
        height: auto; max-height: 4; min-height: 1; width: 1fr; color: $foreground;
        .query-rule--line { color: $text-muted; }
        .query-rule--problem { color: $text-error; text-style: bold; }
        &.-accent .query-rule--line { color: $accent; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._activity = ""
        self._problem = ""
        self._mark = 0
        self._timer: Timer | None = None

    def run(self, what: str) -> None:
        """Say what is running, with a mark that moves until `idle`."""
        self._activity, self._problem = what, ""
        if self._timer is None:
            self._timer = self.set_interval(_MARK_SECONDS, self._move)
        self.refresh(layout=True)

    def idle(self) -> None:
        """Nothing runs; a message of something wrong stays."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._activity = ""
        self.refresh(layout=True)

    def blame(self, problem: str) -> None:
        """Say what is wrong with the text; the empty string takes it away."""
        if problem != self._problem:
            self._problem = problem
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
            return Text(
                f"! {safe_text(self._problem)}", style=self.get_component_rich_style("query-rule--problem")
            )
        return Text("─" * width, style=line, no_wrap=True)
