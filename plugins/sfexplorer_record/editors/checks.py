"""The editor of a multi-select picklist: values to check."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sfexplorer.api.typed import Unfit, Value
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.choice import choices_of

_SHOWN = 8


class CheckList(OptionList):
    """Values to check with Space or a click; a letter goes to the next value that begins so.

    The checks are signs, not colours, so that they are seen without colour too.
    """

    DEFAULT_CSS = """
    CheckList { height: auto; max-height: 8; border: none; padding: 0; background: $panel; }
    CheckList:focus { border: none; background-tint: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "Check", id="record.check", tooltip="Check or uncheck the value"),
        Binding("enter", "accept", "Accept", id="record.checks_accept", tooltip="Take the checked values"),
    ]

    checked: var[frozenset[str]] = var(frozenset())
    """The values that are checked."""

    def __init__(self, labels: dict[str, str], checked: frozenset[str]) -> None:
        super().__init__(compact=True)
        self._labels = list(labels.items())
        self.checked = checked
        self.add_options([Option(self._prompt(index)) for index in range(len(self._labels))])

    def on_mount(self) -> None:
        """Begin at the first checked value."""
        if self._labels:
            checked = [at for at, (value, _) in enumerate(self._labels) if value in self.checked]
            self.highlighted = checked[0] if checked else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Check the value, or uncheck it."""
        event.stop()
        self.checked ^= {self._labels[event.option_index][0]}
        self.replace_option_prompt_at_index(event.option_index, self._prompt(event.option_index))

    def action_accept(self) -> None:
        """Hand Enter on to the editor around the list."""
        if isinstance(self.parent, FieldEditor):
            self.parent.action_accept()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are for finding a value, not for the keys of the app."""
        return character is not None and character.isalnum()

    def on_key(self, event: events.Key) -> None:
        """Go to the next value that begins with the letter."""
        letter = event.character
        if not letter or not letter.isalnum():
            return
        event.stop()
        at = self.highlighted if self.highlighted is not None else -1
        for step in range(1, len(self._labels) + 1):
            index = (at + step) % len(self._labels)
            if self._labels[index][1].lower().startswith(letter.lower()):
                self.highlighted = index
                return

    def _prompt(self, index: int) -> Text:
        value, label = self._labels[index]
        return Text(f"{'[x]' if value in self.checked else '[ ]'} {safe_text(label)}")


class ChecksEditor(FieldEditor):
    """A list in which any number of values can be checked."""

    keys = "Space checks   Enter takes it   Esc cancels"

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__(field, value)
        self._before = frozenset(value.split(";") if isinstance(value, str) and value else ())
        self._labels = {one.value: one.label for one in choices_of(field, None) if one.value is not None}
        for one in sorted(self._before - set(self._labels)):
            # Set while it was active: unchecking it must be possible, losing it by looking must not.
            self._labels[one] = f"{one} (no longer offered)"
        self._list = CheckList(self._labels, self._before)

    def compose_input(self) -> ComposeResult:
        """The active values, and those that are set though they are active no more."""
        yield self._list

    def on_mount(self) -> None:
        """Follow what is checked."""
        self.watch(self._list, "checked", self.look, init=False)

    def lines(self, available: int) -> int:
        """The list and the keys."""
        return min(1 + min(_SHOWN, len(self._labels)), available)

    def typed(self) -> Value:
        """The checked values, in the order of the list."""
        checked = self._list.checked
        if not self.is_touched():
            return self.value if isinstance(self.value, str) else None
        if not checked and not self.field.nillable:
            raise Unfit(f"{self.field.label} is required; check at least one value.")
        return ";".join(value for value in self._labels if value in checked) or None

    def is_touched(self) -> bool:
        """Whether other values are checked."""
        return self._list.checked != self._before
