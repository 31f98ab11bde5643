"""The editor of a multi-select picklist: values to check."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.choice import choices_of
from sfexplorer_record.typed import Unfit, Value

_SHOWN = 8


class CheckList(SelectionList[str]):
    """Values to check with Space; Enter is left to the editor, letters go to the value that begins so."""

    DEFAULT_CSS = """
    CheckList { height: auto; max-height: 8; border: none; padding: 0; background: $panel; }
    CheckList:focus { border: none; background-tint: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Accept", id="record.checks_accept", tooltip="Take the checked values"),
    ]

    def action_accept(self) -> None:
        """Hand Enter on to the editor around the list."""
        if isinstance(self.parent, FieldEditor):
            self.parent.action_accept()

    def on_key(self, event: events.Key) -> None:
        """Go to the next value that begins with the letter."""
        letter = event.character
        if not letter or not letter.isalnum():
            return
        event.stop()
        count = self.option_count
        at = self.highlighted if self.highlighted is not None else -1
        for step in range(1, count + 1):
            index = (at + step) % count
            if str(self.get_option_at_index(index).prompt).lower().startswith(letter.lower()):
                self.highlighted = index
                return


class ChecksEditor(FieldEditor):
    """A list in which any number of values can be checked."""

    keys = "Space checks   Enter takes it   Esc cancels"

    def __init__(self, field: FieldDescribe, value: object) -> None:
        super().__init__(field, value)
        self._before = value.split(";") if isinstance(value, str) and value else []
        self._labels = {one.value: one.label for one in choices_of(field, None) if one.value is not None}
        for one in self._before:
            self._labels.setdefault(one, f"{one} (no longer offered)")

    def compose_input(self) -> ComposeResult:
        """The active values, and those that are set though they are active no more."""
        yield CheckList(
            *(
                Selection(Content(safe_text(label)), value, value in self._before)
                for value, label in self._labels.items()
            ),
            compact=True,
        )

    def lines(self, available: int) -> int:
        """The list and the keys."""
        return min(1 + min(_SHOWN, len(self._labels)), available)

    def typed(self) -> Value:
        """The checked values, in the order of the list."""
        checked = self.query_one(CheckList).selected
        if set(checked) == set(self._before) and (isinstance(self.value, str) or not checked):
            return self.value if isinstance(self.value, str) else None
        if not checked and not self.field.nillable:
            raise Unfit(f"{self.field.label} is required; check at least one value.")
        order = {one.value: at for at, one in enumerate(self.field.picklist_values)}
        return ";".join(sorted(checked, key=lambda value: order.get(value, len(order)))) or None
