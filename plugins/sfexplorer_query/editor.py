"""The text of a query: coloured as it is typed, with the place of a mistake marked."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Document

from sfexplorer.soql import highlight

# Beyond this the colours would cost a key more than they are worth.
_MOST_COLOURED = 20_000

_Spans = dict[int, list[tuple[int, int, str]]]


class SoqlEditor(TextArea, inherit_bindings=False):
    """An editor that is as high as its text, within bounds, and colours it as SOQL.

    Args:
        text: What stands in it at first.
    """

    # TextArea selects with F6, which moves between the parts of a pane here.
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextArea.BINDINGS if not (isinstance(binding, Binding) and binding.key == "f6")
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "soql--keyword",
        "soql--function",
        "soql--field",
        "soql--object",
        "soql--string",
        "soql--number",
        "soql--date",
        "soql--bind",
        "soql--comment",
        "soql--operator",
        "soql--search",
        "soql--error",
        "soql--wrong",
    }
    # $text-* and the theme's own colours stay apart from each other in 16 colours too.
    DEFAULT_CSS = """
    SoqlEditor, SoqlEditor:focus {
        height: auto; min-height: 3; max-height: 8; border: none; padding: 0 1;
        background: $background; scrollbar-size-vertical: 1;
        & .soql--keyword { color: $primary; text-style: bold; }
        & .soql--function { color: $secondary; }
        & .soql--object { text-style: bold; }
        & .soql--string, & .soql--search { color: $success; }
        & .soql--number, & .soql--date, & .soql--bind { color: $warning; }
        & .soql--comment { color: $text-muted; text-style: italic; }
        & .soql--error { color: $error; }
        & .soql--wrong { color: $error; text-style: bold underline; }
    }
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers="\n" in text, tab_behavior="focus")
        self._wrong: tuple[int, int] | None = None
        self._coloured = ""
        self._spans: _Spans = {}

    @property
    def offset_of_cursor(self) -> int:
        """Where the cursor stands in the text."""
        return self._plain.get_index_from_location(self.cursor_location)

    @property
    def _plain(self) -> Document:
        # Without tree-sitter's languages a TextArea always makes this kind.
        assert isinstance(self.document, Document)  # noqa: S101
        return self.document

    def mark(self, start: int, end: int) -> None:
        """Mark a place as wrong and bring the cursor there; the text stays as it is."""
        self._wrong = (start, end)
        self._coloured = ""
        self.move_cursor(self._plain.get_location_from_index(start))
        self.notify_style_update()
        self.refresh()

    def unmark(self) -> None:
        """Take the mark away."""
        if self._wrong is not None:
            self._wrong = None
            self.notify_style_update()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line with its colours."""
        line = super().get_line(line_index)
        for start, end, kind in self._spans_of(self.text).get(line_index, ()):
            line.stylize(self.get_component_rich_style(f"soql--{kind}", partial=True), start, end)
        return line

    def _spans_of(self, text: str) -> _Spans:
        # Asked for each line that is drawn: the text is what tells, since an edit is drawn before it is told.
        if text != self._coloured:
            self._coloured = text
            pieces = list(highlight(text)) if len(text) <= _MOST_COLOURED else []
            spans: list[tuple[int, int, str]] = [(piece.start, piece.end, piece.kind) for piece in pieces]
            if self._wrong:
                spans.append((*self._wrong, "wrong"))
            self._spans = _by_line(
                spans, [len(line) for line in self.document.lines], len(self.document.newline)
            )
        return self._spans

    def on_text_area_changed(self) -> None:
        """Number the lines once there is more than one; what was wrong is being mended."""
        self.show_line_numbers = self.document.line_count > 1
        self.unmark()


def _by_line(spans: Iterable[tuple[int, int, str]], lengths: Sequence[int], newline: int) -> _Spans:
    """The spans of each line, by columns; one that goes over several lines is parted."""
    starts = [0, *accumulate(length + newline for length in lengths)][: len(lengths)]
    lines: _Spans = defaultdict(list)
    for start, end, kind in spans:
        line = bisect_right(starts, start) - 1
        while line < len(starts) and starts[line] < end:
            first = max(start - starts[line], 0)
            lines[line].append((first, min(end - starts[line], lengths[line]), kind))
            line += 1
    return lines
