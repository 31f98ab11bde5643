"""A plugin whose panes raise while they are open, each in another place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from sfexplorer.api import Explorer, Pane, Reference, hookimpl

if TYPE_CHECKING:
    from textual.widget import Widget

    from sfexplorer.api.ui import PaneWidget

PLACES = ("build", "compose", "mount", "start", "key", "action", "timer", "render")


@hookimpl
def panes() -> list[Pane]:
    return [
        Pane(id=f"broken.{place}", title=f"Broken {place}", build=partial(_build, place)) for place in PLACES
    ]


def _build(place: str, explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from textual.binding import Binding, BindingType
    from textual.events import Key
    from textual.widgets import Static

    from sfexplorer.api.ui import PaneWidget

    if place == "build":
        raise RuntimeError("broken in build")

    class Body(Static, can_focus=True):
        def render(self) -> str:
            if place == "render":
                raise RuntimeError("broken in render")
            return "so far so good"

        def on_key(self, event: Key) -> None:
            if place == "key" and event.key == "b":
                raise RuntimeError("broken in key")

    class BrokenPane(PaneWidget):
        BINDINGS: ClassVar[list[BindingType]] = [Binding("b", "break", "Break")]

        def compose_pane(self) -> Iterable[Widget]:
            if place == "compose":
                raise RuntimeError("broken in compose")
            yield Body()

        def on_mount(self) -> None:
            if place == "mount":
                raise RuntimeError("broken in mount")
            if place == "timer":
                self.set_timer(0.01, self.go_off)

        async def start(self) -> None:
            if place == "start":
                raise RuntimeError("broken in start")

        def action_break(self) -> None:
            if place == "action":
                raise RuntimeError("broken in action")

        def go_off(self) -> None:
            raise RuntimeError("broken in timer")

    return BrokenPane(explorer)
