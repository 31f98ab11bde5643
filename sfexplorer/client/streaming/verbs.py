"""What an org can do live: listen, and have things said."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sfexplorer.client.session import Session
    from sfexplorer.client.streaming.events import Event
    from sfexplorer.client.streaming.positions import Replay
    from sfexplorer.client.streaming.publishing import Pushed
    from sfexplorer.client.streaming.pushtopics import PushTopics
    from sfexplorer.client.streaming.replaystore import ReplayStore
    from sfexplorer.client.streaming.stream import Stream
    from sfexplorer.client.streaming.timing import Timing


class StreamingVerbs:
    """Listens, and has things said, by one session."""

    _session: Session

    def stream(
        self, *, store: ReplayStore | None = None, room: int = 5_000, timing: Timing | None = None
    ) -> Stream:
        """A connection for events of several channels: `async with org.stream() as stream`.

        Args:
            store: keeps the place in each channel, so that the next start goes on there.
            room: how many events may wait until they are asked for; beyond that the org keeps them.
            timing: how long to wait for what.
        """
        from sfexplorer.client.streaming.stream import Stream

        return Stream(self._session, store=store, room=room, timing=timing)

    def subscribe(
        self,
        channel: str,
        replay: Replay = "NEW",
        *,
        store: ReplayStore | None = None,
        timing: Timing | None = None,
    ) -> AsyncGenerator[Event, None]:
        """The events of one channel, for as long as somebody asks for them; none is lost, none comes twice.

        Args:
            channel: `/topic/AllAccounts`, `/u/news`, `/event/Low_Ink__e`, `/data/AccountChangeEvent`.
            replay: NEW for events to come, ALL for those that are kept too, or the replay id of the last
                event that need not come again.
            store: keeps the place in the channel, so that the next start goes on there instead.
            timing: how long to wait for what.

        Raises:
            ReplayIdInvalid: that event is too long ago; subscribe with one of its `choices`.
            SubscriptionRefused: there is no such channel, or the user may not listen to it.
            SessionExpired: the token is no longer good, and there is no way to get another one.
        """
        from sfexplorer.client.streaming.stream import events_of

        return events_of(self.stream(store=store, timing=timing), channel, replay)

    @property
    def push_topics(self) -> PushTopics:
        """The org's PushTopics: queries whose records it tells of when they change."""
        from sfexplorer.client.streaming.pushtopics import PushTopics

        return PushTopics(self._session)

    async def push(self, channel: str, *payloads: str, users: Sequence[str] = ()) -> list[Pushed]:
        """Say texts on a generic channel, to all who listen or to some users; tells of each who hears it.

        Raises:
            NotFound: there is no such channel.
            SalesforceError: the org refused; a text has 3,000 characters at most.
        """
        from sfexplorer.client.streaming.publishing import push

        return await push(self._session, channel, payloads, users)

    async def publish(self, event: str, fields: Mapping[str, Any]) -> str:
        """Publish a platform event, `Low_Ink__e`; gives its EventUuid, "" from an org that tells none.

        Raises:
            SaveRejected: the org refused the values.
        """
        from sfexplorer.client.streaming.publishing import publish

        return await publish(self._session, event, fields)
