"""Completion at the cursor of an editor: when a list opens, what it offers, and what is taken from it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sfexplorer.api.ui.background import run_beside
from sfexplorer.soql import Completion, complete, missing
from sfexplorer_query.completion_list import MOST_ROWS, CompletionList
from sfexplorer_query.known_objects import KnownObjects
from sfexplorer_query.pairs import effect_of

if TYPE_CHECKING:
    from sfexplorer_query.editor import SoqlEditor

SECONDS_TO_OPEN = 0.04
"""So long no key must come before a list is made: who types on sees one list, not one a key."""

_OPENING = frozenset("._'")


class Completing:
    """What is offered to who types.

    A list is wanted for a text and a place in it. It is made a moment later, or at once when a key asks for
    what is in it: so keys that come in one burst do the same as keys that come one by one.

    Args:
        editor: Where is typed.
        offers: Where the offers are shown.
        known: What is known of the org.
    """

    def __init__(self, editor: SoqlEditor, offers: CompletionList, known: KnownObjects) -> None:
        self._editor = editor
        self._offers = offers
        self._known = known
        self._wanted: tuple[str, int] | None = None
        self._is_made = False
        self._is_asked = False

    @property
    def is_open(self) -> bool:
        """Whether something is offered, or will be in a moment."""
        return self._is_current and (self._offers.is_open or not self._is_made)

    @property
    def is_chosen(self) -> bool:
        """Whether one of the offers was chosen by the arrows."""
        return self._is_current and self._offers.chosen is not None

    @property
    def _is_current(self) -> bool:
        return self._wanted is not None and self._wanted == (self._editor.text, self._editor.offset_of_cursor)

    def typed(self, character: str) -> None:
        """Something was typed: in a name a list opens by itself."""
        if character.isalnum() or character in _OPENING:
            self._want(is_asked=False)
        else:
            self.close()

    def erased(self) -> None:
        """Something was taken away: a list that is open follows."""
        if self._offers.is_open or (self._wanted and not self._is_made):
            self._want(is_asked=self._is_asked)

    def ask(self) -> bool:
        """Open the list at once, with whatever may stand at the cursor; whether there is anything."""
        self._want(is_asked=True)
        return self.settle()

    def settle(self) -> bool:
        """Make the list that is wanted, if it is not made yet; whether something is offered."""
        if not self._is_current:
            self.close()
        elif self._wanted is not None and not self._is_made:
            self._make(*self._wanted)
        return self._offers.is_open

    def move(self, step: int) -> bool:
        """Choose an offer; whether there is any."""
        if not self.settle():
            return False
        self._offers.move(step)
        return True

    def page(self, step: int) -> bool:
        """Choose an offer a page further; whether there is any."""
        return self.move(step * (MOST_ROWS - 1))

    def accept(self, row: int | None = None) -> bool:
        """Put an offer into the text: that of a row, else the chosen one, else the first."""
        if not self.settle():
            return False
        chosen = self._offers.chosen or 0
        item = self._offers.items[chosen if row is None else row]
        self.close()
        self._editor.put(*_with_partner(item, self._editor.text))
        # A relationship goes on with its fields.
        if item.text.endswith("."):
            self._want(is_asked=True)
        return True

    def moved(self) -> None:
        """The cursor or the text is another: a list for something else goes."""
        if not self._is_current:
            self.close()

    def close(self) -> None:
        """Offer nothing any more."""
        if self._wanted is not None:
            self._wanted = None
            self._offers.close()
            self._editor.refresh_bindings()

    def _want(self, *, is_asked: bool) -> None:
        self._wanted = (self._editor.text, self._editor.offset_of_cursor)
        self._is_made, self._is_asked = False, is_asked
        # Who types on has not chosen, and Enter behind it ends the line.
        self._offers.chosen = None
        run_beside(self._editor, self._make_soon, "completion")

    async def _make_soon(self) -> None:
        await asyncio.sleep(SECONDS_TO_OPEN)
        self.settle()
        came = await self._known.learn_names()
        while self._wanted is not None:
            names = await asyncio.to_thread(missing, *self._wanted, self._known)
            if not (await self._known.learn(names) or came):
                return
            came = False
            if self._is_current:
                self._make(*self._wanted)

    def _make(self, text: str, offset: int) -> None:
        self._is_made = True
        items = complete(text, offset, self._known)
        if items and (self._is_asked or not _is_written(items, text)):
            at = self._editor.place_on_screen(items[0].replace[0])
            self._offers.open(items, at, self._editor.screen.size)
        else:
            self._offers.close()
        self._editor.refresh_bindings()


def _is_written(items: list[Completion], text: str) -> bool:
    """Whether all that is offered stands in the text as it is."""
    return len(items) == 1 and text[slice(*items[0].replace)].lower() == items[0].text.lower()


def _with_partner(item: Completion, text: str) -> tuple[str, int, int, int]:
    """What is put into the text, where, and where the cursor goes: a bracket comes with its partner."""
    start, end = item.replace
    cursor = start + len(item.text)
    opens = item.text.endswith("(") and effect_of("(", text[:start], text[end:]) == "pair"
    return item.text + ")" * opens, start, end, cursor
