"""What the dialogs of the record pane share: the frame, and a table drawn at the width that there is."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.geometry import Size
from textual.widgets import Static

DIALOG_CSS = """
    {name} {{ align: center middle; background: $background 60%; }}
    {name} > .dialog {{
        width: 76; max-width: 96%; height: auto; max-height: 90%;
        border: solid $primary; background: $surface; padding: 0 1;
    }}
    {name} .rows {{ height: auto; max-height: 14; }}
    {name} .hint {{ color: $text-muted; height: auto; margin-top: 1; }}
    {name} .hint.problem {{ color: $text-error; }}
"""


class Rows(Static):
    """Lines that are drawn anew for each width.

    Args:
        draw: Gives the lines for a width in columns.
    """

    def __init__(self, draw: Callable[[int], list[Text]]) -> None:
        super().__init__(markup=False)
        self._draw = draw

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are at that width."""
        return len(self._draw(width))

    def render(self) -> Text:
        """The lines at the present width."""
        return Text("\n", no_wrap=True).join(self._draw(self.size.width))
