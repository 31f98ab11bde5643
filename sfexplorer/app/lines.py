"""The line above (where am I) and the line below (who am I, what can I press)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from sfexplorer.api.ui.display import fit, safe_text
from sfexplorer.app.keys import live_keys

if TYPE_CHECKING:
    from sfexplorer.api.contributions import Environment

# So many answers may overtake each other.
MOST_OVERTAKEN = 200

BADGES: dict[Environment, str] = {"demo": "DEMO", "sandbox": "SANDBOX", "production": "PROD"}


@dataclass(frozen=True, slots=True)
class Tab:
    """A pane as the breadcrumbs show it; `further` when it was opened from the one before it."""

    title: str
    active: bool
    unsaved: bool
    further: bool = False


class TitleLine(Widget):
    """`Acme (demo) > Objects > Query* > Ada Lovelace | Query 2          2 unsaved`."""

    DEFAULT_CSS = """
    TitleLine { height: 1; background: $panel; color: $text; }
    """

    org: reactive[str] = reactive("")
    tabs: reactive[tuple[Tab, ...]] = reactive(())
    activity: reactive[str] = reactive("")
    unsaved: reactive[int] = reactive(0)

    def render(self) -> Text:
        """The org, the panes around the active one, and at the right what is going on."""
        right = "  ".join(part for part in (self.activity, self._unsaved_text()) if part)
        right = f"  {safe_text(right)} " if right else " "
        line = Text(f" {safe_text(self.org)} > ", style="dim", no_wrap=True, overflow="crop")
        room = self.size.width - cell_len(line.plain) - cell_len(right)
        for text, style in _around_active(self.tabs, room):
            line.append(text, style)
        line.append(" " * max(0, self.size.width - cell_len(line.plain) - cell_len(right)))
        line.append(right, "bold" if self.unsaved else "")
        return line

    def _unsaved_text(self) -> str:
        return f"{self.unsaved} unsaved" if self.unsaved else ""


def _around_active(tabs: Sequence[Tab], room: int) -> list[tuple[str, str]]:
    """The tabs that fit into `room` columns, the active one always among them."""
    if not tabs:
        return []
    active = next((number for number, tab in enumerate(tabs) if tab.active), 0)
    names = [safe_text(tab.title) + ("*" if tab.unsaved else "") for tab in tabs]
    first = last = active
    used = cell_len(names[active])
    while True:
        grown = False
        for candidate in (last + 1, first - 1):
            if 0 <= candidate < len(names) and used + cell_len(names[candidate]) + 3 <= room - 4:
                used += cell_len(names[candidate]) + 3
                first, last = min(first, candidate), max(last, candidate)
                grown = True
        if not grown:
            break
    shown: list[tuple[str, str]] = [("… ", "dim")] if first else []
    for number in range(first, last + 1):
        if number > first:
            shown.append((" > " if tabs[number].further else " | ", "dim"))
        name = names[number] if used <= room else fit(names[number], max(room, 1))
        shown.append((name, "bold" if number == active else ""))
    if last < len(names) - 1:
        shown.append((" …", "dim"))
    return shown


class StatusLine(Widget):
    """`DEMO ada@acme.example   API 12/15,000      F5 Run  / Filter  Enter Open  ? Keys`."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $panel; color: $text; }
    StatusLine.-production { background: $error; color: $text; }
    """

    MOST_KEYS = 6
    ROOM_FOR_API = 72

    environment: reactive[Environment | None] = reactive(None)
    user: reactive[str] = reactive("")
    api_used: reactive[int | None] = reactive(None)
    api_limit: reactive[int | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__()
        self._drawn: Text | None = None

    def count_calls(self, used: int, limit: int | None) -> None:
        """Take note of what an answer says of the calls used up today.

        Answers overtake each other: a count that is a little lower is an older one, a much lower one that of
        another day.
        """
        self.api_limit = limit
        if self.api_used is None or not 0 < self.api_used - used < MOST_OVERTAKEN:
            self.api_used = used

    def on_mount(self) -> None:
        """Follow the focus: the keys are those of the focused widget."""
        self.screen.bindings_updated_signal.subscribe(
            self, lambda _: self.call_after_refresh(self._look_again)
        )

    def _look_again(self) -> None:
        """Draw the line where it reads otherwise: panes look at their keys with each move of a cursor.

        Whoever tells of keys may be about to change what they depend on: that is waited for.
        """
        if self._line() != self._drawn:
            self.refresh()

    def watch_environment(self, environment: Environment | None) -> None:
        """Production is unmistakable."""
        self.set_class(environment == "production", "-production")

    def render(self) -> Text:
        """Who and where at the left, the keys at the right, as many as fit."""
        self._drawn = self._line()
        return self._drawn

    def _line(self) -> Text:
        left = f" {BADGES[self.environment]} " if self.environment else " "
        line = Text(left, style="bold", no_wrap=True, overflow="crop")
        line.append(fit(safe_text(self.user), min(cell_len(self.user), max(10, self.size.width // 3))))
        if self.api_used is not None and self.size.width >= self.ROOM_FOR_API:
            limit = f"/{self.api_limit:,}" if self.api_limit is not None else ""
            line.append(f"   API {self.api_used:,}{limit}", "dim")
        keys = self._keys(self.size.width - cell_len(line.plain) - 3)
        line.append(" " * max(1, self.size.width - cell_len(line.plain) - cell_len(keys.plain) - 1))
        line.append_text(keys)
        return line

    def _keys(self, room: int) -> Text:
        """The most useful keys of the focused widget that fit into `room` columns, `? Keys` always last."""
        keys = Text()
        # Where letters are typed, the question mark is one of them.
        typing = self.screen.focused is not None and self.screen.focused.check_consume_key(
            "question_mark", "?"
        )
        last = Text.assemble(("F1" if typing else "?", "bold"), " Keys")
        room -= cell_len(last.plain)
        shown = 0
        for live in live_keys(self.screen):
            text = Text.assemble((live.key.split(" ")[0], "bold"), f" {live.title}  ")
            if not live.shown or live.title == "Keys" or cell_len(text.plain) > room:
                continue
            if shown == self.MOST_KEYS - 1:
                break
            keys.append_text(text)
            room -= cell_len(text.plain)
            shown += 1
        keys.append_text(last)
        return keys
