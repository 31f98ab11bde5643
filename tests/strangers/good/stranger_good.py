"""A stranger's plugin: a pane and a command, as a third party would write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sfexplorer.api import Command, Explorer, Pane, Reference, hookimpl

if TYPE_CHECKING:
    from textual.widget import Widget

    from sfexplorer.api.ui import PaneWidget


@hookimpl
def panes() -> list[Pane]:
    return [Pane(id="greeter.hello", title="Hello", build=_build)]


@hookimpl
def commands() -> list[Command]:
    return [
        Command(id="greeter.greet", title="Greet", run=_greet, key="ctrl+y", help="Says who is logged in")
    ]


async def _greet(explorer: Explorer) -> None:
    identity = await explorer.org.identity()
    explorer.tell(f"Hello, {identity.username}")


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from textual.widgets import Static

    from sfexplorer.api.ui import PaneWidget

    class HelloPane(PaneWidget):
        def compose_pane(self) -> Iterable[Widget]:
            yield Static("", id="hello", markup=False)

        async def start(self) -> None:
            objects = await self.explorer.org.sobjects()
            self.query_one("#hello", Static).update(f"Hello from {len(objects)} objects")

    return HelloPane(explorer)
