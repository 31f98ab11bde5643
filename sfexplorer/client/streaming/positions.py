"""Where a stream stands in each of its channels, and which events are new there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Literal

from sfexplorer.client.streaming.events import Event, kind_of
from sfexplorer.client.streaming.messages import Heard
from sfexplorer.client.streaming.seen import Seen

Replay = Literal["NEW", "ALL"] | int
"""Where to begin: with events to come, with all that are kept, or behind the event of a replay id."""

_NUMBERS = {"NEW": -1, "ALL": -2}
_ALL_CHANGES = "/data/ChangeEvents"


class Position:
    """A channel that is listened to.

    Attributes:
        channel: its name.
        last: the highest replay id that came.
        granted: is done once the org has granted the first subscription, or refused it.
    """

    def __init__(self, channel: str, replay: Replay) -> None:
        """Begin where `replay` says.

        Raises:
            ValueError: that is no channel, or no place in one.
        """
        self.channel = channel
        self.last: int | None = None
        self.granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._replay = _number(replay)
        self._kind = kind_of(_checked(channel))
        self._seen = Seen(max(0, self._replay))
        self._since: float | None = None
        self._is_catching_up = False

    @property
    def replay(self) -> int:
        """What the next subscription has to ask for."""
        if self.last is not None:
            return self.last
        # Nothing came that could be gone on from; what was said meanwhile is among all that is kept.
        return _NUMBERS["ALL"] if self._since is not None else self._replay

    def grant(self, asked: int, *, since: float) -> None:
        """Take note that the org tells the channel's events.

        Args:
            asked: what the subscription asked for.
            since: the moment that it was sent at, by the org's own clock.
        """
        if self._replay == _NUMBERS["NEW"]:
            self._is_catching_up = asked == _NUMBERS["ALL"]
            if self._since is None:
                self._since = int(since * 1000) / 1000  # events tell thousandths
        if not self.granted.done():
            self.granted.set_result(None)

    def take(self, told: Heard) -> Event | None:
        """The event that a message tells, unless it came before or is older than the subscription."""
        data = told.data
        try:
            replay_id = data["event"]["replayId"]
        except (TypeError, KeyError, IndexError):
            replay_id = None
        if type(replay_id) is not int:
            return self._kind(self.channel, None, data)
        if not self._seen.add(replay_id):
            return None
        if self.last is None or replay_id > self.last:
            self.last = replay_id
        event = self._kind(self.channel, replay_id, data)
        if self._is_catching_up and self._is_too_old(event):
            return None
        return event

    def _is_too_old(self, event: Event) -> bool:
        created = event.created
        if created is not None and self._since is not None and created.timestamp() < self._since:
            return True
        self._is_catching_up = False
        return False


class Positions:
    """All channels of a stream, by name."""

    def __init__(self) -> None:
        self._named: dict[str, Position] = {}

    def __iter__(self) -> Iterator[Position]:
        return iter(tuple(self._named.values()))

    def __contains__(self, position: object) -> bool:
        return isinstance(position, Position) and self._named.get(position.channel) is position

    def add(self, position: Position) -> None:
        """Listen to one more; it takes the place of an earlier one of the same channel."""
        self._named[position.channel] = position

    def remove(self, channel: str) -> Position | None:
        """Listen no more to a channel."""
        return self._named.pop(channel, None)

    def events(self, answers: Iterable[Heard]) -> list[Event]:
        """The new events among what was heard, in its order."""
        named, events = self._named, []
        for told in answers:
            position = named.get(told.channel) or self._listening(told.channel)
            if position is not None and told.data is not None and (event := position.take(told)) is not None:
                events.append(event)
        return events

    def _listening(self, channel: str) -> Position | None:
        """Whose event it is that came on a channel of another name."""
        if channel.startswith("/data/"):
            return self._named.get(_ALL_CHANGES)
        if not channel.startswith("/topic/"):
            return None
        # Of a channel with a filter some servers tell the bare name.
        return next((each for name, each in self._named.items() if name.partition("?")[0] == channel), None)


def _checked(channel: str) -> str:
    bare = channel.partition("?")[0]
    if not bare.startswith("/") or bare.startswith("/meta/") or "*" in bare:
        raise ValueError(f"no channel: {channel!r}; it is written like /topic/AllAccounts")
    return channel


def _number(replay: Replay) -> int:
    if isinstance(replay, str) and replay in _NUMBERS:
        return _NUMBERS[replay]
    if isinstance(replay, int) and not isinstance(replay, bool) and replay > 0:
        return replay
    raise ValueError(f"no place to begin at: {replay!r}; it is NEW, ALL, or the replay id of an event")
