"""What plugins contribute: frozen descriptions, cheap to make, that the shell turns into screens and keys.

A plugin's manifest returns these from its hooks. `build`, `run`, `connect` and `load` import what they need
when they are called, so that an installed plugin costs nothing before it is used.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Literal

from sfexplorer.api.references import Reference

if TYPE_CHECKING:
    import click

    from sfexplorer.api.explorer import Explorer
    from sfexplorer.api.ui import PaneWidget
    from sfexplorer.client import Connection, Org, SObject

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
        side: Makes a narrow widget that stands beside other panes where the screen is wide, and comes as a
            drawer where it is not; None makes none.
    """

    id: str
    title: str
    build: Callable[[Explorer, Reference | None], PaneWidget]
    order: int = 100
    opens: tuple[type[Reference], ...] = ()
    starts: bool = True
    side: Callable[[Explorer], PaneWidget] | None = None


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
class Change:
    """What a save makes of a field: the value that the org has said last, and the one that is sent."""

    before: object
    after: object


def _any_record(record: SObject) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class RecordAction:
    """Something to do with a record, in the list of more actions (`o`) wherever a record is shown.

    Args:
        id: `plugin.verb`, unique.
        title: What the list says.
        run: What it does; it runs beside the screen and may take its time. What the record holds depends on
            where it is shown: its type and its Id are there always.
        applies: Whether it is offered for a record; asked when the list opens, so it must be quick.
        order: Lower comes first in the list.
        help: One sentence more.
    """

    id: str
    title: str
    run: Callable[[Explorer, SObject], Awaitable[None]]
    applies: Callable[[SObject], bool] = _any_record
    order: int = 100
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


@dataclass(frozen=True, slots=True)
class Formatter:
    """How the values of a field look.

    Args:
        text: The text of a value, as the client gives it; asked for each cell that is drawn, so it is quick.
            It is never asked for null or an empty text, and need not be safe to print: grids make it so.
        align: The side that the values stand on.
    """

    text: Callable[[object], str]
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Rows that are written to a file.

    Args:
        columns: The columns by their dotted names (`Account.Name`), in their order.
        pages: The rows as the org sent them, some at a time, each once. Parents are mappings in them,
            sub-selects mappings with `records`.
    """

    columns: Sequence[str]
    pages: AsyncGenerator[Sequence[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A form in which rows are written to a file.

    Args:
        id: `plugin.form`, unique.
        title: What the list of forms calls it.
        suffix: What such files end with, dot included.
        write: Writes all rows into a file that is open, in a thread where that takes time. The file gets its
            name when this is done; when it raises, or is cancelled, there is none.
    """

    id: str
    title: str
    suffix: str
    write: Callable[[IO[bytes], ExportTable], Awaitable[None]]
