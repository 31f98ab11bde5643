"""A text area that is wrapped for the size it has, also where the screen doesn't tell it of that size."""

from __future__ import annotations

from textual.events import Resize
from textual.geometry import Size
from textual.widgets import TextArea


class WrappedTextArea(TextArea):
    """A text area for long lines.

    Textual sends no `Resize` to a widget whose place anyone asked for between its mounting and its first
    layout, and gives it no width while its pane is hidden; a TextArea then leaves its lines unwrapped.
    """

    @property
    def wrap_width(self) -> int:
        """The columns of a row of text; 0 before the first layout."""
        around = self.gutter.width + self.scrollbar_size_vertical + self.gutter_width
        return max(0, self.outer_size.width - around - 1)

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Tell of each new size. A private override: `tests/api/test_text_area.py` pins it."""
        before = self.outer_size
        told = super()._size_updated(size, virtual_size, container_size, layout)
        if size != before:
            self.post_message(Resize(size, virtual_size, container_size))
        return told

    def on_resize(self) -> None:
        """Draw the text as it is wrapped now: TextArea does only when its height changes with it."""
        self.refresh()
