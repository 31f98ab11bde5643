"""What stands instead of a broken screen where a terminal is too small."""

from __future__ import annotations

from textual.geometry import Size
from textual.widgets import Static

SMALLEST = Size(60, 20)


class TooSmall(Static):
    """A plain sentence over everything, as long as the terminal is too small."""

    DEFAULT_CSS = """
    TooSmall {
        display: none; layer: cover; dock: top; width: 100%; height: 100%; padding: 1;
        background: $background;
    }
    """

    def __init__(self) -> None:
        super().__init__("", id="too-small", markup=False)

    def judge(self, terminal: Size) -> None:
        """Stand over the screen if the terminal is too small."""
        self.display = terminal.width < SMALLEST.width or terminal.height < SMALLEST.height
        self.update(
            f"sfexplorer needs a terminal of {SMALLEST.width}x{SMALLEST.height}; "
            f"this one is {terminal.width}x{terminal.height}. Make it larger to go on; nothing is lost."
        )
