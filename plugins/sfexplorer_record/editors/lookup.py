"""The editor of a reference: the records that it can point to, found by some letters of their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sfexplorer.api.typed import Unfit, Value
from sfexplorer.api.ui.display import NULL, fit, safe_text
from sfexplorer.client import FieldDescribe, is_id, to_18
from sfexplorer_record.editors.base import FieldEditor
from sfexplorer_record.editors.visible import Visible
from sfexplorer_record.lookups import Hit

_SHOWN = 8
_NAME_WIDTH = 40


@dataclass(frozen=True, slots=True)
class _Offer:
    """A line of the list: a record, no value, or an sObject to look for records in."""

    title: str
    id: str | None = None
    type: str = ""


class LookupEditor(FieldEditor):
    """A line to type a name or an Id in, and the records that are found; of several sObjects, first which.

    It knows no org: it posts `Wanted`, and is told by `offer`.

    Args:
        field: The field's describe.
        value: The Id to begin with.
        name: The name of the record that it points to.
    """

    DEFAULT_CSS = """
    LookupEditor OptionList {
        height: auto; max-height: 8; background: $panel; border: none; padding: 0;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="record.lookup_up", tooltip="The record above"),
        Binding("down", "move(1)", "Down", show=False, id="record.lookup_down", tooltip="The record below"),
        # Before the text field, which knows the key too; it works only where that has nothing to take away.
        Binding(
            "backspace",
            "types",
            "sObjects",
            show=False,
            priority=True,
            id="record.lookup_types",
            tooltip="Choose another sObject",
        ),
    ]
    keys = "Up/Down   Enter takes it   Esc cancels"

    @dataclass
    class Wanted(Message):
        """Records of an sObject are wanted whose name has these letters."""

        editor: LookupEditor
        type: str
        letters: str

    def __init__(self, field: FieldDescribe, value: object, name: str = "") -> None:
        super().__init__(field, value)
        self._name = name
        self._type = field.reference_to[0] if len(field.reference_to) == 1 else ""
        self._offers: list[_Offer] = []
        self._told: str | None = None
        self._asked: str | None = None
        self._listed = ""
        self._accepting: bool | None = None
        self._names: dict[str, str] = {}
        self._input = Input(compact=True, select_on_focus=False, highlighter=Visible())
        self._options = OptionList(compact=True)
        self._options.can_focus = False
        self._first: int | None = None

    def compose_input(self) -> ComposeResult:
        """The line to type in, the list below it."""
        self._list_known([])
        self._first = self._options.highlighted
        yield self._input
        yield self._options

    def on_mount(self) -> None:
        """Follow what is typed and chosen, and ask for the records seen last."""
        self.watch(self._input, "value", self.look, init=False)
        self.watch(self._options, "highlighted", self.look, init=False)
        self._ask("")

    def lines(self, available: int) -> int:
        """The line, the list, the keys."""
        return min(2 + _SHOWN, available)

    def offer(self, letters: str, hits: Sequence[Hit], problem: str = "") -> None:
        """List what was found for `letters`; what was typed since asks anew."""
        if letters != self._input.value.strip():
            return
        self._told = letters
        self._names |= {hit.id: hit.name for hit in hits}
        self._list_known(hits)
        accepting, self._accepting = self._accepting, None
        if problem:
            self.complain(problem)
        elif accepting is not None and len(hits) == 1:
            self.action_accept(accepting)
        elif letters and not hits:
            self.complain(self._nothing())

    def name_of(self, value: object) -> str:
        """The name of a record that was found."""
        return self._names.get(str(value), "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed."""
        event.stop()
        self._accepting = None
        letters = event.value.strip()
        self.hint()
        if not self._type:
            self._list_known([])
        elif letters not in (self._told, self._asked):
            self._ask(letters)

    def _ask(self, letters: str) -> None:
        self._told, self._asked = None, letters
        if self._type and not is_id(letters):
            self.post_message(self.Wanted(self, self._type, letters))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the record under the cursor, or goes on to the records of the sObject."""
        event.stop()
        self.action_accept()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes the record."""
        event.stop()
        event.option_list.highlighted = event.option_index
        self.action_accept()

    def action_move(self, by: int) -> None:
        """Move through the list; it ends at its ends."""
        if self._offers:
            here = self._options.highlighted
            at = (-1 if here is None else here) + by
            self._options.highlighted = max(0, min(at, len(self._offers) - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Backspace goes back to the sObjects only where no letter is left to take away."""
        if action == "types":
            return bool(self._type) and len(self.field.reference_to) > 1 and not self._input.value
        return True

    def action_types(self) -> None:
        """Choose another sObject."""
        self._choose_type("")

    def action_accept(self, save: bool = False) -> None:
        """Take what is chosen; of an sObject, go on to its records; what is looked for still, wait for."""
        letters, here = self._input.value.strip(), self._here
        if is_id(letters):
            super().action_accept(save)
        elif here is not None and here.type:
            self._choose_type(here.type)
        elif letters and self._type and self._told != letters:
            self._accepting = save
            self.hint("Looking for it …")
        else:
            super().action_accept(save)

    def _choose_type(self, type: str) -> None:
        self._type, self._told = type, None
        self._input.value = ""
        self._list_known([])
        self.hint()
        self._ask("")

    def typed(self) -> Value:
        """The Id that was typed, or that of the record under the cursor."""
        letters, here = self._input.value.strip(), self._here
        if is_id(letters):
            return to_18(letters)
        if not self.is_touched():
            return self.value if isinstance(self.value, str) else None
        if here is None:
            raise Unfit(self._nothing())
        if here.id is None and not self.field.nillable:
            raise Unfit(f"{self.field.label or self.field.name} is required; it can't be left empty.")
        return here.id

    def is_touched(self) -> bool:
        """Whether letters were typed, or another record is under the cursor."""
        return bool(self._input.value) or self._options.highlighted != self._first

    def hint(self, text: str = "") -> None:
        """Say what is looked for, where nothing else is to be said."""
        told = safe_text(self._type) if self._type else "which sObject?"
        back = "   Backspace: others" if self._type and len(self.field.reference_to) > 1 else ""
        super().hint(text or f"{told}{back}   {self.keys}")

    def _nothing(self) -> str:
        return f"No {self._type or 'sObject'} has a name like this. Not a record Id either."

    @property
    def _here(self) -> _Offer | None:
        at = self._options.highlighted
        return self._offers[at] if at is not None and at < len(self._offers) else None

    def _list_known(self, hits: Sequence[Hit]) -> None:
        """List what there is to choose: with letters what they found, without also what is there now."""
        letters = self._input.value.strip()
        before = self._here if letters == self._listed else None
        self._listed = letters
        offers = [_Offer(hit.name, hit.id) for hit in hits]
        known = bool(letters)
        if not self._type:
            wanted = letters.lower()
            types = [one for one in self.field.reference_to if wanted in one.lower()]
            types.sort(key=lambda one: not one.lower().startswith(wanted))
            offers = [_Offer(one, type=one) for one in types]
        if not letters:
            present = [_Offer(self._name or "now", self.value)] if isinstance(self.value, str) else []
            none = [_Offer(f"{NULL} no value")] if self.field.nillable else []
            offers = present + none + [one for one in offers if one.type or one.id != self.value]
            known = bool(present or none)
        self._offers = offers
        self._options.clear_options()
        self._options.add_options(Option(self._prompt(one)) for one in offers)
        if before in offers:
            self._options.highlighted = offers.index(before)
        elif offers and known:
            # What is merely suggested is not yet chosen.
            self._options.highlighted = 0
        self._input.placeholder = "a name, or an Id" if self._type else "some letters of the sObject"

    def _prompt(self, offer: _Offer) -> Text:
        text = Text(fit(safe_text(offer.title), _NAME_WIDTH), no_wrap=True)
        if offer.id:
            text.append(f"  {offer.id}", "dim")
        return text.append("  >" if offer.type else "")
