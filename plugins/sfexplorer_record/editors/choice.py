"""The editor of a picklist: the values to choose from, found by typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sfexplorer.api.typed import Unfit, Value, parse_text
from sfexplorer.api.ui.display import NULL, safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.visible import Visible

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose, and how it reads."""

    value: str | None
    label: str


def choices_of(field: FieldDescribe, value: object) -> list[Choice]:
    """What can be chosen: the active values, the present one even if it isn't, and none where null may be."""
    choices = [Choice(None, f"{NULL} no value")] if field.nillable else []
    choices += [Choice(one.value, one.label or one.value) for one in field.picklist_values if one.active]
    if isinstance(value, str) and value and all(choice.value != value for choice in choices):
        retired = {one.value: one.label or one.value for one in field.picklist_values}
        gone = value in retired or field.restricted_picklist
        choices.append(Choice(value, f"{retired.get(value, value)}{' (no longer offered)' if gone else ''}"))
    return choices


class ChoiceEditor(FieldEditor):
    """A list of values below a line in which to type some letters of the one that is wanted."""

    DEFAULT_CSS = """
    ChoiceEditor OptionList { height: auto; max-height: 8; background: $panel; border: none; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="record.choice_up", tooltip="The value above"),
        Binding("down", "move(1)", "Down", show=False, id="record.choice_down", tooltip="The value below"),
        Binding(
            "pageup", "move(-8)", "Page up", show=False, id="record.choices_up", tooltip="Eight values up"
        ),
        Binding(
            "pagedown", "move(8)", "Page down", show=False, id="record.choices_down", tooltip="Eight down"
        ),
    ]
    keys = "Up/Down   Enter takes it   Esc cancels"

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__(field, value)
        self._all = choices_of(field, value)
        # A combobox holds free text with suggestions: one goes on from the text that is there.
        self._start = value if field.type == "combobox" and isinstance(value, str) else ""
        self._offered: list[Choice] = []
        self._input = Input(
            self._start,
            compact=True,
            select_on_focus=False,
            highlighter=Visible(),
            placeholder="type to find a value",
        )
        self._options = OptionList(compact=True)
        self._options.can_focus = False
        self._first: int | None = None

    def compose_input(self) -> ComposeResult:
        """The line to type in, the list below it, at the present value."""
        self._offer(self._start)
        self._first = self._options.highlighted
        yield self._input
        yield self._options

    def on_mount(self) -> None:
        """Follow what is typed and chosen."""
        self.watch(self._input, "value", self.look, init=False)
        self.watch(self._options, "highlighted", self.look, init=False)

    def lines(self, available: int) -> int:
        """The line, the list, the keys."""
        return min(2 + min(_SHOWN, len(self._all)), available)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what has the typed letters."""
        event.stop()
        self._offer(event.value)
        self.hint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the value under the cursor."""
        event.stop()
        self.action_accept()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes the value."""
        event.stop()
        event.option_list.highlighted = event.option_index
        self.action_accept()

    def action_move(self, by: int) -> None:
        """Move through the list; it ends at its ends."""
        if self._offered:
            at = (self._options.highlighted or 0) + by
            self._options.highlighted = max(0, min(at, len(self._offered) - 1))

    def typed(self) -> Value:
        """The value under the cursor."""
        at = self._options.highlighted
        if at is None or not self._offered:
            raise Unfit("None of the values of this list has these letters.")
        chosen = self._offered[at].value
        return parse_text(self.field, chosen, self.value) if chosen else chosen

    def is_touched(self) -> bool:
        """Whether letters were typed, or another value is under the cursor."""
        return self._input.value != self._start or self._options.highlighted != self._first

    def _offer(self, letters: str) -> None:
        typed = "" if letters == self._start else letters.strip()
        wanted = typed.lower()
        begin = [one for one in self._all if one.label.lower().startswith(wanted)]
        self._offered = begin + [one for one in self._all if one not in begin and wanted in one.label.lower()]
        exact = any(typed in (one.value, one.label) for one in self._all)
        if typed and not exact and not self.field.restricted_picklist:
            self._offered.append(Choice(typed, f"{typed} (a new value)"))
        self._options.clear_options()
        self._options.add_options(Option(Text(safe_text(one.label))) for one in self._offered)
        present = [at for at, one in enumerate(self._offered) if one.value == self.value]
        if self._offered:
            self._options.highlighted = present[0] if present and not typed else 0
