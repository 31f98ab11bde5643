"""The query pane in the real app, driven by keys, on a demo org over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.widgets import OptionList

from sfexplorer.api import QueryRef
from sfexplorer.api.testing import settled
from sfexplorer_query import completing, diagnosing, drafts
from sfexplorer_query.pane import QueryPane

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sfexplorer.api.testing import ExplorerApp
    from sfexplorer.demo.server import DemoServer

CHARACTERS = {" ": "space", "\n": "enter"}


@dataclass
class Querying:
    """A query pane that is open, and the keyboard before it."""

    pilot: Pilot[None]
    org: DemoServer

    @property
    def pane(self) -> QueryPane:
        """The pane."""
        return self.pilot.app.screen.query_one(QueryPane)

    @property
    def lines(self) -> list[str]:
        """The lines of the pane as they stand on the screen."""
        region = self.pane.region
        screen = self.pilot.app.screen._compositor.render_strips()
        return [
            "".join(segment.text for segment in strip).rstrip() for strip in screen[region.y : region.bottom]
        ]

    @property
    def status(self) -> str:
        """The line below the results."""
        return self.pane.results.status

    @property
    def message(self) -> str:
        """What stands in the rule."""
        return self.pane.rule.message

    def is_running(self) -> bool:
        """Whether the pane waits for the org."""
        return self.pane.running

    def shows_error(self) -> bool:
        """Whether the pane's card of errors is there."""
        return bool(self.pane.card.display)

    def requests(self) -> list[str]:
        """The paths of the queries that the org has received."""
        return [entry["path"] for entry in self.org.log() if "/query" in entry["path"]]

    def first_column(self) -> list[str | None]:
        """The first cell of each row that is loaded."""
        rows = self.pane.results.grid.source
        return [rows.cells(row)[0] for row in range(rows.row_count)]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until all that follows from them is done."""
        await self.pilot.press(*keys)
        await settled(self.pilot)

    async def reach(self, dialog: str, *keys: str) -> None:
        """Press keys, and wait until a dialog of this kind is there, which what was pressed waits for."""
        await self.pilot.press(*keys)
        async with asyncio.timeout(10):
            while type(self.pilot.app.screen).__name__ != dialog:
                await self.pilot.pause()
        await self.pilot.pause()

    async def more(self, title: str, then: str = "") -> None:
        """Choose from the list of what else can be done, and wait for what follows, or for a dialog."""
        await self.reach("Choice", "f9")
        options = self.pilot.app.screen.query_one(OptionList).options
        place = next(place for place, each in enumerate(options) if str(each.prompt).startswith(title))
        keys = [*["down"] * place, "enter"]
        await (self.reach(then, *keys) if then else self.press(*keys))

    async def type(self, text: str) -> None:
        """Press the keys of a text."""
        await self.pilot.press(*(CHARACTERS.get(character, character) for character in text))

    async def burst(self, *keys: str) -> None:
        """Press keys that arrive all at once, as those of a macro or a slow line do."""
        for key in keys:
            if len(key) == 1:
                self.pilot.app.post_message(Key(_character_to_key(key), key))
            else:
                self.pilot.app.post_message(Key(key, None))
        await settled(self.pilot)

    @property
    def offered(self) -> list[str]:
        """What the list of completion offers."""
        return [item.text for item in self.pane.offers.items]

    def marked(self, line: int) -> list[str]:
        """What is underlined in a line."""
        text = self.pane.editor.get_line(line)
        spans = [span for span in text.spans if getattr(span.style, "underline", False)]
        return [text.plain[span.start : span.end] for span in spans]

    async def run(self, text: str) -> None:
        """Paste a text into the editor instead of what is there, and run it."""
        self.pane.editor.focus()
        await self.pilot.press("ctrl+a", "delete")
        await self.paste(text)
        await self.press("f5")

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal does."""
        self.pilot.app.post_message(Paste(text))
        await self.pilot.pause()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody types here: the pauses that leave a person in peace would only make the tests slow."""
    monkeypatch.setattr(diagnosing, "SECONDS_TO_JUDGE", 0.02)
    monkeypatch.setattr(diagnosing, "SECONDS_TO_SPEAK", 0.02)
    monkeypatch.setattr(drafts, "SECONDS_TO_WRITE", 0.01)
    monkeypatch.setattr(completing, "SECONDS_TO_OPEN", 0.01)


OpenQuery = Callable[..., AbstractAsyncContextManager[Querying]]


@pytest.fixture
def open_query(explorer_app: ExplorerApp, demo_org: DemoServer) -> OpenQuery:
    """Opens the app on a query, or on an empty text: `async with open_query("SELECT …") as querying`."""

    @asynccontextmanager
    async def opened(text: str | None = None, **options: Any) -> AsyncIterator[Querying]:
        async with explorer_app(text or QueryRef("", run=False), **options) as pilot:
            yield Querying(pilot, demo_org)

    return opened
