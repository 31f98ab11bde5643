"""The list of fields with the editor that stands over a value."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import var

from sfexplorer.api.typed import Unfit, Value
from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors import FieldEditor, editor_for
from sfexplorer_record.fieldlist import FieldList


class EditDesk(Container):
    """Holds the list, and at most one editor, at the line under the cursor."""

    DEFAULT_CSS = """
    EditDesk { height: 1fr; layers: fields editor; }
    EditDesk > FieldList { layer: fields; height: 1fr; }
    """

    @dataclass
    class Edited(Message):
        """A value that fits the field was typed; with `save` the record is to be saved."""

        field: FieldDescribe
        value: Value
        save: bool
        name: str = ""
        """What the record of a reference is called, where the editor has found it."""

    class Closed(Message):
        """The editor was left; nothing changed."""

    touched: var[str] = var("")
    """The field whose editor holds something that is not taken yet; "" where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.list = FieldList()
        self.editor: FieldEditor | None = None

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.list

    def focus_content(self) -> None:
        """Give the focus to the editor, or to the list, at once: the next key may be waiting already."""
        target = (self.editor.focus_target() if self.editor else None) or self.list
        if target.is_attached:
            self.screen.set_focus(target)

    async def open(self, field: FieldDescribe, value: object, name: str, problem: str) -> None:
        """Open the editor of the field under the cursor.

        Args:
            field: The field's describe.
            value: The value to begin with.
            name: The name of the record that a reference points to, where it is known.
            problem: What the org has said against the value; it stands below the text until that is mended.
        """
        if self.editor is not None or not self.is_attached:
            return
        editor = self.editor = editor_for(field, value, name)
        self._place(editor)
        self.watch(editor, "touched", self._look, init=False)
        await self.mount(editor)
        # Meanwhile the app, the pane or the editor may have been closed.
        if self.editor is editor:
            self.focus_content()
            if problem:
                editor.complain(problem)

    def _look(self) -> None:
        self.touched = self.editor.field.name if self.editor and self.editor.touched else ""

    async def close(self) -> None:
        """Take the editor away."""
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self._look()
            self.focus_content()
            self.list.close_room()
            await editor.remove()

    def typed(self) -> dict[str, Value]:
        """What the open editor holds, by its field, where that fits and isn't what it began with."""
        if self.editor is None or not self.editor.touched:
            return {}
        try:
            return {self.editor.field.name: self.editor.typed()}
        except Unfit:
            return {}

    def is_editing(self, field: FieldDescribe) -> bool:
        """Whether the editor of this field is open."""
        return self.editor is not None and self.editor.field is field

    def complain(self, problem: str) -> None:
        """Say at the field what is wrong."""
        if self.editor is not None:
            self.editor.complain(problem)

    def on_resize(self) -> None:
        """Keep the editor at its line."""
        if self.editor is not None:
            self._place(self.editor)

    def on_field_editor_accepted(self, event: FieldEditor.Accepted) -> None:
        """Hand the value on; the editor closes when it was taken."""
        event.stop()
        if event.editor is self.editor:
            editor = event.editor
            name = editor.name_of(event.value)
            self.post_message(self.Edited(editor.field, event.value, event.save, name))

    async def on_field_editor_left(self, event: FieldEditor.Left) -> None:
        """Close the editor."""
        event.stop()
        await self.close()
        self.post_message(self.Closed())

    def _place(self, editor: FieldEditor) -> None:
        height = max(editor.lines(self.size.height), 1)
        place = Offset(0, 0) if editor.wide else self.list.make_room(height)
        editor.styles.offset = (place.x, place.y)
        editor.styles.width = max(self.size.width - place.x, 10)
        editor.styles.max_height = height
