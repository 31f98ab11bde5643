"""The text of a query: coloured as it is typed, what is wrong marked, and the keys of who types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.events import Key
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets.text_area import Edit, EditResult

from sfexplorer.api.ui.text_area import WrappedTextArea
from sfexplorer_query.colours import Lines, by_line, marks, stretches
from sfexplorer_query.completing import Completing
from sfexplorer_query.completion_list import CompletionList
from sfexplorer_query.editor_bindings import EDITOR_BINDINGS
from sfexplorer_query.findings import Finding
from sfexplorer_query.known_objects import KnownObjects
from sfexplorer_query.marks import Marks
from sfexplorer_query.pairs import CLOSING, PAIRS, effect_of, is_empty_pair

# Signs that nothing is seen of and that a terminal obeys; no statement needs any of them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class SoqlEditor(WrappedTextArea, inherit_bindings=False):
    """An editor that is as high as its text, within bounds, and colours it as SOQL.

    Args:
        text: What stands in it at first.
        offers: Where completion shows what it offers.
        known: What is known of the org.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*EDITOR_BINDINGS]
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
        "soql--doubtful",
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
        & .soql--doubtful { color: $text-warning; text-style: bold underline; }
    }
    """

    @dataclass
    class NothingFits(Message):
        """Offers were asked for, and there are none."""

    def __init__(self, text: str, offers: CompletionList, known: KnownObjects) -> None:
        # The style of the cursor's line would hide the colours in it.
        super().__init__(
            _shown(text),
            soft_wrap=True,
            show_line_numbers="\n" in text,
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self.completing = Completing(self, offers, known)
        self._marks = Marks(text)
        self._row = 0
        self._coloured: str | None = None
        self._stretches: Lines = {}

    def on_mount(self) -> None:
        """Go on behind the text that it was given."""
        self.action_text_end()

    # Places in the text.

    @property
    def offset_of_cursor(self) -> int:
        """Where the cursor stands in the text."""
        return len(self.get_text_range((0, 0), self.cursor_location))

    def place_on_screen(self, offset: int) -> Offset:
        """Where on the screen a place in the text is, if it is in the cursor's line; else the cursor."""
        cursor = self.cursor_screen_offset
        place = self.wrapped_document.location_to_offset(self._location(offset))
        here = self.wrapped_document.location_to_offset(self.cursor_location)
        return cursor - Offset(here.x - place.x, 0) if here.y == place.y else cursor

    def put(self, text: str, start: int, end: int, cursor: int | None = None) -> None:
        """Put a text into the place of another, in one step that can be undone.

        Args:
            text: What is put in.
            start: The offset of what it replaces.
            end: The offset behind that.
            cursor: Where the cursor is then; behind the text where nothing is said.
        """
        self.replace(text, self._location(start), self._location(end), maintain_selection_offset=False)
        if cursor is not None:
            self.move_cursor(self._location(cursor))

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, whoever does: nothing gets in that a terminal would obey."""
        edit.text = _shown(edit.text)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        """Show another text."""
        super().load_text(_shown(text))

    def go_to(self, offset: int) -> None:
        """Bring the cursor to a place in the text."""
        self.move_cursor(self._location(offset))

    def action_text_start(self) -> None:
        """Go to the start of the text."""
        self.move_cursor((0, 0))

    def action_text_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    def _location(self, offset: int) -> tuple[int, int]:
        newline = self.document.newline
        before = self.text[:offset]
        line = before.count(newline)
        return line, offset - (before.rfind(newline) + len(newline) if line else 0)

    # What is wrong with the text.

    @property
    def findings(self) -> Sequence[Finding]:
        """What is known to be wrong with the text as it is now."""
        return self._marks.of(self.text)

    @property
    def at_hand(self) -> Finding | None:
        """What is wrong at the cursor, else the first that is."""
        return self._marks.at(self.offset_of_cursor, self.text)

    def find(self, findings: Sequence[Finding]) -> None:
        """Mark what is wrong with the text as it is now."""
        if self._marks.put(findings, self.text):
            self._coloured = None
            self.notify_style_update()
            self.refresh()
            self.refresh_bindings()

    # Keys.

    async def _on_key(self, event: Key) -> None:
        """Do what a key does at its turn, so that a burst of keys does the same as keys one by one.

        A private override: TextArea leaves the keys with actions to the app, which comes to them only when
        what was typed behind them is in the text. `test_keys.py` pins it.
        """
        event.prevent_default()
        if self.screen.focused is not self:
            return  # A key before it has moved the focus; the app aims this one anew.
        if event.is_printable or event.key == "enter":
            await self._type(event)
            return
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self and active.enabled:
            event.stop()
            await self.run_action(active.binding.action)
        elif event.key == "tab":
            event.stop()
            self.screen.focus_next()

    async def _type(self, event: Key) -> None:
        character = event.character or ""
        if event.key == "enter":
            if self.completing.is_chosen:
                event.stop()
                self.action_accept_chosen()
                return
            self.completing.close()
        elif self.selection.is_empty and character in PAIRS.keys() | CLOSING and self._pair(character):
            event.stop()
            self.completing.typed(character)
            return
        await super()._on_key(event)
        self.completing.typed(character)

    def _pair(self, sign: str) -> bool:
        """Put in a pair, or step over its end; whether that was it."""
        text, offset = self.text, self.offset_of_cursor
        effect = effect_of(sign, text[:offset], text[offset:])
        if effect == "pair":
            self.put(sign + PAIRS[sign], offset, offset, offset + 1)
        elif effect == "over":
            self.go_to(offset + 1)
        return effect != "plain"

    def action_delete_left(self) -> None:
        """Delete what is selected, or the sign before the cursor, and its partner right behind it."""
        text, offset = self.text, self.offset_of_cursor
        if self.selection.is_empty and is_empty_pair(text[:offset], text[offset:]):
            self.put("", offset - 1, offset + 1)
        else:
            super().action_delete_left()
        self.completing.erased()

    def action_cursor_up(self, select: bool = False) -> None:
        """Choose the offer above, or go up."""
        if select or not self.completing.move(-1):
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Choose the offer below, or go down."""
        if select or not self.completing.move(1):
            super().action_cursor_down(select)

    def action_cursor_page_up(self) -> None:
        """Choose an offer a page above, or go up so far."""
        if not self.completing.page(-1):
            super().action_cursor_page_up()

    def action_cursor_page_down(self) -> None:
        """Choose an offer a page below, or go down so far."""
        if not self.completing.page(1):
            super().action_cursor_page_down()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab, Enter and Escape are ours only while there is something to take or to close."""
        match action:
            case "accept" | "close_offers":
                return self.completing.is_open
            case "accept_chosen":
                return self.completing.is_chosen
            case "mend":
                return (finding := self.at_hand) is not None and finding.mend is not None
        return True

    def action_complete(self) -> None:
        """Offer whatever may stand at the cursor, or say that nothing does."""
        if not self.completing.ask():
            self.post_message(self.NothingFits())

    def action_accept(self) -> None:
        """Take the offer that was chosen, else the first; where there is none, go on with what Tab does."""
        if self.completing.accept():
            return
        if self.check_action("mend", ()):
            self.action_mend()
        else:
            self.screen.focus_next()

    def action_accept_chosen(self) -> None:
        """Take the offer that was chosen."""
        self.completing.accept()

    def action_close_offers(self) -> None:
        """Close the list."""
        self.completing.close()

    def action_mend(self) -> None:
        """Put what was meant for what is wrong; who types elsewhere goes on there."""
        if (finding := self.at_hand) is None or (mend := finding.mend) is None:
            return
        offset, behind = self.offset_of_cursor, mend.start + len(mend.text)
        if offset > finding.end and offset >= mend.end:
            self.put(mend.text, mend.start, mend.end, offset + behind - mend.end)
        else:
            self.put(mend.text, mend.start, mend.end, offset if offset < mend.start else behind)

    def on_blur(self) -> None:
        """Who is elsewhere is offered nothing."""
        self.completing.close()

    # How it looks.

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        self._row = y + self.scroll_offset.y
        return super().render_line(y)

    def get_line(self, line_index: int) -> Text:
        """A line with the colours of the part of it that is drawn: a whole long one would cost too much."""
        line = super().get_line(line_index)
        first, last = self._drawn_part(line_index, len(line))
        for start, end, kind in self._stretches_of(self.text).get(line_index, ()):
            if start < last and first < end:
                line.stylize(self.get_component_rich_style(f"soql--{kind}"), start, end)
        return line

    def _drawn_part(self, line_index: int, length: int) -> tuple[int, int]:
        """Between which columns of a line the row that is drawn lies; all of a line that is not wrapped."""
        heights = self.wrapped_document.get_offsets
        wraps = heights(line_index)
        section = self._row - sum(len(heights(above)) + 1 for above in range(line_index)) if wraps else -1
        if not 0 <= section <= len(wraps):
            return 0, length
        return [0, *wraps][section], [*wraps, length][section]

    def _stretches_of(self, text: str) -> Lines:
        # Asked for each row that is drawn: the text is what tells, since an edit is drawn before it is told.
        if text != self._coloured:
            self._coloured = text
            found = [*stretches(text), *marks(self.findings, text)]
            lengths = [len(line) for line in self.document.lines]
            self._stretches = by_line(found, lengths, len(self.document.newline))
        return self._stretches

    def on_text_area_changed(self) -> None:
        """Number the lines once there is more than one."""
        self.show_line_numbers = self.document.line_count > 1
        self.completing.moved()

    def on_text_area_selection_changed(self) -> None:
        """A list belongs to its place."""
        self.completing.moved()


def _shown(text: str) -> str:
    return _CONTROLS.sub("", text)
