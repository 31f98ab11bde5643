"""What the dialogs of the record pane share: the frame, and a table drawn at the width that there is."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.geometry import Size
from textual.widgets import Static

from sfexplorer.api.ui import dialog_css

_ROWS = """
    {name} > .dialog {{ width: 76; }}
    {name} .rows {{ height: auto; max-height: 14; }}
    {name} .hint {{ margin-top: 1; }}
    {name} .hint.problem {{ color: $text-error; }}
"""


def rows_css(name: str) -> str:
    """The `DEFAULT_CSS` of a dialog of this name that holds rows."""
    return dialog_css(name) + _ROWS.format(name=name)


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
