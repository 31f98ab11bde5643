"""The editor of one line: texts, numbers, dates, times, Ids."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input

from sfexplorer.api.typed import Value, edit_text, parse_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.visible import Visible

_FORMS = {"date": "YYYY-MM-DD", "datetime": "YYYY-MM-DD HH:MM", "time": "HH:MM"}


class LineEditor(FieldEditor):
    """A text in one line, typed as the field's type wants it.

    Args:
        field: The field's describe.
        value: The value to begin with.
    """

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__(field, value)
        self._start = edit_text(field, value)
        self._input = Input(
            self._start,
            compact=True,
            select_on_focus=False,
            highlighter=Visible(),
            placeholder=_FORMS.get(field.type, ""),
        )

    def compose_input(self) -> ComposeResult:
        """The text, with the cursor at its end."""
        yield self._input

    def on_mount(self) -> None:
        """Say what fits, and follow the text."""
        self._tell(self._start)
        self.watch(self._input, "value", self.look, init=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count along; what was wrong is taken away as soon as it is being mended."""
        event.stop()
        self._tell(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the text."""
        event.stop()
        self.action_accept()

    def typed(self) -> Value:
        """The value that the text stands for."""
        return parse_text(self.field, self._input.value, self.value)

    def is_touched(self) -> bool:
        """Whether the text is another one."""
        return self._input.value != self._start

    def _tell(self, text: str) -> None:
        self.hint(f"{self._limits(text)}   {self.keys}".strip())

    def _limits(self, text: str) -> str:
        field = self.field
        if field.type == "reference":
            return "a record Id"
        if field.type in _FORMS:
            return _FORMS[field.type] + (" local time" if field.type == "datetime" else "")
        if field.type in ("int", "long"):
            return f"whole number, {field.digits} digits" if field.digits else "whole number"
        if field.type in ("double", "currency", "percent"):
            return f"number, {max(field.precision - field.scale, 0)} digits and {field.scale} decimals"
        return f"{len(text):,} of {field.length:,}" if field.length else ""
