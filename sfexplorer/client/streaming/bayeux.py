"""One session by Bayeux, from its handshake on (WIRE streaming.md, section 1).

handshake -> connect (answered at once, with advice) -> subscribe -> connect (held) -> connect (held) ...
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from urllib.parse import urlsplit

from sfexplorer.client.addresses import is_loopback
from sfexplorer.client.errors import SalesforceError
from sfexplorer.client.exchange import JSON, Call, Reply, encoded
from sfexplorer.client.refusals import token_refused
from sfexplorer.client.session import Session
from sfexplorer.client.streaming import messages
from sfexplorer.client.streaming.cookies import Cookies
from sfexplorer.client.streaming.interruptions import Interrupted, interruption_of
from sfexplorer.client.streaming.messages import CONNECT, HANDSHAKE, SUBSCRIBE, Heard, Said
from sfexplorer.client.streaming.refusals import session_refusal
from sfexplorer.client.streaming.serverclock import ServerClock
from sfexplorer.client.streaming.timing import Timing


class BayeuxSession:
    """Says messages and gives what is heard; it ends with the first interruption.

    Args:
        session: sends the requests, with the token, to the token's own origin.
        timing: how long to wait for answers.

    `oauth` is the token that the last request went out with.
    """

    def __init__(self, session: Session, timing: Timing) -> None:
        self.oauth = session.oauth
        self._origin = session.oauth.instance_url
        self.clock = ServerClock(is_here=is_loopback(urlsplit(self._origin).hostname or ""))
        self.interval = 0.0
        self._hold = 110.0
        self._session = session
        self._timing = timing
        self._cookies = Cookies()
        self._numbers = count(1)
        self._id = ""

    async def greet(self) -> list[Heard]:
        """Open the session, and what is heard until it is ready for subscriptions.

        Raises:
            Interrupted: a new session may do better.
            SalesforceError: the org refused.
        """
        (said,), answers = await self._say([messages.handshake()], self._timing.answer)
        reply = _reply_to(said, answers)
        if reply.successful is not True:
            raise session_refusal(reply)
        if not isinstance(reply.client_id, str) or not reply.client_id:
            raise Interrupted("the org's answer is not one of Bayeux")
        self._id = reply.client_id
        self._take_advice(reply)
        # The first connect is answered at once; servers that hold it all the same are asked not to.
        first = messages.connect() | {"advice": {"timeout": 0}}
        (said,), answers = await self._say([first], self._hold + self._timing.silence)
        self.check(said, answers)
        return answers

    async def connect(self) -> tuple[Said, list[Heard]]:
        """Wait for events: what was said and all that is heard, to be given to `check` afterwards.

        Raises:
            Interrupted: no answer came, or none by Bayeux.
        """
        (said,), answers = await self._say([messages.connect()], self._hold + self._timing.silence)
        return said, answers

    def check(self, said: Said, answers: list[Heard]) -> None:
        """Heed the reply to a connect.

        Raises:
            Interrupted: there is none, or a new session is to be opened.
            SalesforceError: the org ended the stream.
        """
        reply = _reply_to(said, answers)
        self._take_advice(reply)
        if reply.successful is not True or reply.reconnect in ("none", "handshake"):
            raise session_refusal(reply)

    async def subscribe(self, wanted: Sequence[tuple[str, int]]) -> tuple[list[Heard | None], list[Heard]]:
        """Ask for channels from replay ids on: the reply for each, None for none, and all that is heard.

        Raises:
            Interrupted: no answer came, or none by Bayeux.
        """
        said, answers = await self._say(
            [messages.subscribe(channel, replay) for channel, replay in wanted], self._timing.answer
        )
        replies = {str(each.id): each for each in answers if each.channel == SUBSCRIBE}
        return [replies.get(each["id"]) for each in said], answers

    async def leave(self, channels: Sequence[str], *, for_good: bool) -> None:
        """Tell the org, if it can be told, that nobody listens any more: to some channels, or at all."""
        said = [messages.unsubscribe(channel) for channel in channels]
        if for_good:
            said.append(messages.disconnect())
        # Untold, it forgets in 40 seconds whoever asks for nothing.
        with suppress(Interrupted, SalesforceError, TimeoutError):
            async with asyncio.timeout(self._timing.farewell):
                await self._say(said, self._timing.farewell)

    async def _say(self, said: list[Said], patience: float) -> tuple[list[Said], list[Heard]]:
        for message in said:
            message["id"] = str(next(self._numbers))
            if message["channel"] != HANDSHAKE:
                message["clientId"] = self._id
        try:
            reply = await self._post(encoded(said), patience)
        except SalesforceError as error:
            broken = interruption_of(error)
        else:
            return said, _messages_of(reply)
        raise broken

    async def _post(self, content: bytes, patience: float) -> Reply:
        session = self._session
        if session.oauth.instance_url != self._origin:
            raise Interrupted("the org has moved to another host", "handshake")
        self.oauth = session.oauth
        path = f"/cometd/{await session.api_version()}"
        call = Call(
            "POST", path, headers={**JSON, **self._cookies.header}, content=content, patience=patience
        )
        # Bayeux has its errors in its messages, whatever the status; and a session whose token has expired
        # may have been forgotten, so that to repeat its connect alone would not do.
        reply = await session.ask(call)
        self.clock.hear(time.time(), reply.headers.get("date", ""))
        self._cookies.keep(reply.headers)
        return reply

    def _take_advice(self, reply: Heard) -> None:
        self.interval = reply.interval(self.interval)
        self._hold = reply.hold(self._hold)


def _messages_of(reply: Reply) -> list[Heard]:
    refused = reply.status >= 300
    try:
        answers = messages.heard(reply.body)
    except Interrupted:
        if not refused:
            raise
        answers = []
    if not refused or any(each.channel for each in answers):
        return answers
    because = f"the org answered with status {reply.status}"
    raise Interrupted(because, "renew" if token_refused(reply) else "pause")


def _reply_to(said: Said, answers: list[Heard]) -> Heard:
    channel, number = said["channel"], said["id"]
    for reply in answers:
        # A reply that names no message is for the only one there is.
        if reply.channel == channel and (reply.id is None or str(reply.id) == number):
            return reply
    missing = "connect" if channel == CONNECT else "handshake"
    raise Interrupted(f"the org's answer lacks the reply to the {missing}")
