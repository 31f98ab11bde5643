"""The dialog with a chart, drawn for the size that it has."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_text
from sfexplorer_query.charting import Chart
from sfexplorer_query.charts import bars, course

_LEAST_HEIGHT, _MOST_HEIGHT = 6, 24


class ChartDialog(ModalScreen[None]):
    """Shows a chart.

    Args:
        chart: The chart.
    """

    DEFAULT_CSS = (
        dialog_css("ChartDialog")
        + """
    ChartDialog > .dialog { width: 96%; max-width: 160; }
    ChartDialog VerticalScroll { height: auto; max-height: 75vh; }
    ChartDialog VerticalScroll > Static { height: auto; text-wrap: nowrap; color: $accent; }
    ChartDialog .hint { height: 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", id="query.chart_leave", tooltip="Go back to the rows"),
    ]

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart

    def compose(self) -> ComposeResult:
        """The chart, and the keys below it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._chart.title))
            with VerticalScroll():
                yield Static("", classes="chart", markup=False)
            yield Static("Arrows scroll   Escape goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.set_focus(self.query_one(VerticalScroll))
        self.call_after_refresh(self._draw)

    def on_resize(self, event: Resize) -> None:
        """Draw it for the new size."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.query_one(VerticalScroll).size.width - 1
        height = min(max(self.size.height - 10, _LEAST_HEIGHT), _MOST_HEIGHT)
        points = self._chart.points
        lines = course(points, width, height) if self._chart.follows_time else bars(points, width)
        self.query_one(".chart", Static).update("\n".join(lines))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
