"""What a client says by Bayeux and what it is answered, message by message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import Session
from sfexplorer.demo.streaming.channels import Denied, channel_of
from sfexplorer.demo.streaming.clients import Client
from sfexplorer.demo.streaming.events import REPLAY_VERSION
from sfexplorer.demo.streaming.replaying import opened, replay_option
from sfexplorer.demo.streaming.replies import (
    NO_CHANNEL,
    NO_VERSION,
    NOBODY,
    OTHER_USER,
    PUBLISH_DENIED,
    STOP,
    SUBSCRIBE_DENIED,
    TOO_BUSY,
    TOO_MANY_CLIENTS,
    TOO_MANY_EVENTS,
    UNAUTHORIZED,
    Message,
    denied,
    granted,
    handshake_denied,
    retry_advice,
    unknown_client,
)
from sfexplorer.demo.web.answers import encoded

# What faye lists among its connection types, and no other client does.
_OF_FAYE = "in-process"


class Cut(Exception):
    """The connection is to be cut, because the server pretends to go down."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request.

    Attributes:
        token: the access token; None without any.
        session: what it opens; None when it has expired.
        version: of the API, by the path; None when it names none.
    """

    token: str | None
    session: Session | None
    version: float | None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One request's messages.

    Attributes:
        leave: waits until the other end of the connection has left.
    """

    org: Org
    caller: Caller
    leave: Callable[[], Awaitable[object]]

    async def answer(self, messages: list[Message]) -> bytes:
        """The replies to some messages, in their order; what waits for a client goes before its connect's.

        Raises:
            Cut: When there is to be no answer.
        """
        held: tuple[int, Message, Client] | None = None
        parts: list[bytes] = []
        for message in messages:
            client = self._to_be_held(message)
            if client is not None and held is None:
                held = len(parts), message, client
                parts.append(b"")
            else:
                parts += [
                    encoded(each) if isinstance(each, dict) else each for each in await self._reply(message)
                ]
        if held is not None:
            place, message, client = held
            parts[place : place + 1] = await self._hold(message, client)
        return b"[" + b",".join(parts) + b"]"

    def _to_be_held(self, message: Message) -> Client | None:
        """The client whose connect is held, because it has connected before and nothing waits for it."""
        if message.get("channel") != "/meta/connect" or self._problem(message) is not None:
            return None
        client = self.org.hub.find(message.get("clientId"))
        advice = message.get("advice")
        at_once = isinstance(advice, dict) and advice.get("timeout") == 0
        return None if client is None or client.is_new or client.queue or at_once else client

    async def _reply(self, message: Message) -> list[Message | bytes]:
        problem = self._problem(message)
        if problem is not None:
            return [problem]
        channel = message["channel"]
        if channel == "/meta/handshake":
            return [self._handshake(message)]
        client = self.org.hub.find(message.get("clientId"))
        if client is None:
            return [unknown_client(message)]
        if self.caller.token is not None:
            client.token = self.caller.token
        match channel:
            case "/meta/connect":
                return self._connect(message, client)
            case "/meta/subscribe":
                reply = await self._subscribe(message, client)
            case "/meta/unsubscribe":
                self.org.hub.unsubscribe(client, str(message.get("subscription")))
                reply = granted(message, clientId=client.id)
            case "/meta/disconnect":
                self.org.hub.end(client, "disconnected")
                reply = granted(message, clientId=client.id)
            case _:
                reply = denied(message, PUBLISH_DENIED)
        self.org.hub.keep(client)
        return [reply]

    def _problem(self, message: Message) -> Message | None:
        """Why a message is refused whatever it wants, if it is."""
        channel = message.get("channel")
        if self.caller.version is None:
            return denied(message, NO_VERSION)
        if not isinstance(channel, str) or not channel:
            return denied(message, NO_CHANNEL)
        session = self.caller.session
        if channel == "/meta/handshake":
            reason = NOBODY if self.caller.token is None else UNAUTHORIZED
            return handshake_denied(message, reason) if session is None else None
        if session is None:
            return denied(message, UNAUTHORIZED, advice=STOP)
        client = self.org.hub.find(message.get("clientId"))
        if client is not None and client.user_id != session.user_id:
            return denied(message, OTHER_USER, advice=STOP)
        kind = message.get("connectionType")
        if channel == "/meta/connect" and client is not None and kind != "long-polling":
            return denied(message, f"400::Invalid connection type {{{kind}}}")
        return None

    def _handshake(self, message: Message) -> Message:
        hub, session, version = self.org.hub, self.caller.session, self.caller.version
        if session is None or version is None or hub.is_full:
            return denied(message, TOO_MANY_CLIENTS, advice={"reconnect": "none"})
        offered = message.get("supportedConnectionTypes")
        client = hub.open(session, version, isinstance(offered, list) and _OF_FAYE in offered)
        ext = {"ext": {"replay": True, "payload.format": True}} if version >= REPLAY_VERSION else {}
        return granted(
            message,
            **ext,
            minimumVersion="1.0",
            clientId=client.id,
            supportedConnectionTypes=["long-polling"],
            version="1.0",
        )

    def _connect(self, message: Message, client: Client) -> list[Message | bytes]:
        """The answer to a connect, at once."""
        hub = self.org.hub
        if hub.sent >= hub.most_events:
            return [denied(message, TOO_MANY_EVENTS, advice=STOP)]
        # A second connect ends the first.
        client.wake()
        advice = {"advice": retry_advice(hub.hold_seconds)} if client.is_new else {}
        client.is_new = False
        hub.keep(client)
        return [*client.take(), granted(message, clientId=client.id, **advice)]

    async def _hold(self, message: Message, client: Client) -> list[bytes]:
        """The answer to a connect that waits for something to tell."""
        hub = self.org.hub
        if self.caller.token is not None:
            client.token = self.caller.token
        if not client.queue and not client.ending:
            has_reader = await client.wait(hub.hold_seconds, self.leave())
            hub.keep(client)
            if not has_reader:
                # What waits goes on waiting for the next connect.
                return [encoded(granted(message, clientId=client.id))]
        match client.ending:
            case "cut":
                raise Cut
            case "lost":
                return [encoded(unknown_client(message))]
            case "unauthorized":
                return [encoded(denied(message, UNAUTHORIZED, advice=STOP))]
            case "disconnected":
                return [encoded(granted(message, clientId=client.id))]
        if client.is_waiting:
            # Another connect of this client has taken its place.
            return [encoded(granted(message, clientId=client.id))]
        return [each if isinstance(each, bytes) else encoded(each) for each in self._connect(message, client)]

    async def _subscribe(self, message: Message, client: Client) -> Message:
        hub, name = self.org.hub, message.get("subscription")
        if not isinstance(name, str) or not name:
            return denied(message, NO_CHANNEL)
        if self.org.faults.take_streaming(name, "busy") is not None:
            ext = {"sfdc": {"failureReason": TOO_BUSY}}
            return denied(message, SUBSCRIBE_DENIED, ext=ext)
        if name in client.subscriptions:
            return granted(message, clientId=client.id)
        try:
            channel = channel_of(name)
            replay = replay_option(message, channel) if client.version >= REPLAY_VERSION else -1
            subscription, until = hub.subscribe(client, channel), hub.told
            try:
                known, events = await self.org.read(
                    opened, self.org.schema, self.org.events, channel, replay, until
                )
            except BaseException:
                hub.unsubscribe(client, name)
                raise
        except Denied as error:
            return denied(message, str(error))
        subscription.channel = known
        hub.settle(client, subscription, events)
        return granted(message, clientId=client.id)
