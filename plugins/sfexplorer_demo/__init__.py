"""The demo org as a way to connect, and as a command of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sfexplorer.api import Login, Session, Subcommand, hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def connections() -> list[Login]:
    """Offers the demo org."""
    return [
        Login(id="demo.open", title="Open the demo org (on this machine, nothing to type)", connect=_connect)
    ]


@hookimpl
def subcommands() -> list[Subcommand]:
    """Serves the demo org alone."""
    return [Subcommand(id="demo", title="Serve the demo org for any Salesforce client", load=_command)]


async def _connect(_values: Mapping[str, str]) -> Session:
    from sfexplorer_demo.connecting import connect

    return await connect()


def _command() -> click.Command:
    from sfexplorer.demo.command import demo

    return demo
