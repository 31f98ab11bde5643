"""The line above the fields: the record's Id, the filter, and what is changed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from sfexplorer.api.ui.display import safe_text
from sfexplorer_record.editors.visible import Visible

_ROOM_FOR_ALL = 76


class HeadLine(Horizontal):
    """`0035g00000AbCdEAAV  filter: mail            4 of 68  changed: 2 fields`."""

    DEFAULT_CSS = """
    HeadLine { height: 1; padding: 0 1; }
    HeadLine > #record-id { width: auto; max-width: 60; color: $text-muted; }
    HeadLine > #filter-label { width: auto; padding-left: 2; color: $accent; display: none; }
    HeadLine > Input { width: 1fr; padding: 0; background: transparent; visibility: hidden; }
    HeadLine.-filtering.-narrow > #record-id { display: none; }
    HeadLine.-filtering > #filter-label { display: block; }
    HeadLine.-filtering > Input { visibility: visible; }
    HeadLine > #record-status { width: auto; padding-left: 1; color: $text-warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "down", "to_fields", "Fields", id="record.to_fields", tooltip="Go to the fields that are left"
        ),
        Binding("escape", "clear", "All", id="record.clear_filter", tooltip="Show all fields again"),
    ]

    class FilterChanged(Message):
        """Other letters are asked for."""

    class FilterLeft(Message):
        """The person goes on in the fields."""

    def compose(self) -> ComposeResult:
        """The three parts."""
        yield Static("", id="record-id", markup=False)
        yield Static("filter: ", id="filter-label", markup=False)
        yield Input(compact=True, highlighter=Visible(), id="record-filter")
        yield Static("", id="record-status", markup=False)

    @property
    def filter(self) -> str:
        """The letters that are asked for."""
        return self.query_one(Input).value

    def tell(self, id: str, status: str) -> None:
        """Show the record's Id and what is to say of its fields."""
        self.query_one("#record-id", Static).update(safe_text(id))
        self.query_one("#record-status", Static).update(status)

    def on_resize(self) -> None:
        """Where all parts have no room the Id makes way for the letters that are typed."""
        self.set_class(self.size.width < _ROOM_FOR_ALL, "-narrow")

    def ask(self) -> None:
        """Open the filter, at once: a key of the same burst belongs to it already."""
        self.add_class("-filtering")
        self.screen.set_focus(self.query_one(Input))

    def clear(self) -> None:
        """Close the filter."""
        self.remove_class("-filtering")
        self.query_one(Input).value = ""

    def action_clear(self) -> None:
        """Close the filter and go on in the fields."""
        self.clear()
        self.post_message(self.FilterLeft())

    def action_to_fields(self) -> None:
        """Leave the filter as it is and go on in the fields."""
        self.set_class(bool(self.filter), "-filtering")
        self.post_message(self.FilterLeft())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter along."""
        event.stop()
        self.post_message(self.FilterChanged())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on in the fields."""
        event.stop()
        self.action_to_fields()
