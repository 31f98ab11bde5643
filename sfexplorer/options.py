"""The options of the app, where there are more than the usual ones: help, version, plugins to leave out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import NoReturn

from sfexplorer import __version__

DESCRIPTION = """Explore a Salesforce org in the terminal.

REFERENCE opens at once: an sObject name (Contact), a record Id of 15 or 18
characters or a record's address, or a SOQL text in quotes
('SELECT Id, Name FROM Account').

Without --demo the org is the one of SFEXPLORER_INSTANCE_URL and
SFEXPLORER_ACCESS_TOKEN; without these a form asks."""


class Misused(Exception):
    """What was typed can't be used; the message is the one line that says why."""


class _Parser(argparse.ArgumentParser):
    """Raises what is wrong instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        """Give the caller the line."""
        raise Misused(f"{message}. Try: sfexplorer --help")


def wants_help(words: Sequence[str]) -> bool:
    """Whether the help is asked for, which lists what plugins add."""
    return bool({"-h", "--help"} & set(words))


def read_options(words: Sequence[str], commands: Iterable[tuple[str, str]], files: str) -> argparse.Namespace:
    """The options that were typed: `demo`, `without`, `reference`.

    Args:
        words: What was typed.
        commands: For the help: the names of the plugins' commands, and what they do.
        files: For the help: where the configuration is.

    Raises:
        Misused: they are wrong.
    """
    parser = _Parser(
        prog="sfexplorer", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--demo", action="store_true", help="connect to a demo org that runs on this machine")
    parser.add_argument(
        "--without", action="append", default=[], metavar="PLUGIN", help="leave a plugin out; may be repeated"
    )
    parser.add_argument("--version", action="version", version=f"sfexplorer {__version__}")
    parser.add_argument("reference", nargs="?", metavar="REFERENCE", help="what to open at once")
    rows = [f"  {name:<16}{title}" for name, title in commands]
    parser.epilog = "\n".join(("commands of plugins:", *rows, "", f"keys, theme and settings: {files}"))
    return parser.parse_args(words)
