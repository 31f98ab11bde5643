"""The request log: everything that was sent to the org and what it answered, to learn the API from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api import Command, Pane, hookimpl
from sfexplorer_requests.settings import RequestsSettings

if TYPE_CHECKING:
    from sfexplorer.api import Explorer, Reference
    from sfexplorer.api.ui import PaneWidget

PANE = "requests.log"


@hookimpl
def panes() -> list[Pane]:
    """The log."""
    return [Pane(id=PANE, title="Requests", build=_build, order=90)]


@hookimpl
def commands() -> list[Command]:
    """The way to the log from anywhere."""
    return [
        Command(
            id="requests.show",
            title="Requests",
            run=_show,
            key="f12",
            help="What was sent to the org, and what it answered",
        )
    ]


@hookimpl
def settings() -> RequestsSettings:
    """How the log tells time."""
    return RequestsSettings()


def _build(explorer: Explorer, _reference: Reference | None) -> PaneWidget:
    from sfexplorer_requests.pane import RequestsPane

    return RequestsPane(explorer)


async def _show(explorer: Explorer) -> None:
    explorer.open_pane(PANE)
