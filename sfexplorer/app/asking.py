"""What the shell asks a person in a dialog, as coroutines that give the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, TypeVar

from textual.app import App
from textual.screen import ModalScreen

from sfexplorer.api.explorer import Check, Complete

Answer = TypeVar("Answer")


async def answer_of(app: App[Any], dialog: ModalScreen[Answer]) -> Answer | None:
    """Show the dialog and wait for its answer; when nobody waits for it any longer it goes."""
    answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()

    def answered(value: Answer | None) -> None:
        if not answer.done():
            answer.set_result(value)

    app.push_screen(dialog, answered)
    try:
        return await answer
    except asyncio.CancelledError:
        if app.screen is dialog:
            app.pop_screen()
        raise


async def confirm(app: App[Any], question: str, yes: str, no: str) -> bool:
    """Whether the person says yes."""
    from sfexplorer.app.dialogs import Question

    answer = await answer_of(app, Question(question, yes, no))
    return answer is True


async def choose(app: App[Any], title: str, options: Sequence[str], chosen: int) -> int | None:
    """The place of what the person chooses; None when the list was left."""
    from sfexplorer.app.dialogs import Choice

    return await answer_of(app, Choice(title, options, chosen)) if options else None


async def ask(
    app: App[Any], title: str, hint: str, value: str, check: Check | None, complete: Complete | None
) -> str | None:
    """The text that the person types; None when it was left."""
    from sfexplorer.app.dialogs import Prompt

    return await answer_of(app, Prompt(title, hint, check, value, complete))
