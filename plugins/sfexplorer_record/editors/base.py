"""What all editors of a field have: the value they began with, a place for what is wrong, the ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.api.typed import Unfit, Value
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe


class FieldEditor(Vertical):
    """An editor that stands over a field's value in the list.

    A subclass gives `compose_input`, `typed`, `lines` and `is_touched`, and calls `look` at each change.

    Args:
        field: The field's describe.
        value: The value to begin with.
    """

    DEFAULT_CSS = """
    FieldEditor { layer: editor; height: auto; background: $panel; }
    FieldEditor > .hint { height: auto; max-height: 3; color: $text-muted; background: $panel; }
    FieldEditor > .hint.problem { color: $text-error; }
    FieldEditor Input { background: $panel; padding: 0; }
    FieldEditor OptionList > .option-list--option-highlighted { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab,enter", "accept", "Accept", id="record.accept", tooltip="Take the value into the record"
        ),
        Binding(
            "ctrl+s",
            "accept(True)",
            "Save",
            id="record.accept_save",
            tooltip="Take the value, then save the record",
        ),
        Binding("escape", "leave", "Cancel", id="record.cancel", tooltip="Leave the field as it was"),
    ]
    keys = "Enter takes it   Esc cancels"
    wide = False
    """Whether it takes the whole pane rather than the place of the value."""

    touched: var[bool] = var(False)
    """Whether it holds something else than it began with."""

    @dataclass
    class Accepted(Message):
        """A value that fits was given; with `save` the record is to be saved with it."""

        editor: FieldEditor
        value: Value
        save: bool

    @dataclass
    class Left(Message):
        """The editor was left without a value."""

        editor: FieldEditor

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__()
        self.field = field
        self.value = value
        self._line = Static(classes="hint", markup=False)

    def compose(self) -> ComposeResult:
        """The input, and the line below it."""
        yield from self.compose_input()
        self.hint()
        yield self._line

    def compose_input(self) -> ComposeResult:
        """The input itself."""
        yield from ()

    def lines(self, available: int) -> int:
        """How many lines it takes at most, of those that there are."""
        return min(3, available)

    def focus_target(self) -> Widget | None:
        """What takes the keys; None before it is there."""
        return next((widget for widget in self.query("*") if widget.focusable), None)

    def typed(self) -> Value:
        """The value as it stands in the input; raises `Unfit`."""
        raise Unfit("This field can't be edited here.")

    def name_of(self, value: object) -> str:
        """What the record of the Id `value` is called, where the editor has found it."""
        return ""

    def is_touched(self) -> bool:
        """Whether something else stands in the input than it began with, fit or not."""
        return False

    def look(self) -> None:
        """Note at once whether something would be lost: the key after this one may be the one that leaves."""
        self.touched = self.is_touched()

    def hint(self, text: str = "") -> None:
        """Say something below the input, in the place of what was wrong."""
        self._line.remove_class("problem")
        self._line.update(text or self.keys)

    def complain(self, problem: str) -> None:
        """Say what is wrong with the text; it stays as it was typed."""
        self._line.add_class("problem")
        self._line.update(f"! {safe_text(problem)}")

    def action_accept(self, save: bool = False) -> None:
        """Give the value, or say what is wrong with it."""
        try:
            value = self.typed()
        except Unfit as problem:
            self.complain(str(problem))
        else:
            self.post_message(self.Accepted(self, value, save))

    def action_leave(self) -> None:
        """Leave the field as it was."""
        self.post_message(self.Left(self))
