"""The hooks of a plugin.

A plugin is a module named by an entry point of group `sfexplorer`. It implements any of these with
`hookimpl`. Contribution hooks take nothing and return frozen descriptions; they are called once, when the app
starts, one implementer at a time, so that one broken plugin is one message. Event hooks are coroutines,
called when something happens; an implementer takes as many of the arguments as it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pluggy

from sfexplorer.api.contributions import (
    Change,
    Command,
    Exporter,
    Formatter,
    Login,
    Pane,
    RecordAction,
    Subcommand,
)

if TYPE_CHECKING:
    from sfexplorer.api.explorer import Explorer
    from sfexplorer.client import FieldDescribe, SObject

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


@hookspec
def record_actions() -> Sequence[RecordAction]:  # type: ignore[empty-body]  # a specification has no body
    """Things to do with a record, wherever one is shown. Added in 0.1."""


@hookspec
async def before_save(record: SObject, changes: Mapping[str, Change], explorer: Explorer) -> str | None:
    """Why these changes must not be sent, in a sentence for the person; None where they may. Added in 0.1.

    Asked before each save of a record, after the person has agreed to it. It fails closed: an implementer
    that raises refuses the save.
    """


@hookspec
async def after_save(record: SObject, changes: Mapping[str, Change], explorer: Explorer) -> None:
    """Told what the org has taken. Added in 0.1.

    It fails open: the record is saved, so an implementer that raises is told, and changes nothing.
    """


@hookspec
def exporters() -> Sequence[Exporter]:  # type: ignore[empty-body]  # a specification has no body
    """Forms in which rows are written to a file. Added in 0.1."""


@hookspec
def formatter_for(field: FieldDescribe, explorer: Explorer) -> Formatter | None:
    """How values of this field look; None leaves it to others. Asked once for each column. Added in 0.1.

    The first implementer that has an answer gives it.
    """


@hookspec
def settings() -> object:
    """The plugin's settings: a frozen dataclass of which each field has its default. Added in 0.1.

    A person sets them in the section of `config.toml` that has the plugin's name; `explorer.settings(Class)`
    gives them as they are then. Fields are `str`, `int`, `float`, `bool`, `Literal[...]`, or tuples of these.
    """
