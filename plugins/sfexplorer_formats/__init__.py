"""How values look: numbers grouped as the person writes them, times of their zone, labels of picklists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfexplorer.api import Command, Formatter, hookimpl
from sfexplorer_formats.settings import FormatsSettings

if TYPE_CHECKING:
    from sfexplorer.api import Explorer
    from sfexplorer.client import FieldDescribe


@hookimpl
def settings() -> FormatsSettings:
    """How the person writes numbers and times."""
    return FormatsSettings()


@hookimpl(trylast=True)
def formatter_for(field: FieldDescribe, explorer: Explorer) -> Formatter | None:
    """Numbers, money, percents, times and picklists; all else looks as everywhere."""
    from sfexplorer_formats.fields import formatter_of

    return formatter_of(field, explorer)


@hookimpl
def commands() -> list[Command]:
    """The way from one clock to the next."""
    return [
        Command(
            id="formats.times",
            title="Times",
            run=_next_clock,
            help="Show times in local time, in UTC, or in the org's time zone",
        )
    ]


async def _next_clock(explorer: Explorer) -> None:
    from sfexplorer_formats.clock import CLOCK

    explorer.tell(await CLOCK.turn(explorer))
    explorer.redraw()
