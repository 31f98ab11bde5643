"""The connection that a fault strikes, with its pool in view."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sfexplorer.client import Connection, OAuth, Org, RequestSent, Retry, Timeouts
from sfexplorer.client.routes import Routes
from sfexplorer.demo.credentials import ORG_ID

from .door import Door
from .faults import Fault
from .place import Operation

if TYPE_CHECKING:
    from sfexplorer.demo.server import DemoServer

VERSION = "60.0"
_TRIES = Retry(first_pause=0.001)
_IMPATIENT = Timeouts(read=1.0)
# More often than anybody tries.
_ALWAYS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to the org, by which all goes well until its fault is switched on.

    Attributes:
        demo: the org.
        fault: what will strike.
        connection: the connection.
        org: a handle on it.
        routes: what the connection sends by.
        door: stands before the org where the fault is that nobody listens.
        sent: the requests since the fault was switched on.
    """

    demo: DemoServer
    fault: Fault
    connection: Connection
    org: Org
    routes: Routes
    door: Door | None
    sent: list[RequestSent] = field(default_factory=list)

    def strike(self, operations: tuple[Operation, ...], *, lasting: bool) -> None:
        """Switch the fault on for a request of each operation: for the first such one, or for all."""
        self.sent.clear()
        if self.door is None:
            count = _ALWAYS if lasting else 1
            where = ({"method": each.method, "path": each.path} for each in operations)
            self.demo.faults(*({**self.fault.rule, **each, "count": count} for each in where))
        elif not lasting:
            self.connection.trace(on_request=self._let_in_the_second)

    def mend(self) -> None:
        """Switch the fault off."""
        self.demo.faults()
        if self.door is not None:
            self.door.open()

    def tries_of(self, operation: Operation) -> int:
        """How many times the request was sent that the fault strikes."""
        targets = [
            each for each in self.sent
            if each.method == operation.method and re.search(operation.path, _target(each.url))
        ]  # fmt: skip
        return max(len(targets), *(each.attempt for each in self.sent if self.door is not None), 0)

    @property
    def own_tasks(self) -> set[asyncio.Task[None]]:
        """The tasks that belong to the test and not to the client."""
        return self.door.tasks if self.door is not None else set()

    def _let_in_the_second(self, request: RequestSent) -> None:
        if request.attempt > 1 and self.door is not None:
            self.door.open()


@asynccontextmanager
async def line_to(demo: DemoServer, fault: Fault) -> AsyncIterator[Line]:
    """A new connection with a session of its own."""
    async with AsyncExitStack() as stack:
        door = await stack.enter_async_context(Door(demo.url)) if fault.is_at_the_door else None
        url = door.url if door is not None else demo.url
        routes = Routes()
        connection = await stack.enter_async_context(
            Connection(
                client_id=demo.client_id,
                client_secret=demo.client_secret,
                login_url=url,
                api_version=VERSION,
                retry=_TRIES,
                timeout=_IMPATIENT if fault.waits else Timeouts(),
                transport=routes,
            )
        )
        org = connection.org(_session_of(demo, url))
        line = Line(demo, fault, connection, org, routes, door)
        connection.trace(on_request=line.sent.append)
        yield line


def _session_of(demo: DemoServer, url: str) -> OAuth:
    """A session that was opened just now, and that its refresh token renews."""
    user, refresh_token = demo.org.administrator.id, demo.refresh_token
    token = demo.org.sessions.open(user, demo.client_id, "", refresh_token).token
    return OAuth(token, url, f"{url}/id/{ORG_ID}/{user}", refresh_token=refresh_token)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}".removesuffix("?")
