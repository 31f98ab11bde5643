"""The query pane: SOQL above, its results below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sfexplorer.api import Change, Command, Pane, QueryRef, hookimpl
from sfexplorer_query.keyless import KEYLESS
from sfexplorer_query.open_panes import show_saved, shown_pane
from sfexplorer_query.settings import QuerySettings

if TYPE_CHECKING:
    from sfexplorer.api import Explorer, Reference
    from sfexplorer.api.ui import PaneWidget
    from sfexplorer.client import SObject


@hookimpl
def panes() -> Sequence[Pane]:
    """The query pane."""
    return [Pane(id="query.query", title="Query", build=_build, order=20, opens=(QueryRef,), starts=True)]


@hookimpl
def commands() -> Sequence[Command]:
    """Another query beside those that are open, and what can be done in the one that is shown."""
    return [
        *(
            Command(id=f"query.{name}", title=title, run=partial(_do, name), help=tooltip)
            for name, (title, tooltip) in KEYLESS.items()
        ),
        Command(
            id="query.new",
            title="New query",
            run=_new_query,
            key="ctrl+t",
            help="Opens an empty query beside those that are open.",
        ),
    ]


@hookimpl
def settings() -> QuerySettings:
    """Where queries are saved, how many rows come at once, whether runs are kept."""
    return QuerySettings()


@hookimpl
async def after_save(record: SObject, changes: Mapping[str, Change]) -> None:
    """Show in the results what the org has taken."""
    if record.id:
        show_saved(record.id, {name: change.after for name, change in changes.items()})


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_query.pane import QueryPane

    return QueryPane(explorer, reference if isinstance(reference, QueryRef) else None)


async def _new_query(explorer: Explorer) -> None:
    explorer.open(QueryRef("", run=False))


async def _do(name: str, explorer: Explorer) -> None:
    if (pane := shown_pane()) is None:
        explorer.tell("That is for a query: Ctrl+T opens one.", "warning")
    elif not pane.check_action("do", (name,)):
        explorer.tell("There is nothing here that this could be done with.", "warning")
    else:
        pane.action_do(name)
