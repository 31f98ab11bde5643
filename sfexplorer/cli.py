"""The command line: `sfexplorer [--demo] [--without PLUGIN] [REFERENCE]`, and the subcommands of plugins.

Whatever is wrong with what was typed gets one line on stderr and exit status 2, never a traceback. The app's
own options are read by argparse, since click would take a seventh of the time to the first frame; subcommands
are click's, which is loaded when one is called.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from sfexplorer import __version__

if TYPE_CHECKING:
    from sfexplorer.api.contributions import Subcommand
    from sfexplorer.app.connecting import Way
    from sfexplorer.registry import Registry

WITHOUT = "SFEXPLORER_WITHOUT"
DEMO_LOGIN = "demo.open"
UNUSABLE = 2
INTERRUPTED = 130

DESCRIPTION = """Explore a Salesforce org in the terminal.

REFERENCE opens at once: an sObject name (Contact), a record Id of 15 or 18
characters or a record's address, or a SOQL text in quotes
('SELECT Id, Name FROM Account').

Without --demo the org is the one of SFEXPLORER_INSTANCE_URL and
SFEXPLORER_ACCESS_TOKEN; without these a form asks."""


class Unusable(Exception):
    """What was typed can't be used; the message is the one line that says why."""


class _Parser(argparse.ArgumentParser):
    """Raises what is wrong instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        """Give the caller the line."""
        raise Unusable(f"{message}. Try: sfexplorer --help")


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
    return _explore(_parser(words).parse_args(words))


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


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sfexplorer", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--demo", action="store_true", help="connect to a demo org that runs on this machine")
    parser.add_argument(
        "--without", action="append", default=[], metavar="PLUGIN", help="leave a plugin out; may be repeated"
    )
    parser.add_argument("--version", action="version", version=f"sfexplorer {__version__}")
    parser.add_argument("reference", nargs="?", metavar="REFERENCE", help="what to open at once")
    if {"-h", "--help"} & set(words):
        rows = (f"  {command.id:<16}{command.title}" for command in _registry(()).subcommands())
        parser.epilog = "\n".join(("commands of plugins:", *rows))
    return parser


def _registry(without: Sequence[str]) -> Registry:
    from sfexplorer.registry import Registry, UnknownPlugin

    names = [name.strip() for name in os.environ.get(WITHOUT, "").split(",") if name.strip()]
    try:
        return Registry([*names, *without])
    except UnknownPlugin as problem:
        raise Unusable(str(problem)) from None


def _explore(asked: argparse.Namespace) -> int:
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
