"""Events of several channels over one connection, for days: none lost, none twice, in order per channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sfexplorer.client.streaming.buffer import Buffer, Told
from sfexplorer.client.streaming.events import Event
from sfexplorer.client.streaming.polling import Polling
from sfexplorer.client.streaming.positions import Position, Positions, Replay
from sfexplorer.client.streaming.states import StateChanged
from sfexplorer.client.streaming.timing import Timing

if TYPE_CHECKING:
    from sfexplorer.client.session import Session
    from sfexplorer.client.streaming.replaystore import ReplayStore


class Stream:
    """Listens inside its `async with` block, from the first subscription on.

    An event counts as worked on when the next one is asked for, or when the block ends without an error; its
    place goes into the store then. Whoever reads too slowly is waited for, and misses nothing.

    Args:
        session: whose events, by whose token.
        store: keeps the place in each channel over restarts.
        room: how many events may wait until they are asked for.
        timing: how long to wait for what.
    """

    def __init__(
        self,
        session: Session,
        *,
        store: ReplayStore | None = None,
        room: int = 5_000,
        timing: Timing | None = None,
    ) -> None:
        self._session = session
        self._store = store
        self._positions = Positions()
        self._buffer = Buffer(room)
        self._polling = Polling(session, self._positions, self._buffer, timing or Timing())
        self._task: asyncio.Task[None] | None = None
        self._handed: Event | None = None
        self._kept: dict[str, int] = {}
        self._is_closed = False

    async def subscribe(self, channel: str, replay: Replay = "NEW", *, resume: bool = True) -> None:
        """Listen to one more channel; its events come from when this returns.

        Args:
            channel: `/topic/AllAccounts`, `/u/news`, `/event/Low_Ink__e`, `/data/AccountChangeEvent`.
            replay: NEW for events to come, ALL for those that are kept too, or the replay id of the last
                event that need not come again.
            resume: whether to go on, instead, where the store says.

        Raises:
            ReplayIdInvalid: that event is too long ago; subscribe with one of its `choices` and
                `resume=False`. Later on, the same error comes in the place of an event.
            SubscriptionRefused: there is no such channel, or the user may not listen to it.
            SessionExpired: the token is no longer good, and there is no way to get another one.
            ValueError: that is no channel, or no place in one.
        """
        kept = self._store.load(self._org_id, channel) if self._store and resume else None
        position = Position(channel, replay if kept is None else kept)
        if self._positions.remove(channel) is not None:
            # Asked twice, the org would go on where it is.
            await self._polling.unsubscribe(channel)
        self._kept.pop(channel, None)
        self._positions.add(position)
        self._start()
        try:
            await self._polling.subscribe(position)
        except BaseException:
            if position in self._positions:
                self._positions.remove(channel)
            raise

    async def unsubscribe(self, channel: str) -> None:
        """Listen no more to a channel; events that wait still come."""
        if self._positions.remove(channel) is not None:
            await self._polling.unsubscribe(channel)

    @property
    def positions(self) -> Mapping[str, int | None]:
        """The replay id of the last event that came, by channel; None before the first."""
        return {each.channel: each.last for each in self._positions}

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        while True:
            if isinstance(told := await self._next(), Event):
                return told

    async def told(self) -> AsyncGenerator[Event | StateChanged, None]:
        """The events and, among them, how the stream is doing."""
        with suppress(StopAsyncIteration):
            while True:
                yield await self._next()

    async def aclose(self) -> None:
        """Stop listening, and tell the org."""
        if self._is_closed:
            return
        self._is_closed = True
        self._buffer.end(StopAsyncIteration())
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
            await self._polling.leave()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._settle()
        await self.aclose()

    async def _next(self) -> Told:
        self._settle()
        if self._is_closed:
            raise StopAsyncIteration
        told = await self._buffer.take()
        if isinstance(told, Event):
            self._handed = told
        return told

    def _settle(self) -> None:
        """The event that was handed out last has been worked on."""
        event, self._handed = self._handed, None
        if self._store is None or event is None or event.replay_id is None:
            return
        if event.replay_id > self._kept.get(event.channel, 0):
            self._kept[event.channel] = event.replay_id
            self._store.save(self._org_id, event.channel, event.replay_id)

    def _start(self) -> None:
        if self._is_closed:
            raise RuntimeError("the stream is closed; open another one")
        if self._task is None or self._task.done():
            self._buffer.reopen()
            self._task = asyncio.create_task(self._polling.run())
            self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = StopAsyncIteration() if task.cancelled() else task.exception() or StopAsyncIteration()
        for position in self._positions:
            if not position.granted.done() and not isinstance(error, StopAsyncIteration):
                position.granted.set_exception(error)
        self._buffer.end(error)

    @property
    def _org_id(self) -> str:
        oauth = self._session.oauth
        return oauth.organization_id or oauth.instance_url


async def events_of(stream: Stream, channel: str, replay: Replay) -> AsyncGenerator[Event, None]:
    """The events of one channel, over a stream of its own that ends with the loop."""
    async with stream:
        await stream.subscribe(channel, replay)
        async for event in stream:
            yield event
