"""The clients that have shaken hands: what each listens to, and what waits for it."""

from __future__ import annotations

import asyncio
import secrets
import string
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Literal

from sfexplorer.demo.streaming.channels import Channel

# A client is forgotten so many seconds after an answer that no connect followed (streaming.md section 1.1).
PATIENCE_SECONDS = 40
_LETTERS = string.ascii_lowercase + string.digits
_ID_LENGTH = 29

# Why a client has ended: said goodbye, was forgotten, lost its access token, or is to be cut off.
Ending = Literal["", "disconnected", "lost", "unauthorized", "cut"]


@dataclass(slots=True)
class Subscription:
    """A channel that a client listens to.

    Attributes:
        pending: what comes while older events are still being read; None once they are there.
    """

    channel: Channel
    pending: list[bytes] | None = None


@dataclass(slots=True, eq=False)
class Client:
    """One Bayeux session.

    Attributes:
        token: the access token that it spoke with last.
        version: of the API, by its path.
        is_faye: whether it is one that can't stand channels with a filter.
        is_new: whether it has not connected yet.
        expires: when it is forgotten, by the hub's clock.
    """

    id: str
    user_id: str
    token: str = field(repr=False)
    version: float
    is_faye: bool
    expires: float
    is_new: bool = True
    ending: Ending = ""
    queue: list[bytes] = field(default_factory=list, repr=False)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    _waiter: asyncio.Future[None] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a connect is held."""
        return self._waiter is not None

    def wake(self) -> None:
        """Have the held connect answered."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def wait(self, seconds: float, gone: Awaitable[object]) -> bool:
        """Hold a connect until there is something to say or the time is over.

        Args:
            seconds: how long.
            gone: comes true when the other end of the connection has left.

        Returns:
            Whether the answer still has a reader.
        """
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        # A second connect ends the first.
        self.wake()
        self._waiter = waiter

        def end(*_: object) -> None:
            if not waiter.done():
                waiter.set_result(None)

        leaving = asyncio.ensure_future(gone)
        leaving.add_done_callback(end)
        timer = loop.call_later(seconds, end)
        try:
            await waiter
        finally:
            timer.cancel()
            has_left = leaving.done() and not leaving.cancelled()
            leaving.cancel()
            if self._waiter is waiter:
                self._waiter = None
        return not has_left

    def take(self) -> list[bytes]:
        """What waits, taken away."""
        taken, self.queue = self.queue, []
        return taken


def new_client_id() -> str:
    """An id of 29 small letters and digits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_ID_LENGTH))
