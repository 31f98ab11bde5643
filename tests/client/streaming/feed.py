"""A Bayeux server that misbehaves when it is told to: it tells numbered events, from any of them on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

CHANNEL = "/topic/Numbers"
Message = dict[str, Any]


class Cut(Exception):
    """Send these bytes and hang up, or say nothing more."""

    def __init__(self, sent: bytes = b"", *, hang_up: bool = True) -> None:
        super().__init__()
        self.sent, self.hang_up = sent, hang_up


@dataclass
class Listener:
    """One session: how many events it has been told, as the server believes."""

    told: int | None = None
    connects: int = 0


Spoil = Callable[["Feed", Message, list[Message]], bytes]


@dataclass
class Feed:
    """Tells events to whoever connects, so many at once; spoils some of the answers to connects.

    Attributes:
        count: how many events there are; their replay ids are ten times their numbers.
        at_once: how many go with one answer.
        every: which of the connects that would bring events are spoiled.
        breaks: how many are spoiled in all.
        spoil: makes the bytes of the answer; raises Cut to cut it.
    """

    count: int
    at_once: int = 10
    every: int = 3
    breaks: int = 20
    spoil: Spoil | None = None
    oldest: int = 0
    hold: float = 0.05
    url: str = ""
    token: str = "00Dxx!1"
    busy: set[str] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    listeners: dict[str, Listener] = field(default_factory=dict)
    polls: int = 0
    spoiled: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                headers = dict(line.lower().split(": ", 1) for line in head.strip().split("\r\n")[1:])
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.cookies.append(headers.get("cookie", ""))
                writer.write(await self._answer(head, headers, body))
                await writer.drain()
        except Cut as cut:
            writer.write(cut.sent)
            if not cut.hang_up:
                await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, head: str, headers: dict[str, str], body: bytes) -> bytes:
        if "/oauth2/token" in head:
            self.token = f"00Dxx!{int(self.token[6:]) + 1}"
            return http({"access_token": self.token, "instance_url": self.url})
        answers: list[Message] = []
        for message in json.loads(body):
            self.said.append(message)
            answers += await self._reply(message, headers["authorization"].endswith(self.token.lower()))
        connects = [each for each in json.loads(body) if each["channel"] == "/meta/connect"]
        # A spoiled answer has events: the server takes them for told.
        if connects and len(answers) > 1 and self.spoil is not None:
            self.polls += 1
            if self.polls % self.every == 0 and self.spoiled < self.breaks:
                self.spoiled += 1
                return self.spoil(self, connects[0], answers)
        return http(answers)

    async def _reply(self, message: Message, is_known: bool) -> list[Message]:
        reply = {"channel": message["channel"], "id": message["id"], "successful": True}
        if not is_known:
            return [reply | {"successful": False, "error": "401::Authentication invalid", "advice": STOP}]
        if message["channel"] == "/meta/handshake":
            id = f"c{len(self.said)}"
            self.listeners[id] = Listener()
            return [reply | {"clientId": id, "supportedConnectionTypes": ["long-polling"]}]
        listener = self.listeners.get(message["clientId"])
        if listener is None:
            return [reply | UNKNOWN]
        match message["channel"]:
            case "/meta/subscribe":
                return [reply | self._subscribed(listener, message)]
            case "/meta/connect":
                return await self._events(listener, reply)
            case "/meta/disconnect":
                del self.listeners[message["clientId"]]
        return [reply]

    def _subscribed(self, listener: Listener, message: Message) -> Message:
        channel, replay = message["subscription"], message["ext"]["replay"][message["subscription"]]
        self.asked.append(replay)
        told = {"subscription": channel}
        if channel not in (CHANNEL, *self.busy):
            return told | {"successful": False, "error": "403:denied_by_security_policy:create_denied"}
        if channel in self.busy:
            return told | {"successful": False, "error": "503::Server is too busy."}
        if 0 < replay < self.oldest * 10:
            return told | {
                "successful": False,
                "error": f"400::The replayId {{{replay}}} you provided was invalid.",
            }
        listener.told = 0 if replay == -2 else self.count if replay == -1 else replay // 10
        return told

    async def _events(self, listener: Listener, reply: Message) -> list[Message]:
        listener.connects += 1
        advice = {"advice": {"reconnect": "retry", "interval": 0, "timeout": self.hold * 1000}}
        if listener.connects == 1:
            return [reply | advice]
        begun = listener.told
        if begun is None or begun >= self.count:
            await asyncio.sleep(self.hold)
            return [reply]
        listener.told = min(begun + self.at_once, self.count)
        return [*(event(number) for number in range(begun + 1, listener.told + 1)), reply]


STOP = {"reconnect": "none", "interval": 0}
UNKNOWN = {
    "successful": False,
    "error": "403::Unknown client",
    "advice": {"reconnect": "handshake", "interval": 0},
}


def event(number: int, channel: str = CHANNEL) -> Message:
    """One event: its replay id is ten times its number."""
    created = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"createdDate": created, "replayId": number * 10, "type": "created"}
    return {"channel": channel, "data": {"event": told, "sobject": {"Id": "001", "Name": str(number)}}}


def http(body: Any, status: int = 200) -> bytes:
    """An answer that keeps the connection."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [
        f"HTTP/1.1 {status} Whatever",
        f"Content-Length: {len(content)}",
        f"Set-Cookie: node={status}; Path=/",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content
