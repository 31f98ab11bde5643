"""The question before panes are left in which long work goes on, which ends with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen

from sfexplorer.app.jobs import Job


def unless_at_work(screen: Screen[Any], jobs: Sequence[Job], leave: str, act: Callable[[], None]) -> None:
    """Do `act`, which ends the jobs, at once where there are none, else when the person agrees.

    Args:
        screen: What the question is asked over.
        jobs: The work that would end.
        leave: What leaving is called: `Close`, `Quit`.
        act: What leaves.
    """
    if not jobs:
        act()
        return
    from sfexplorer.app.dialogs import Question

    def answered(agreed: bool | None) -> None:
        if agreed:
            act()

    told = "\n".join(f"  {job.text}" for job in jobs)
    question = f"This is still under way:\n\n{told}"
    screen.app.push_screen(Question(question, f"{leave} and stop it", "Go on"), answered)
