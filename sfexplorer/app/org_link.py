"""The workspace's link to its org: connects, asks for a login, tells what is wrong, ends the connection."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from sfexplorer.api.contributions import Session
from sfexplorer.api.ui import ErrorCard
from sfexplorer.api.ui.background import run_beside
from sfexplorer.app.connecting import Way, same_org
from sfexplorer.client.errors import SalesforceError
from sfexplorer.registry import Registry


class OrgLink(Widget):
    """Holds the session; takes no place on the screen but for what went wrong while connecting.

    Args:
        registry: The plugins, whose logins are offered.
        way: How to connect; None asks the person.
    """

    DEFAULT_CSS = """
    OrgLink { dock: bottom; height: auto; }
    OrgLink > ErrorCard { dock: none; }
    """

    @dataclass
    class Began(Message):
        """There is a session, the first or one in the place of another."""

        session: Session

    @dataclass
    class Refused(Message):
        """A login was not taken, for the reason told."""

        reason: str

    @dataclass
    class Waiting(Message):
        """What is being waited for; empty when nothing is."""

        text: str

    @dataclass
    class GivenUp(Message):
        """The person left the login form, and there is nothing else to show."""

    def __init__(self, registry: Registry, way: Way | None) -> None:
        super().__init__()
        self.session: Session | None = None
        self.failure = ""
        self._registry = registry
        self._way = way
        self._begun = asyncio.Event()

    def compose(self) -> ComposeResult:
        """The place for what went wrong."""
        yield ErrorCard()

    async def wait(self) -> Session:
        """The session, as soon as there is one."""
        while self.session is None:
            await self._begun.wait()
        return self.session

    def connect(self) -> None:
        """Connect in the known way, or ask."""
        if self._way is None:
            self.ask()
        else:
            run_beside(self, partial(self._connect, self._way), "connect")

    def ask(self) -> None:
        """Ask for an org by the login form; what is open stays as it is."""
        from sfexplorer.app.login import LoginScreen

        def answered(answer: tuple[Session, Way] | None) -> None:
            if answer is not None:
                session, self._way = answer
                run_beside(self, partial(self._adopt, session), "connect")
            elif self.session is None and self._way is None:
                self.post_message(self.GivenUp())

        self.app.push_screen(LoginScreen(self._registry.connections(), self._way), answered)

    async def close(self) -> None:
        """End the connection, and what was started for it."""
        if self.session is not None:
            await self.session.close()

    async def _connect(self, way: Way) -> None:
        self.post_message(self.Waiting("Connecting…"))
        try:
            await self._adopt(await way.connect())
        except SalesforceError as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001  # the plugin boundary: a login is a plugin's
            self._fail(SalesforceError(f"Connecting failed: {error}"))
        finally:
            self.post_message(self.Waiting(""))

    def _fail(self, error: SalesforceError) -> None:
        self.failure = error.message
        self.query_one(ErrorCard).show(error, self.connect, login=True)

    async def _adopt(self, session: Session) -> None:
        before = self.session
        if before is not None and not same_org(before, session):
            await session.close()
            self.post_message(self.Refused("That is another org. Start sfexplorer once more for it."))
            return
        self.session = session
        self._begun.set()
        self.query_one(ErrorCard).clear()
        if before is not None:
            await before.close()
        self.post_message(self.Began(session))
