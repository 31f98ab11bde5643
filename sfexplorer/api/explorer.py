"""What a plugin may ask of the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from sfexplorer.client.errors import SalesforceError

if TYPE_CHECKING:
    from sfexplorer.api.contributions import Session
    from sfexplorer.api.references import Reference
    from sfexplorer.client import Org


class Explorer(Protocol):
    """The shell as panes and commands see it."""

    @property
    def org(self) -> Org:
        """The org that is connected; raises `NotConnected` while there is none."""

    async def connected(self) -> Session:
        """The session, as soon as there is one."""

    def open(self, reference: Reference) -> None:
        """Open `reference` in the pane that shows its kind."""

    def open_pane(self, id: str) -> None:
        """Go to the pane of this id, or open it at its start."""

    def tell(
        self, message: str, severity: Literal["information", "warning", "error"] = "information"
    ) -> None:
        """Tell the person something that has no place on the screen; never read as markup."""


class NotConnected(SalesforceError):
    """There is no org yet."""

    default_hint = "Wait until it is connected, or log in."
