"""The task that keeps a stream going: a session by Bayeux after the other, each where the last one broke."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from sfexplorer.client.errors import LimitExceeded, SalesforceError, SessionExpired
from sfexplorer.client.session import Session
from sfexplorer.client.streaming.bayeux import BayeuxSession
from sfexplorer.client.streaming.buffer import Buffer
from sfexplorer.client.streaming.interruptions import Interrupted, interruption_of
from sfexplorer.client.streaming.messages import Heard
from sfexplorer.client.streaming.positions import Position, Positions
from sfexplorer.client.streaming.refusals import subscription_refusal
from sfexplorer.client.streaming.states import StateChanged
from sfexplorer.client.streaming.timing import Timing


class Polling:
    """Listens to all channels of a stream.

    Args:
        session: whose events, by whose token.
        positions: the channels, and how far each has come.
        buffer: takes what comes.
        timing: how long to wait for what.
    """

    def __init__(self, session: Session, positions: Positions, buffer: Buffer, timing: Timing) -> None:
        self._session = session
        self._positions = positions
        self._buffer = buffer
        self._timing = timing
        self._latest = BayeuxSession(session, timing)
        self._open: BayeuxSession | None = None
        self._was_open = False
        self._has_progressed = False
        self._has_renewed = False

    async def run(self) -> None:
        """Listen until cancelled.

        Raises:
            SalesforceError: the org ended it, and going on is not possible.
        """
        failures = 0
        while True:
            await self._buffer.room()
            self._buffer.put([StateChanged("connecting")])
            self._has_progressed = False
            try:
                await self._listen()
            except Interrupted as error:
                broken = error
            except LimitExceeded as error:
                # The session that broke counts for some seconds yet.
                if not self._was_open or "concurrent" not in error.message.lower():
                    raise
                broken = Interrupted(error.message)
            if broken.reaction == "leave":
                await self.leave()
            self._open = None
            failures = 1 if self._has_progressed else failures + 1
            await self._recover(broken, failures)

    async def subscribe(self, position: Position) -> None:
        """Have the org tell of one more channel, beside what the task does.

        Raises:
            SalesforceError: the org refused.
        """
        failures = 0
        while not position.granted.done():
            if self._open is None:
                # The task subscribes to everything once it is connected; who waits here reads nothing.
                self._buffer.hurry()
                await asyncio.shield(position.granted)
                break
            try:
                if await self._subscribe(self._open, [position]):
                    raise _too_busy()
            except Interrupted as broken:
                failures += 1
                # The task has to find out, too.
                self._buffer.hurry()
                await self._recover(broken, failures)
        position.granted.result()

    async def unsubscribe(self, channel: str) -> None:
        """Tell the org that nobody listens to a channel any more."""
        if self._open is not None:
            await self._open.leave([channel], for_good=False)

    async def leave(self) -> None:
        """Tell the org, after the task has ended, that nobody listens any more."""
        if self._open is not None:
            await self._open.leave([each.channel for each in self._positions], for_good=True)

    async def _listen(self) -> None:
        """Open a session, and poll until it breaks."""
        opened = self._latest = BayeuxSession(self._session, self._timing)
        self._take(await opened.greet())
        self._open = opened
        wanted = list(self._positions)
        put_off = await self._subscribe(opened, wanted)
        if put_off and len(put_off) == len(wanted):
            raise _too_busy()
        self._was_open, self._has_renewed = True, False
        self._buffer.put([StateChanged("connected")])
        while True:
            await self._buffer.room()
            if opened.interval:
                await asyncio.sleep(opened.interval)
            said, answers = await opened.connect()
            self._take(answers)
            opened.check(said, answers)
            self._has_progressed = True
            # One channel that the org has no time for must not keep the others waiting.
            put_off = await self._subscribe(opened, [each for each in put_off if each in self._positions])

    async def _subscribe(self, opened: BayeuxSession, wanted: Sequence[Position]) -> list[Position]:
        """Ask for channels; those that the org has no time for just now come back."""
        put_off: list[Position] = []
        if not wanted:
            return put_off
        asked, begun = [(each.channel, each.replay) for each in wanted], time.time()
        replies, answers = await opened.subscribe(asked)
        broken: Interrupted | None = None
        for position, (channel, replay), reply in zip(wanted, asked, replies, strict=True):
            if reply is None:
                broken = Interrupted("the org's answer lacks the reply to a subscription")
            elif reply.successful is True:
                position.grant(replay, since=opened.clock.at(begun))
            elif isinstance(refused := subscription_refusal(reply, channel, replay), SalesforceError):
                self._refuse(position, refused)
            elif refused.reaction == "leave":
                put_off.append(position)
            else:
                broken = refused
        self._take(answers)
        if broken is not None:
            raise broken
        return put_off

    def _refuse(self, position: Position, error: SalesforceError) -> None:
        if position in self._positions:
            self._positions.remove(position.channel)
        if position.granted.done():
            self._buffer.put([error])
        else:
            position.granted.set_exception(error)

    def _take(self, answers: list[Heard]) -> None:
        self._buffer.put(self._positions.events(answers))

    async def _recover(self, broken: Interrupted, failures: int) -> None:
        """Do what an interruption asks for before the next try."""
        if broken.reaction == "renew":
            broken = await self._renewed(broken)
        at_once = failures == 1 and broken.reaction in ("handshake", "renew")
        pause = 0.0 if at_once else self._timing.pause(failures)
        self._buffer.put([StateChanged("waiting", broken.because, pause)])
        await asyncio.sleep(pause)

    async def _renewed(self, broken: Interrupted) -> Interrupted:
        try:
            if self._has_renewed or not await self._session.renew(self._latest.oauth):
                raise SessionExpired(broken.because, status=401)
        except SalesforceError as error:
            return interruption_of(error)
        self._has_renewed = True
        return broken


def _too_busy() -> Interrupted:
    return Interrupted("the org is too busy for a subscription", "leave")
