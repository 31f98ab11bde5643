"""The query pane: SOQL above, its results below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sfexplorer.api import Command, Explorer, Pane, QueryRef, Reference, hookimpl

if TYPE_CHECKING:
    from sfexplorer.api.ui import PaneWidget


@hookimpl
def panes() -> Sequence[Pane]:
    """The query pane."""
    return [Pane(id="query.query", title="Query", build=_build, order=20, opens=(QueryRef,), starts=True)]


@hookimpl
def commands() -> Sequence[Command]:
    """Another query beside those that are open."""
    return [
        Command(
            id="query.new",
            title="New query",
            run=_new_query,
            key="ctrl+t",
            help="Opens an empty query beside those that are open.",
        )
    ]


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_query.pane import QueryPane

    return QueryPane(explorer, reference if isinstance(reference, QueryRef) else None)


async def _new_query(explorer: Explorer) -> None:
    explorer.open(QueryRef("", run=False))
