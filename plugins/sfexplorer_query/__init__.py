"""The query pane: SOQL above, its results below."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sfexplorer.api import Change, Command, Explorer, Pane, QueryRef, Reference, hookimpl
from sfexplorer_query.settings import QuerySettings

if TYPE_CHECKING:
    from sfexplorer.api.ui import PaneWidget
    from sfexplorer.client import SObject


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


@hookimpl
def settings() -> QuerySettings:
    """Where queries are saved, how many rows come at once, whether runs are kept."""
    return QuerySettings()


@hookimpl
async def after_save(record: SObject, changes: Mapping[str, Change]) -> None:
    """Show in the results what the org has taken."""
    # Without a pane that was ever open there is nothing to show it in, and nothing to import.
    if record.id and (panes := sys.modules.get("sfexplorer_query.open_panes")):
        panes.show_saved(record.id, {name: change.after for name, change in changes.items()})


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_query.pane import QueryPane

    return QueryPane(explorer, reference if isinstance(reference, QueryRef) else None)


async def _new_query(explorer: Explorer) -> None:
    explorer.open(QueryRef("", run=False))
