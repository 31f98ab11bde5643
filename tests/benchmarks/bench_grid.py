"""Prints what a page down costs in our grid and in Textual's DataTable, both with the same 5,000 rows."""

from __future__ import annotations

import asyncio
import statistics
import time

from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import DataTable

from sfexplorer.api.ui.grid import Column, Grid, Rows

ROWS = 5_000
PRESSES = 60
SIZES = ((80, 24), (160, 45))
TITLES = ("Name", "Id", "Account.Name", "Email", "Phone", "Title", "Amount", "CreatedDate")


def rows() -> list[tuple[str, ...]]:
    """The rows that both show."""
    return [
        (
            f"Ada Lovelace {row}",
            f"0035g{row:013d}",
            f"Analytical Engines {row % 97}",
            f"ada.{row}@example.com",
            f"+44 20 {row:08d}",
            "Chief Analyst",
            f"{row * 117:,}",
            f"2026-03-{row % 28 + 1:02d} 09:14",
        )
        for row in range(ROWS)
    ]


class BenchApp(App[None]):
    """One widget that fills the screen."""

    def __init__(self, widget: Widget) -> None:
        """An app that shows `widget`."""
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        """The widget."""
        yield self.widget

    def on_mount(self) -> None:
        """Gives the rows; a DataTable takes none before it is mounted."""
        if isinstance(self.widget, Grid):
            self.widget.source = Rows([Column(title, title, fixed=title == "Id") for title in TITLES], rows())
        elif isinstance(self.widget, DataTable):
            self.widget.add_columns(*TITLES)
            self.widget.add_rows(rows())
        self.widget.focus()


def page_down(widget: Widget) -> list[Strip]:
    """Moves a page down and draws all lines, as the screen would."""
    if isinstance(widget, Grid):
        widget.action_page(1.0)
    elif isinstance(widget, DataTable):
        widget.action_page_down()
    return widget.render_lines(widget.size.region)


async def measured(widget: Widget, size: tuple[int, int]) -> tuple[float, float]:
    """The median and the 95th percentile of milliseconds that a page down takes."""
    app = BenchApp(widget)
    times: list[float] = []
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(PRESSES):
            # Not the clock on the wall: what else the machine does is not the question.
            begun = time.process_time()
            page_down(widget)
            times.append((time.process_time() - begun) * 1000)
            await pilot.pause()
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Prints a line for each size."""
    for size in SIZES:
        ours, ours_most = asyncio.run(measured(Grid(), size))
        theirs, theirs_most = asyncio.run(measured(DataTable(cursor_type="row", fixed_columns=1), size))
        print(
            f"page down {size[0]}x{size[1]}: Grid {ours:.2f} ms (p95 {ours_most:.2f}),"
            f" DataTable {theirs:.2f} ms (p95 {theirs_most:.2f}), ratio {ours / theirs:.2f}"
        )


if __name__ == "__main__":
    main()
