"""The text of a query: coloured as it is typed, with the place of a mistake marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from sfexplorer_query.colours import Lines, by_line, stretches
from sfexplorer_query.mending import Mend


class SoqlEditor(TextArea, inherit_bindings=False):
    """An editor that is as high as its text, within bounds, and colours it as SOQL.

    Args:
        text: What stands in it at first.
    """

    # TextArea selects with F6, which moves between the parts of a pane here.
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in TextArea.BINDINGS
            if not (isinstance(binding, Binding) and binding.key == "f6")
        ),
        Binding("tab", "mend", "Mend", id="query.mend", tooltip="Put what was meant for the misspelt name"),
        *(
            Binding(key, action, title, show=False, id=f"query.{name}", tooltip=tooltip)
            for name, key, action, title, tooltip in (
                ("text_start", "ctrl+home", "text_start", "Start", "To the start of the text"),
                ("text_end", "ctrl+end", "text_end", "End", "To the end of the text"),
            )
        ),
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
    # The text colours of a theme are legible on its background, and stay apart in 16 colours too.
    DEFAULT_CSS = """
    SoqlEditor, SoqlEditor:focus {
        height: auto; min-height: 3; max-height: 8; border: none; padding: 0 1;
        background: $background; scrollbar-size-vertical: 1;
        & .soql--keyword { color: $text-primary; text-style: bold; }
        & .soql--function { color: $text-secondary; }
        & .soql--object { text-style: bold; }
        & .soql--string, & .soql--search { color: $text-success; }
        & .soql--number, & .soql--date, & .soql--bind { color: $text-warning; }
        & .soql--comment { color: $text-muted; text-style: italic; }
        & .soql--error { color: $text-error; }
        & .soql--wrong { color: $text-error; text-style: bold underline; }
    }
    """

    @dataclass
    class Mended(Message):
        """What was wrong has been mended."""

    def __init__(self, text: str = "") -> None:
        # The style of the cursor's line would hide the colours in it.
        super().__init__(
            text,
            soft_wrap=True,
            show_line_numbers="\n" in text,
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self._wrong: tuple[int, int] | None = None
        self._marked_text = ""
        self._mend: Mend | None = None
        self._coloured: str | None = None
        self._stretches: Lines = {}

    @property
    def offset_of_cursor(self) -> int:
        """Where the cursor stands in the text."""
        return len(self.get_text_range((0, 0), self.cursor_location))

    def on_mount(self) -> None:
        """Go on behind the text that it was given."""
        self.action_text_end()

    def action_text_start(self) -> None:
        """Go to the start of the text."""
        self.move_cursor((0, 0))

    def action_text_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    def mark(self, start: int, end: int) -> None:
        """Mark a place as wrong and bring the cursor there; the text stays as it is.

        What is wrong with the end of the text is marked at its last sign: behind it nothing can be seen.
        """
        self._marked_text = self.text
        last = len(self.text.rstrip())
        seen = max(min(start, last - 1), 0)
        self._wrong = (seen, max(min(end, last), seen + 1))
        self.move_cursor(self._location(start))
        self._colour_anew()

    def offer(self, mend: Mend | None) -> None:
        """Have Tab mend the text as it is now; any other text takes the offer away."""
        self._marked_text = self.text
        self._mend = mend
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab is ours only while there is something to mend."""
        return action != "mend" or (self._mend is not None and self.text == self._marked_text)

    def action_mend(self) -> None:
        """Put what was meant for the misspelt name."""
        if (mend := self._mend) is not None:
            self.replace(mend.text, self._location(mend.start), self._location(mend.end))
            self.move_cursor(self._location(mend.start + len(mend.text)))
            self.unmark()
            self.post_message(self.Mended())

    def _location(self, offset: int) -> tuple[int, int]:
        newline = self.document.newline
        before = self.text[:offset]
        line = before.count(newline)
        return line, offset - (before.rfind(newline) + len(newline) if line else 0)

    def unmark(self) -> None:
        """Take the mark away, and what is offered instead."""
        if self._mend is not None:
            self._mend = None
            self.refresh_bindings()
        if self._wrong is not None:
            self._wrong = None
            self._colour_anew()

    def _colour_anew(self) -> None:
        self._coloured = None
        self.notify_style_update()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line with its colours."""
        line = super().get_line(line_index)
        for start, end, kind in self._stretches_of(self.text).get(line_index, ()):
            line.stylize(self.get_component_rich_style(f"soql--{kind}"), start, end)
        return line

    def _stretches_of(self, text: str) -> Lines:
        # Asked for each line that is drawn: the text is what tells, since an edit is drawn before it is told.
        if text != self._coloured:
            self._coloured = text
            found = list(stretches(text))
            if self._wrong:
                found.append((*self._wrong, "wrong"))
            lengths = [len(line) for line in self.document.lines]
            self._stretches = by_line(found, lengths, len(self.document.newline))
        return self._stretches

    def on_resize(self) -> None:
        """Draw the text as it is wrapped now: TextArea does only when its height changes with it."""
        self.refresh()

    def on_text_area_changed(self) -> None:
        """Number the lines once there is more than one; in another text the mistake is being mended."""
        self.show_line_numbers = self.document.line_count > 1
        if self.text != self._marked_text:
            self.unmark()
