"""The plugins' commands: their keys, and how one is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any

from textual.screen import Screen

from sfexplorer.api.contributions import Command
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.ui.background import run_beside
from sfexplorer.app.keymap import Keymap, twice
from sfexplorer.client.errors import SalesforceError

# Whether a command runs in this task: what it opens is no further step on the person's way.
IS_COMMAND: ContextVar[bool] = ContextVar("is_command", default=False)
# Seconds for which keys wait for a command that may open a pane.
LONGEST_TURN = 0.3


def bind_commands(screen: Screen[Any], commands: Sequence[Command], keymap: Keymap) -> Iterator[str]:
    """Give the commands their keys; of two that want the same one the second goes without, and is told."""
    taken: dict[str, Command] = {}
    for command in commands:
        for key in filter(None, keymap.key_of(command.id, command.key).split(",")):
            if (first := taken.setdefault(key, command)) is command:
                screen.app.bind(key, f"screen.run_command({command.id!r})", description=command.title)
            else:
                yield twice(key, first.id, command.id)


def run_command(
    screen: Screen[Any], explorer: Explorer, command: Command, turn: Callable[[], Callable[[], None]]
) -> None:
    """Run a command beside the screen.

    Args:
        screen: What it ends with.
        explorer: What it is given.
        command: The command.
        turn: Lets keys wait for a pane that may be opened, and gives what ends that.
    """
    end_turn = turn()
    # A command that waits for the org must not make the keyboard wait too.
    screen.set_timer(LONGEST_TURN, end_turn)
    run_beside(screen, partial(_run, explorer, command, end_turn), command.id, exclusive=False)


async def _run(explorer: Explorer, command: Command, end_turn: Callable[[], None]) -> None:
    IS_COMMAND.set(True)
    try:
        await command.run(explorer)
    except SalesforceError as error:
        explorer.tell(f"{command.title}: {error.message} {error.hint}", "error")
    except Exception as error:  # noqa: BLE001  # the plugin boundary
        explorer.tell(f"{command.title} failed: {type(error).__name__}: {error}", "error")
    finally:
        end_turn()
