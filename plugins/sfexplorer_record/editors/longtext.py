"""The editor of long texts: as many lines as there is room for."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import TextArea

from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.visible import visible_text
from sfexplorer_record.typed import Value, parse_text


class LongText(TextArea):
    """A text area in which nothing that a terminal would obey is drawn as it is."""

    def get_line(self, line_index: int) -> Text:
        """The line as it is drawn."""
        return Text(visible_text(self.document.get_line(line_index)), end="", no_wrap=True)


class LongTextEditor(FieldEditor):
    """A text of many lines. Enter begins a line; Tab takes the text."""

    DEFAULT_CSS = """
    LongTextEditor LongText { height: 1fr; border: none; padding: 0; background: $panel; }
    LongTextEditor LongText:focus { border: none; }
    """
    keys = "Tab takes it   Ctrl+S saves   Esc cancels"

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__(field, value)
        self._shown = ""

    def compose_input(self) -> ComposeResult:
        """The text, with the cursor at its beginning."""
        yield LongText(
            self.value if isinstance(self.value, str) else "",
            soft_wrap=True,
            compact=True,
            highlight_cursor_line=False,
        )

    def on_mount(self) -> None:
        """Remember how the text area holds the text: it makes all line ends alike."""
        self._shown = self.query_one(LongText).text
        self._count()

    def lines(self, available: int) -> int:
        """Up to twelve lines of text."""
        return min(13, available)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Count along."""
        event.stop()
        self._count()

    def typed(self) -> Value:
        """The text; exactly the value that was there where nothing was typed."""
        text = self.query_one(LongText).text
        if text == self._shown:
            return self.value if isinstance(self.value, str) else None
        return parse_text(self.field, text, self.value)

    def _count(self) -> None:
        length = f" of {self.field.length:,}" if self.field.length else ""
        self.hint(f"{len(self.query_one(LongText).text):,}{length}   {self.keys}")
