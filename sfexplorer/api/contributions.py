"""What plugins contribute: frozen descriptions, cheap to make, that the shell turns into screens and keys.

A plugin's manifest returns these from its hooks. `build`, `run`, `connect` and `load` import what they need
when they are called, so that an installed plugin costs nothing before it is used.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sfexplorer.api.references import Reference

if TYPE_CHECKING:
    import click

    from sfexplorer.api.explorer import Explorer
    from sfexplorer.api.ui import PaneWidget
    from sfexplorer.client import Connection, Org

Environment = Literal["demo", "sandbox", "production"]


@dataclass(frozen=True, slots=True)
class Pane:
    """A part of the workspace.

    Args:
        id: `plugin.pane`, unique.
        title: What the list of panes and the breadcrumbs call it.
        build: Makes the widget that shows `reference`; None asks for the pane's own start.
        order: Lower comes first in lists; the lowest pane that has a start of its own opens with the org.
        opens: The kinds of reference that this pane can show.
        starts: Whether it can be opened without a reference.
    """

    id: str
    title: str
    build: Callable[[Explorer, Reference | None], PaneWidget]
    order: int = 100
    opens: tuple[type[Reference], ...] = ()
    starts: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """An action for the palette, with a key where it has one.

    Args:
        id: `plugin.verb`, unique.
        title: What the palette and the footer say.
        run: What it does; it runs beside the screen and may take its time.
        key: A key that works everywhere outside text fields, as Textual names it.
        help: One sentence more.
    """

    id: str
    title: str
    run: Callable[[Explorer], Awaitable[None]]
    key: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class LoginField:
    """A value that a login asks for.

    Args:
        name: Its key in the values given to `connect`.
        label: What stands before it.
        secret: Shown as dots and forgotten when the form closes.
        default: What stands in it at first.
        choices: Values offered beside free text, as (title, value).
        required: Whether the form refuses to go on without it.
    """

    name: str
    label: str
    secret: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """A connection to one org as one user, ready for panes.

    Args:
        connection: The pooled connection; `close` ends it.
        org: The handle that panes use.
        title: The org's name for the breadcrumbs.
        environment: Which kind of org it is; production is always told.
        close: Ends the connection and what was started for it.
    """

    connection: Connection
    org: Org
    title: str
    environment: Environment
    close: Callable[[], Awaitable[None]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Login:
    """A way to connect to an org.

    Args:
        id: `plugin.verb`, unique.
        title: What the login screen offers.
        connect: Connects with the values of `fields`; raises a `SalesforceError` that says what to do.
        fields: What it must be told.
    """

    id: str
    title: str
    connect: Callable[[Mapping[str, str]], Awaitable[Session]]
    fields: tuple[LoginField, ...] = ()


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A command of the command line: `sfexplorer ID ...`.

    Args:
        id: The word behind `sfexplorer`.
        title: One line for `--help`.
        load: Gives the click command.
    """

    id: str
    title: str
    load: Callable[[], click.Command]
