"""What a plugin may ask of the shell."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from sfexplorer.client.errors import SalesforceError

if TYPE_CHECKING:
    from sfexplorer.api.contributions import Change, Exporter, Formatter, RecordAction, Session
    from sfexplorer.api.references import Reference
    from sfexplorer.api.requestlog import RequestLog
    from sfexplorer.client import FieldDescribe, Org, SObject

Result = TypeVar("Result")
Settings = TypeVar("Settings")

Check = Callable[[str], Awaitable[str | None]]
"""Says what is wrong with a text that was typed, None where nothing is."""

Complete = Callable[[str], Awaitable[Sequence[str]]]
"""Gives the texts that go on from what is typed: `sfexplorer.api.paths.complete_path`."""

Report = Callable[[str], None]
"""Tells how far some work is: `report("2,000 of 51,203 rows")`."""

Work = Callable[[Report], Awaitable[Result]]
"""Long work; it is given what to report its progress with."""


class RecordHooks(Protocol):
    """What the plugins have to say to the records that a pane shows and saves."""

    async def refusal(self, record: SObject, changes: Mapping[str, Change]) -> str | None:
        """Why a plugin refuses these changes, None where none does; to be asked before each save."""

    async def saved(self, record: SObject, changes: Mapping[str, Change]) -> None:
        """Tell the plugins what the org has taken."""

    def actions(self, record: SObject) -> Sequence[RecordAction]:
        """What plugins offer to do with the record, in their order."""

    def perform(self, action: RecordAction, record: SObject) -> None:
        """Do it, beside the screen; what goes wrong is told."""


class Explorer(Protocol):
    """The shell as panes and commands see it."""

    @property
    def org(self) -> Org:
        """The org that is connected; raises `NotConnected` while there is none."""

    @property
    def records(self) -> RecordHooks:
        """What the plugins have to say to records."""

    async def connected(self) -> Session:
        """The session, as soon as there is one."""

    @property
    def exporters(self) -> Sequence[Exporter]:
        """The forms in which rows can be written to a file; `sfexplorer.api.ui` asks for one."""

    def open(self, reference: Reference) -> None:
        """Open `reference` in the pane that shows its kind."""

    def open_pane(self, id: str) -> None:
        """Go to the pane of this id, or open it at its start."""

    def tell(
        self, message: str, severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """Tell the person something that has no place on the screen; never read as markup."""

    def copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard, also over SSH, and say `what` was copied."""

    def browse(self, url: str) -> None:
        """Open the address in the person's browser; over SSH, where there is none, copy it."""

    async def confirm(self, question: str, yes: str, no: str = "Go back") -> bool:
        """Whether the person says yes; `yes` and `no` say what each would do."""

    async def choose(self, title: str, options: Sequence[str], chosen: int = 0) -> int | None:
        """The place of what the person chooses from the list; None when it was left."""

    async def ask(
        self,
        title: str,
        hint: str = "",
        *,
        value: str = "",
        check: Check | None = None,
        complete: Complete | None = None,
    ) -> str | None:
        """The text that the person types, beginning with `value`; Tab completes it. None when it was left."""

    async def run_with_progress(self, title: str, work: Work[Result]) -> Result | None:
        """What the work gives; None when the person stopped it.

        The line above shows the title, what the work reports, and for how long it goes on; Escape in the pane
        it began in stops it: the work is cancelled, and cleans up in its `finally`.
        """

    def formatter_for(self, field: FieldDescribe) -> Formatter:
        """How values of this field look; a pane asks once for each column."""

    def redraw(self) -> None:
        """Have all panes show their values anew: they look different now."""

    def settings(self, kind: type[Settings]) -> Settings:
        """The settings of this class as `config.toml` has them; it is one that a `settings` hook gives."""

    @property
    def requests(self) -> RequestLog:
        """What was sent to the org lately, and what it answered."""


class NotConnected(SalesforceError):
    """There is no org yet."""

    default_hint = "Wait until it is connected, or log in."
