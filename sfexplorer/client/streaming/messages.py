"""Bayeux messages: what is said, and what is heard (WIRE streaming.md, section 1)."""

from __future__ import annotations

from typing import Any

import msgspec

from sfexplorer.client.streaming.interruptions import Interrupted

HANDSHAKE, CONNECT = "/meta/handshake", "/meta/connect"
SUBSCRIBE, UNSUBSCRIBE, DISCONNECT = "/meta/subscribe", "/meta/unsubscribe", "/meta/disconnect"
Said = dict[str, Any]

_LONGEST_INTERVAL, _LONGEST_HOLD = 60.0, 600.0


class Heard(msgspec.Struct, frozen=True, rename="camel"):
    """A message of the org: an event, or the reply to one of ours. What it holds may be anything."""

    channel: str = ""
    data: Any = None
    id: Any = None
    successful: Any = None
    error: Any = None
    client_id: Any = None
    subscription: Any = None
    advice: Any = None
    ext: Any = None

    @property
    def failure(self) -> str:
        """Why it was refused: `403::Unknown client`; a cause that is nested in the reply before its own."""
        sfdc = self.ext.get("sfdc") if isinstance(self.ext, dict) else None
        nested = sfdc.get("failureReason") if isinstance(sfdc, dict) else None
        told = nested or self.error
        return told if isinstance(told, str) else ""

    @property
    def reconnect(self) -> str:
        """What the org advises: `retry`, `handshake`, `none`; "" where it does not."""
        told = self.advice.get("reconnect") if isinstance(self.advice, dict) else None
        return told if isinstance(told, str) else ""

    def interval(self, before: float) -> float:
        """Seconds to wait before each connect, by this message's advice or as before."""
        return _seconds(self.advice, "interval", _LONGEST_INTERVAL, before)

    def hold(self, before: float) -> float:
        """Seconds that the org holds a connect, by this message's advice or as before."""
        return _seconds(self.advice, "timeout", _LONGEST_HOLD, before)


_decoder = msgspec.json.Decoder(list[Heard])


def heard(body: bytes) -> list[Heard]:
    """The messages of an answer.

    Raises:
        Interrupted: it is none by Bayeux.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        pass
    raise Interrupted("the org's answer is not one of Bayeux")


def handshake() -> Said:
    """What begins a session."""
    return {
        "channel": HANDSHAKE,
        "version": "1.0",
        "minimumVersion": "1.0",
        "supportedConnectionTypes": ["long-polling"],
        "ext": {"replay": True},
    }


def connect() -> Said:
    """What asks for events."""
    return {"channel": CONNECT, "connectionType": "long-polling"}


def subscribe(channel: str, replay: int) -> Said:
    """What asks for a channel's events, behind one of them."""
    # Some servers look for the channel with its filter here, and some without (section 2).
    at = {channel: replay, channel.partition("?")[0]: replay}
    return {"channel": SUBSCRIBE, "subscription": channel, "ext": {"replay": at}}


def unsubscribe(channel: str) -> Said:
    """What ends that."""
    return {"channel": UNSUBSCRIBE, "subscription": channel}


def disconnect() -> Said:
    """What ends the session."""
    return {"channel": DISCONNECT}


def _seconds(advice: Any, name: str, most: float, before: float) -> float:
    told = advice.get(name) if isinstance(advice, dict) else None
    if isinstance(told, bool) or not isinstance(told, int | float):
        return before
    return min(max(told / 1000, 0.0), most)
