"""The command line: `sfexplorer [--demo] [--without PLUGIN] [REFERENCE]`, and the subcommands of plugins.

Whatever is wrong with what was typed gets one line on stderr and exit status 2, never a traceback. The usual
words are read here; argparse is loaded for others, and click for the subcommands that are called: each would
take its part of the time to the first frame.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sfexplorer.api.contributions import Subcommand
    from sfexplorer.app.connecting import Way
    from sfexplorer.registry import Registry

WITHOUT = "SFEXPLORER_WITHOUT"
DEMO_LOGIN = "demo.open"
UNUSABLE = 2
INTERRUPTED = 130


class Unusable(Exception):
    """What was typed can't be used; the message is the one line that says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the app is asked for."""

    demo: bool = False
    without: Sequence[str] = ()
    reference: str | None = None


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 when all went well, 2 when what was typed or found can't be used."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.exit(_dispatch(words))
    except Unusable as problem:
        print(f"sfexplorer: {problem}", file=sys.stderr)  # noqa: T201  # the one line
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _dispatch(words: list[str]) -> int:
    # A subcommand is the first word, in small letters; everything else, in any order, is for the app.
    if words and words[0].isalpha() and words[0].islower():
        for subcommand in _registry(()).subcommands():
            if subcommand.id == words[0]:
                return _run(subcommand, words[1:])
    return _explore(_asked(words))


def _run(subcommand: Subcommand, words: list[str]) -> int:
    import click

    name = f"sfexplorer {subcommand.id}"
    try:
        result = subcommand.load().main(words, prog_name=name, standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as problem:
        raise Unusable(problem.format_message()) from None
    return result if isinstance(result, int) else 0


def _asked(words: Sequence[str]) -> Asked:
    others = [word for word in words if word != "--demo"]
    if len(others) <= 1 and not any(word.startswith("-") for word in others):
        return Asked("--demo" in words, reference=others[0] if others else None)
    from sfexplorer.app.config import config_file
    from sfexplorer.options import Misused, read_options, wants_help

    commands = _registry(()).subcommands() if wants_help(words) else []
    try:
        read = read_options(words, ((command.id, command.title) for command in commands), str(config_file()))
    except Misused as problem:
        raise Unusable(str(problem)) from None
    return Asked(read.demo, read.without, read.reference)


def _registry(without: Sequence[str]) -> Registry:
    from sfexplorer.registry import Registry, UnknownPlugin

    names = [name.strip() for name in os.environ.get(WITHOUT, "").split(",") if name.strip()]
    try:
        return Registry([*names, *without])
    except UnknownPlugin as problem:
        raise Unusable(str(problem)) from None


def _explore(asked: Asked) -> int:
    from sfexplorer.api.references import NotAReference, parse_reference

    registry = _registry(asked.without)
    way = _demo(registry) if asked.demo else _environment()
    try:
        first = parse_reference(asked.reference) if asked.reference is not None else None
    except NotAReference as problem:
        raise Unusable(str(problem)) from None
    if not sys.stdin.isatty() or not sys.stderr.isatty():
        raise Unusable("The explorer needs a terminal; over SSH, ask for one with ssh -t.")
    from sfexplorer.app.app import ExplorerApp

    app = ExplorerApp(registry, way, first)
    app.run()
    return app.return_code or 0


def _demo(registry: Registry) -> Way:
    from sfexplorer.app.connecting import Way

    for login in registry.connections():
        if login.id == DEMO_LOGIN:
            return Way(login)
    raise Unusable("--demo needs the demo plugin, which is left out or not installed.")


def _environment() -> Way | None:
    from sfexplorer.app.connecting import Way
    from sfexplorer.app.logins import TOKEN, from_environment

    values = from_environment()
    return Way(TOKEN, values) if values else None
