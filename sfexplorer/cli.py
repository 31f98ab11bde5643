"""The command line: `sfexplorer [--demo] [--without PLUGIN] [REFERENCE]`, and the subcommands of plugins.

Whatever is wrong with what was typed gets one line on stderr and exit status 2, never a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from sfexplorer import __version__

if TYPE_CHECKING:
    from sfexplorer.app.workspace import Connect
    from sfexplorer.registry import Registry

WITHOUT = "SFEXPLORER_WITHOUT"
DEMO_LOGIN = "demo.open"
USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: 0 when all went well, 2 when what was typed or found can't be used."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.exit(_dispatch(words))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as problem:
        click.echo(f"sfexplorer: {problem.format_message()}", err=True)
        sys.exit(USAGE_ERROR)


def _dispatch(words: list[str]) -> int:
    # A subcommand is the first word; everything else, in any order, is for the app.
    if words and words[0].isalpha() and words[0].islower():
        for subcommand in _registry(()).subcommands():
            if subcommand.id == words[0]:
                result = subcommand.load().main(
                    words[1:], prog_name=f"sfexplorer {subcommand.id}", standalone_mode=False
                )
                return result if isinstance(result, int) else 0
    result = explore.main(words, prog_name="sfexplorer", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _registry(without: Sequence[str]) -> Registry:
    from sfexplorer.registry import Registry, UnknownPlugin

    names = [name.strip() for name in os.environ.get(WITHOUT, "").split(",") if name.strip()]
    try:
        return Registry([*names, *without])
    except UnknownPlugin as problem:
        raise click.UsageError(str(problem)) from None


class _WithSubcommands(click.Command):
    """The app's command, whose help also lists what plugins add to the command line."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands."""
        rows = [(command.id, command.title) for command in _registry(()).subcommands()]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


@click.command(cls=_WithSubcommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--demo", is_flag=True, help="Connect to a demo org that runs on this machine.")
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave a plugin out; may be repeated.")
@click.version_option(__version__, prog_name="sfexplorer")
@click.argument("reference", required=False)
def explore(demo: bool, without: tuple[str, ...], reference: str | None) -> None:
    """Explore a Salesforce org in the terminal.

    REFERENCE opens at once: an sObject name (Contact), a record Id of 15 or 18 characters, or a SOQL text in
    quotes ('SELECT Id, Name FROM Account').

    Without --demo the org is the one of SFEXPLORER_INSTANCE_URL and SFEXPLORER_ACCESS_TOKEN; without these a
    form asks.
    """
    from sfexplorer.api.references import NotAReference, parse_reference

    registry = _registry(without)
    connect = _connect_to_demo(registry) if demo else _connect_by_environment()
    try:
        first = parse_reference(reference) if reference is not None else None
    except NotAReference as problem:
        raise click.UsageError(str(problem)) from None
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        raise click.UsageError("The explorer needs a terminal; over SSH, ask for one with ssh -t.")
    from sfexplorer.app.app import ExplorerApp

    app = ExplorerApp(registry, connect, first)
    app.run()
    if app.return_code:
        sys.exit(app.return_code)


def _connect_to_demo(registry: Registry) -> Connect:
    for login in registry.connections():
        if login.id == DEMO_LOGIN:
            return lambda: login.connect({})
    raise click.UsageError("--demo needs the demo plugin, which is left out or not installed.")


def _connect_by_environment() -> Connect | None:
    from sfexplorer.app.logins import connect_by_token, from_environment

    values = from_environment()
    return (lambda: connect_by_token(values)) if values else None
