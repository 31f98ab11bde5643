"""The line that filters a list while a person types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from sfexplorer.api.ui.display import safe_text
from sfexplorer.api.ui.told import Told


class _Field(Input):
    """The field of a filter line: keys of one burst that come behind its Enter are no more meant for it."""

    async def _on_key(self, event: Key) -> None:
        if self.screen.focused is not self:
            # Unused, the key goes on to whoever has the focus now.
            event.prevent_default()
        elif event.key == "enter" and isinstance(line := self.parent, FilterLine):
            event.stop()
            event.prevent_default()
            line.leave(choose=True)


class FilterLine(Horizontal):
    """A heading, a text to filter by, and how many of how many are shown.

    Attributes:
        target: What has the focus at once when the person leaves the line; None leaves that to the pane.

    Args:
        heading: What is listed.
        placeholder: What stands in the empty field.
        id: A widget id, where one is needed.
    """

    DEFAULT_CSS = """
    FilterLine { height: 1; padding: 0 1; }
    FilterLine > .heading {
        width: auto; max-width: 60%; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    FilterLine > Input { width: 1fr; margin: 0 2; background: $background; }
    FilterLine > .count { width: auto; color: $text-muted; }
    FilterLine:focus-within > .heading { color: $accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear", id="filter.clear", tooltip="Show all again"),
    ]

    @dataclass
    class Changed(Message):
        """The text to filter by is another one."""

        line: FilterLine
        text: str

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst matters."""
            return isinstance(message, FilterLine.Changed) and message.line is self.line

    @dataclass
    class Left(Message):
        """The person wants to go on in the list; `choose` when Enter said so."""

        line: FilterLine
        choose: bool

    def __init__(self, heading: str, placeholder: str = "/ filters", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heading, self._placeholder = heading, placeholder
        self.target: Widget | None = None

    def compose(self) -> ComposeResult:
        """The heading, the field, the count."""
        yield Told(safe_text(self._heading), classes="heading")
        yield _Field(placeholder=self._placeholder, compact=True)
        yield Told(classes="count")

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(Input).value

    @text.setter
    def text(self, text: str) -> None:
        self.query_one(Input).value = text

    def edit(self) -> None:
        """Go into the field, at once: a key of the same burst belongs to it already."""
        self.screen.set_focus(self.query_one(Input))

    def tell(self, heading: str, count: str) -> None:
        """Set the heading and the count."""
        self.query_one(".heading", Told).update(safe_text(heading))
        self.query_one(".count", Told).update(count)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self.post_message(self.Changed(self, event.value))

    def leave(self, *, choose: bool) -> None:
        """Go on in the list; with `choose` by Enter."""
        if self.target is not None:
            self.screen.set_focus(self.target)
        self.post_message(self.Left(self, choose=choose))

    def on_key(self, event: Key) -> None:
        """The arrows go on in the list."""
        if event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            self.leave(choose=False)

    def clear(self) -> None:
        """Empty the field."""
        self.query_one(Input).value = ""

    def action_clear(self) -> None:
        """Empty the field; when it is empty, go back to the list."""
        self.query_one(Input).value = ""
        self.leave(choose=False)
