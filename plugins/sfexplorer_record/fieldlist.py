"""The list of a record's fields: one line each, drawn as it comes into view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sfexplorer.api.ui.display import cell_width, fit, safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.showing import notice, sign, value_text
from sfexplorer_record.state import RecordState

_WIDE = 120
"""From this width on, label and type have columns of their own."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a line stand, in terminal columns."""

    name: int
    label: int
    type: int
    rest: int

    @property
    def value_start(self) -> int:
        """The column in which values begin."""
        return 2 + sum(width + 2 for width in (self.name, self.label, self.type) if width)


class FieldList(ScrollView, can_focus=True, inherit_bindings=False):
    """The fields of a record under a cursor. It draws what the state holds and knows nothing of an org."""

    DEFAULT_CSS = """
    FieldList { scrollbar-size: 0 0; background: transparent; }
    FieldList > .fields--cursor { text-style: bold; }
    FieldList:focus > .fields--cursor { color: $accent; text-style: bold reverse; }
    FieldList > .fields--changed { color: $text-warning; }
    FieldList > .fields--error { color: $text-error; }
    FieldList > .fields--quiet { color: $text-muted; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "fields--cursor",
        "fields--changed",
        "fields--error",
        "fields--quiet",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False, id="record.up", tooltip="The field above"),
        Binding("down,j", "move(1)", "Down", show=False, id="record.down", tooltip="The field below"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="record.page_up", tooltip="A page up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="record.page_down", tooltip="A page down"),
        Binding("home,g", "first", "First", show=False, id="record.first", tooltip="The first field"),
        Binding("end,G", "last", "Last", show=False, id="record.last", tooltip="The last field"),
    ]

    @dataclass
    class CursorMoved(Message):
        """The cursor stands on another field, or on none."""

        field: FieldDescribe | None

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts."""
            return isinstance(message, FieldList.CursorMoved)

    class Chosen(Message):
        """The field under the cursor was clicked twice."""

    def __init__(self) -> None:
        super().__init__()
        self.state: RecordState | None = None
        self.fields: Sequence[FieldDescribe] = ()
        self.cursor = 0
        self._rows: list[tuple[int, str]] = []
        self._row_of: list[int] = []
        self._room = 0
        self._name_width = 0

    @property
    def field(self) -> FieldDescribe | None:
        """The field under the cursor."""
        return self.fields[self.cursor] if self.fields else None

    def show(self, state: RecordState, fields: Sequence[FieldDescribe]) -> None:
        """Show `fields` of the record; the cursor stays on its field, or goes to the next."""
        before = self.field.name if self.field else None
        self.state, self.fields = state, fields
        self._rows, self._row_of = [], []
        self._name_width = max((cell_width(safe_text(one.name)) for one in fields), default=0)
        for index, one in enumerate(fields):
            self._row_of.append(len(self._rows))
            self._rows.append((index, ""))
            if told := notice(state, one):
                self._rows.append((index, told))
        self.cursor = self._nearest(before)
        self._resize_content()
        self.refresh()
        self._reveal()
        self.post_message(self.CursorMoved(self.field))

    def _nearest(self, name: str | None) -> int:
        """The index of the field of that name, or of the next one in the org's order that is shown."""
        if self.state is None or name is None:
            return 0
        order = {one.name: place for place, one in enumerate(self.state.describe.fields)}
        place = order.get(name, 0)
        return next((index for index, one in enumerate(self.fields) if order[one.name] >= place), 0)

    def move_to(self, name: str) -> None:
        """Put the cursor on the field of that API name."""
        for index, one in enumerate(self.fields):
            if one.name.lower() == name.lower():
                self._go(index)

    def columns(self) -> Columns:
        """The columns at the present width."""
        width = self.size.width
        name = max(12, min(self._name_width, 40 if width >= _WIDE else 22 if width >= 72 else 18))
        label, kind = (30, 13) if width >= _WIDE else (0, 0)
        columns = Columns(name, label, kind, 0)
        return Columns(name, label, kind, max(width - columns.value_start - 1, 0))

    def make_room(self, height: int) -> Offset:
        """Where an editor of `height` lines stands, at the cursor's value; scrolls to make it fit."""
        self._room = height
        self._resize_content()
        row = self._cursor_row
        top = min(self.scroll_offset.y, row)
        if row - top + height > self.size.height:
            top = min(row + height - self.size.height, row)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        return Offset(self.columns().value_start, row - top)

    def close_room(self) -> None:
        """Take back the lines that were added below the last field for an editor."""
        self._room = 0
        self._resize_content()
        self.refresh()

    @property
    def _cursor_row(self) -> int:
        return self._row_of[self.cursor] if self._row_of else 0

    def _resize_content(self) -> None:
        row = self._cursor_row
        self.virtual_size = Size(self.size.width, max(len(self._rows), row + self._room))

    def _go(self, index: int) -> None:
        if not self.fields:
            return
        self.cursor = max(0, min(index, len(self.fields) - 1))
        self._reveal()
        self.refresh()
        self.post_message(self.CursorMoved(self.field))

    def _reveal(self) -> None:
        """Scroll the field under the cursor into view, with what the org has said against it."""
        if not self.size.height or not self._rows:
            return
        row = self._cursor_row
        height = sum(1 for index, _ in self._rows[row : row + 2] if index == self.cursor)
        region = Region(0, row, 1, height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True, x_axis=False)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._resize_content()
        self._reveal()

    def action_move(self, by: int) -> None:
        """Move the cursor by some fields."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self._go(self.cursor + by * max(self.size.height - 1, 1))

    def action_first(self) -> None:
        """Go to the first field."""
        self._go(0)

    def action_last(self) -> None:
        """Go to the last field."""
        self._go(len(self.fields) - 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the click was; a second click chooses the field."""
        row = event.y + self.scroll_offset.y
        if self._room:
            return
        if 0 <= row < len(self._rows):
            self._go(self._rows[row][0])
            if event.chain == 2:
                self.post_message(self.Chosen())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel waits while an editor is open, which stands at its line."""
        if self._room:
            event.prevent_default()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """As the wheel in the other direction."""
        if self._room:
            event.prevent_default()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        row = y + self.scroll_offset.y
        width = self.size.width
        if self.state is None or row >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        index, problem = self._rows[row]
        if problem:
            start = min(self.columns().value_start, width)
            # The org's refusal stands nowhere else, so the key that mends it stands with it.
            key = "  e Mend" if self.fields[index].name in self.state.errors else ""
            text = fit(f"! {problem}", width - start - len(key)) + key
            return Strip([Segment(" " * start, self.rich_style), Segment(text, self._style("error"))], width)
        return Strip(self._line(self.state, index), width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"fields--{name}")

    def _line(self, state: RecordState, index: int) -> list[Segment]:
        one, columns = self.fields[index], self.columns()
        changed, under_cursor = state.record.is_changed(one.name), index == self.cursor
        quiet = self._style("quiet")
        if under_cursor:
            base = quiet = self._style("cursor")
        elif changed:
            base = self._style("changed")
        else:
            base = self.rich_style if state.is_editable(one) else quiet
        mark = "!" if notice(state, one) else "*" if changed else " "
        lead = ("*" if changed else "!" if mark == "!" else ">") if under_cursor else mark
        segments = [Segment(f"{lead}{'>' if under_cursor and lead != '>' else ' '}", base)]
        for text, width in ((one.name, columns.name), (one.label, columns.label), (one.type, columns.type)):
            if width:
                segments.append(
                    Segment(f"{fit(safe_text(text), width)}  ", base if text is one.name else quiet)
                )
        beside = sign(state, one, columns.rest)
        # A value and what it was share the line; a mere sign takes only its own width.
        sign_width = min(cell_width(beside), columns.rest // 2)
        value_width = columns.rest - sign_width - (1 if sign_width else 0)
        value = fit(value_text(state, one, value_width), value_width)
        null = state.record.get(one.name) is None
        segments.append(Segment(value, quiet if null and not changed else base))
        if sign_width:
            segments.append(Segment(f" {fit(beside, sign_width)}", quiet))
        segments.append(Segment(" ", base))
        return segments
