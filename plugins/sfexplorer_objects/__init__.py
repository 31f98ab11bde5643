"""The sObjects of the org, their fields, and a ready query for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api import Command, ObjectRef, Pane, hookimpl

if TYPE_CHECKING:
    from sfexplorer.api import Explorer, Reference
    from sfexplorer.api.ui import PaneWidget


@hookimpl
def panes() -> list[Pane]:
    """The list of objects; it is what opens first."""
    return [
        Pane(
            id="objects.objects",
            title="Objects",
            build=_build,
            order=10,
            opens=(ObjectRef,),
            side=_build_side,
        )
    ]


@hookimpl
def commands() -> list[Command]:
    """The way back to the list."""
    return [
        Command(
            id="objects.show",
            title="Objects",
            run=_show,
            key="f3",
            help="The list of all sObjects, from anywhere",
        )
    ]


def _build(explorer: Explorer, reference: Reference | None) -> PaneWidget:
    from sfexplorer_objects.pane import ObjectsPane

    return ObjectsPane(explorer, reference if isinstance(reference, ObjectRef) else None)


def _build_side(explorer: Explorer) -> PaneWidget:
    from sfexplorer_objects.side import ObjectsSide

    return ObjectsSide(explorer)


async def _show(explorer: Explorer) -> None:
    explorer.open_pane("objects.objects")
