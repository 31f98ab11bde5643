"""What is wrong with the person's `config.toml`, told once the screen is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain

from sfexplorer.app.bindings import SHELL_BINDINGS
from sfexplorer.app.config import config_file
from sfexplorer.app.keymap import Keyed, Keymap, complaints
from sfexplorer.registry import Registry

MOST_TOLD = 4


async def complain(
    problems: Sequence[str], keymap: Keymap, registry: Registry, tell: Callable[[str], None]
) -> None:
    """Tell the problems, and then what is wrong with the keymap as a whole; that takes longer to know."""
    _tell(problems, tell)
    if keymap.keys:
        _tell(await asyncio.to_thread(_about_keys, keymap, registry), tell)


def _about_keys(keymap: Keymap, registry: Registry) -> list[str]:
    from sfexplorer.app.all_bindings import all_bindings

    packages = [plugin.module.__name__ for plugin in registry.plugins]
    # Commands work where the shell's keys do.
    everywhere = [Keyed(str(binding.id), binding.key, "everywhere") for binding in SHELL_BINDINGS]
    everywhere += [Keyed(command.id, command.key, "everywhere") for command in registry.commands()]
    bindings = (
        Keyed(bound.binding.id, bound.binding.key, bound.owner)
        for bound in all_bindings(packages)
        if bound.binding.id
    )
    return complaints(keymap, chain(everywhere, bindings))


def _tell(problems: Sequence[str], tell: Callable[[str], None]) -> None:
    if problems:
        more = [f"… and {len(problems) - MOST_TOLD} more"] if len(problems) > MOST_TOLD else []
        tell("\n".join([*problems[:MOST_TOLD], *more, f"({config_file()})"]))
