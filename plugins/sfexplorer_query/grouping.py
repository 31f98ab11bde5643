"""The hits of a search object by object: those of one of them alone, in columns of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer_query.search_run import SearchRun
from sfexplorer_query.wording import counted

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane


def has_groups(pane: QueryPane) -> bool:
    """Whether the result is of a search that found records of several objects."""
    return isinstance(pane.results.run, SearchRun) and len(pane.results.run.groups) > 1


async def choose_group(pane: QueryPane) -> None:
    """Ask for an object, and show its records alone."""
    run = pane.results.run
    if not isinstance(run, SearchRun):
        return
    names: list[str | None] = [None, *run.groups]
    total = sum(map(len, run.groups.values()))
    titles = [
        f"All objects   {counted(total, 'record')}" if name is None else f"{name}   {len(run.groups[name]):,}"
        for name in names
    ]
    place = await pane.explorer.choose("Show", titles, names.index(run.only))
    if place is not None:
        run.show(names[place])
        pane.results.show_again()
