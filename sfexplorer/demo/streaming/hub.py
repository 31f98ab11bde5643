"""The hub: hands events to the clients that listen.

All of it runs on the listener's loop but `publish`, which the threads that write call.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sfexplorer.demo.allowance import Allowance
from sfexplorer.demo.sessions import Session
from sfexplorer.demo.streaming.channels import Channel
from sfexplorer.demo.streaming.clients import PATIENCE_SECONDS, Client, Ending, Subscription, new_client_id
from sfexplorer.demo.streaming.events import Event
from sfexplorer.demo.streaming.eventstore import ALL_CHANGES
from sfexplorer.demo.web.faults import Faults

# Those of a Performance or Unlimited Edition (streaming.md section 3).
MOST_CLIENTS, MOST_EVENTS = 2_000, 1_000_000
_SENT = "StreamingEvents"
# How the limits resource calls what it counts, by the first part of a channel.
_COUNTED = {"topic": "DailyDurableStreamingApiEvents", "u": "DailyDurableGenericStreamingApiEvents"}
# What a client may leave waiting; who doesn't come for more than that is forgotten.
_MOST_WAITING = 200_000


@dataclass(slots=True)
class Hub:
    """Who listens to what.

    Attributes:
        faults: those that are switched on, for events that are to come twice or late.
        allowance: counts the events that go out.
        told: the replay id of the last event that came here.
        hold_seconds: how long a connect is held.
        most_clients: how many clients there may be.
        most_events: how many events may go out in a day.
        clock: tells the seconds by which clients are forgotten.
    """

    faults: Faults
    allowance: Allowance
    told: int = 0
    hold_seconds: float = 110
    most_clients: int = MOST_CLIENTS
    most_events: int = MOST_EVENTS
    clock: Callable[[], float] = time.monotonic
    _clients: dict[str, Client] = field(default_factory=dict)
    _listening: dict[str, dict[tuple[str, str], tuple[Client, Subscription]]] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None
    _published: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, last: int) -> None:
        """Begin behind the event of a replay id."""
        self._published = self.told = last

    def publish(self, events: Sequence[Event]) -> None:
        """Have events told to those who listen; called in the order of their replay ids, by any thread."""
        with self._lock:
            self._published = events[-1].id
            loop = self._loop
            # Without a loop nobody listens; and an org that is ending tells nothing more.
            if loop is not None:
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._arrive, events)

    def open(self, session: Session, version: float, is_faye: bool) -> Client:
        """A new client."""
        self._sweep()
        self._attach()
        client = Client(new_client_id(), session.user_id, session.token, version, is_faye, self._deadline())
        self._clients[client.id] = client
        return client

    def _attach(self) -> None:
        """Take note of the loop, from which on events come here."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.get_running_loop()
                self.told = self._published

    def find(self, client_id: object) -> Client | None:
        """The client of an id, unless it has been forgotten."""
        client = self._clients.get(client_id) if isinstance(client_id, str) else None
        if client is not None and self._is_over(client):
            self.end(client, "lost")
            return None
        return client

    def clients(self) -> list[Client]:
        """All clients."""
        self._sweep()
        return list(self._clients.values())

    @property
    def is_full(self) -> bool:
        """Whether no more clients may come."""
        return len(self.clients()) >= self.most_clients

    @property
    def sent(self) -> int:
        """How many events went out today."""
        return self.allowance.used(_SENT)

    def keep(self, client: Client) -> None:
        """Give a client its time anew, because it was answered."""
        client.expires = self._deadline()

    def end(self, client: Client, ending: Ending) -> None:
        """Forget a client; a connect that is held is answered by why."""
        if self._clients.pop(client.id, None) is None:
            return
        client.ending = ending
        for full in list(client.subscriptions):
            self.unsubscribe(client, full)
        client.wake()

    def end_token(self, token: str) -> None:
        """Forget the clients of an access token that has expired; any thread may call this."""
        with self._lock:
            if self._loop is not None:
                with suppress(RuntimeError):
                    self._loop.call_soon_threadsafe(self._unauthorize, token)

    def _unauthorize(self, token: str) -> None:
        for client in [each for each in self._clients.values() if each.token == token]:
            self.end(client, "unauthorized")

    def restart(self) -> None:
        """Forget all clients and cut them off, as a server does that goes down."""
        for client in list(self._clients.values()):
            self.end(client, "cut")

    def close(self) -> None:
        """Answer all connects that are held, and hold no more."""
        self.hold_seconds = 0
        for client in self._clients.values():
            client.wake()

    def subscribe(self, client: Client, channel: Channel) -> Subscription:
        """Let a client listen to a channel; what comes is kept apart until the subscription is settled."""
        subscription = client.subscriptions[channel.full] = Subscription(channel, [])
        self._listening.setdefault(channel.name, {})[client.id, channel.full] = client, subscription
        return subscription

    def settle(self, client: Client, subscription: Subscription, replayed: Iterable[Event]) -> None:
        """Give a client what it missed on a channel, and from now on what comes."""
        for event in replayed:
            self._give(client, subscription, event, client.queue)
        client.queue += subscription.pending or ()
        subscription.pending = None
        if client.queue:
            client.wake()

    def unsubscribe(self, client: Client, full: str) -> None:
        """Let a client no longer listen to a channel."""
        subscription = client.subscriptions.pop(full, None)
        if subscription is not None:
            listeners = self._listening[subscription.channel.name]
            del listeners[client.id, full]
            if not listeners:
                del self._listening[subscription.channel.name]

    def listeners(self, channel: str) -> list[Client]:
        """Who listens to a channel."""
        return [
            client for client, _ in self._listening.get(channel, {}).values() if not self._is_over(client)
        ]

    def _arrive(self, events: Sequence[Event]) -> None:
        self.told = events[-1].id
        if not self._listening:
            return
        for event in events:
            fault = self.faults.take_streaming(event.channel, "duplicate", "late")
            if fault is not None and fault.streaming == "late":
                asyncio.get_running_loop().call_later(fault.latency_ms / 1000, self._tell, event)
                continue
            self._tell(event)
            if fault is not None:
                self._tell(event)

    def _tell(self, event: Event) -> None:
        names = (event.channel, ALL_CHANGES) if event.channel.startswith("/data/") else (event.channel,)
        made: dict[tuple[str, float], bytes] = {}
        for name in names:
            for client, subscription in list(self._listening.get(name, {}).values()):
                if self._is_over(client) or len(client.queue) >= _MOST_WAITING:
                    self.end(client, "lost")
                    continue
                to = client.queue if subscription.pending is None else subscription.pending
                self._give(client, subscription, event, to, made)
                if client.queue:
                    client.wake()

    def _give(
        self,
        client: Client,
        subscription: Subscription,
        event: Event,
        to: list[bytes],
        made: dict[tuple[str, float], bytes] | None = None,
    ) -> None:
        """Put an event with what waits for a client, unless it isn't for this one."""
        channel = subscription.channel
        if event.users and client.user_id not in event.users:
            return
        # faye throws on a channel with a filter (streaming.md section 3).
        if channel.conditions and (client.is_faye or not channel.lets_through(event.decoded()["sobject"])):
            return
        key = channel.full, event.form(client.version)
        made = {} if made is None else made
        if key not in made:
            made[key] = event.message(channel.full, client.version)
        to.append(made[key])
        for name in (_SENT, _COUNTED.get(channel.name.split("/")[1])):
            if name is not None:
                self.allowance.spend(name)

    def _deadline(self) -> float:
        return self.clock() + PATIENCE_SECONDS

    def _is_over(self, client: Client) -> bool:
        return not client.is_waiting and self.clock() > client.expires

    def _sweep(self) -> None:
        for client in [each for each in self._clients.values() if self._is_over(each)]:
            self.end(client, "lost")
