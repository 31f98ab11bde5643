"""The editor of long texts: as many lines as there is room for."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from sfexplorer.api.typed import Value, parse_text
from sfexplorer.api.ui.text_area import WrappedTextArea
from sfexplorer.client import FieldDescribe, safe_filename
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.visible import visible_text


class LongText(WrappedTextArea):
    """A text area in which nothing that a terminal would obey is drawn as it is."""

    edits: var[int] = var(0)
    """Grows with each edit, at once; the message of it comes only after the keys that wait already."""

    def edit(self, edit: Edit) -> EditResult:
        """Edit the text, and count it."""
        result = super().edit(edit)
        self.edits += 1
        return result

    def get_line(self, line_index: int) -> Text:
        """The line as it is drawn."""
        return Text(visible_text(self.document.get_line(line_index)), end="", no_wrap=True)


# More than that is no street of an address, and wants all the room there is.
_SHORT = 255


class LongTextEditor(FieldEditor):
    """A text of many lines, a long one over the whole pane. Enter begins a line; Tab takes the text."""

    DEFAULT_CSS = """
    LongTextEditor LongText { height: 1fr; border: none; padding: 0; background: $panel; }
    LongTextEditor LongText:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f10",
            "edit_outside",
            "$EDITOR",
            id="record.edit_outside",
            tooltip="Edit it in your own editor",
        ),
    ]
    keys = "Tab takes it   Ctrl+S saves   F10 $EDITOR   Esc cancels"

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__(field, value)
        self._area = LongText(
            value if isinstance(value, str) else "",
            soft_wrap=True,
            compact=True,
            highlight_cursor_line=False,
        )
        self.wide = field.length > _SHORT or self._area.document.line_count > 8
        # As the text area holds it: it makes all line ends alike.
        self._shown = self._area.text

    def compose_input(self) -> ComposeResult:
        """The text, with the cursor at its beginning."""
        yield self._area

    def on_mount(self) -> None:
        """Say what fits, and follow the text."""
        self._count()
        self.watch(self._area, "edits", self.look, init=False)

    def lines(self, available: int) -> int:
        """All there are for a long text, a few for a short one."""
        return available if self.wide else min(7, available)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Count along."""
        event.stop()
        self._count()
        self.look()

    def typed(self) -> Value:
        """The text; exactly the value that was there where nothing was typed."""
        if not self.is_touched():
            return self.value if isinstance(self.value, str) else None
        return parse_text(self.field, self._area.text, self.value)

    def is_touched(self) -> bool:
        """Whether the text is another one."""
        return self._area.text != self._shown

    def action_edit_outside(self) -> None:
        """Go on in the person's own editor, and take what was saved there as if it had been typed."""
        from sfexplorer.api.ui.external_editor import EditorFailed, edit_outside

        area, before = self._area, self._area.text
        try:
            after = edit_outside(self.app, before, f"{safe_filename(self.field.name)}.txt")
        except EditorFailed as error:
            self.complain(str(error))
            return
        if after != before:
            area.replace(after, area.document.start, area.document.end)

    def _count(self) -> None:
        length = f" of {self.field.length:,}" if self.field.length else ""
        self.hint(f"{len(self._area.text):,}{length}   {self.keys}")
