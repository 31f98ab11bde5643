"""The hooks of a plugin.

A plugin is a module named by an entry point of group `sfexplorer`. It implements any of these with
`hookimpl`. Contribution hooks take nothing and return frozen descriptions; they are called once, when the app
starts, one implementer at a time, so that one broken plugin is one message.
"""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from sfexplorer.api.contributions import Command, Login, Pane, Subcommand

PROJECT = "sfexplorer"

hookimpl = pluggy.HookimplMarker(PROJECT)
hookspec = pluggy.HookspecMarker(PROJECT)


@hookspec
def connections() -> Sequence[Login]:  # type: ignore[empty-body]  # a specification has no body
    """Ways to connect to an org, offered by the login screen. Added in 0.1."""


@hookspec
def panes() -> Sequence[Pane]:  # type: ignore[empty-body]  # a specification has no body
    """Parts of the workspace, and the kinds of reference that they open. Added in 0.1."""


@hookspec
def commands() -> Sequence[Command]:  # type: ignore[empty-body]  # a specification has no body
    """Actions for the palette, with keys. Added in 0.1."""


@hookspec
def subcommands() -> Sequence[Subcommand]:  # type: ignore[empty-body]  # a specification has no body
    """Commands of the command line. Added in 0.1."""
