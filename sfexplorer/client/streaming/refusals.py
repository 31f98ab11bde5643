"""What Bayeux refusals mean: `code:args:text`, and an advice (WIRE streaming.md, section 1.2)."""

from __future__ import annotations

import re

from sfexplorer.client.errors import (
    AccessDenied,
    LimitExceeded,
    ReplayIdInvalid,
    RequestRefused,
    SalesforceError,
    SubscriptionRefused,
)
from sfexplorer.client.streaming.interruptions import Interrupted
from sfexplorer.client.streaming.messages import Heard

_CODE = re.compile(r"\s*(\d{3})\b")
_INVALID_REPLAY = re.compile(r"replay\s?id", re.IGNORECASE)


def session_refusal(reply: Heard) -> SalesforceError | Interrupted:
    """What a refused handshake or connect stands for."""
    if (passing := _passing(reply)) is not None:
        return passing
    text = _text(reply.failure) or "the org ended the stream"
    code = _code(reply.failure)
    if "limit exceeded" in text.lower():
        return LimitExceeded(text, code=reply.failure, hint="Close other streams, or wait: it counts a day.")
    if reply.reconnect == "none":
        return (AccessDenied if code == 403 else RequestRefused)(text, code=reply.failure)
    return Interrupted(text)


def subscription_refusal(reply: Heard, channel: str, replay: int) -> SalesforceError | Interrupted:
    """What a refused subscription stands for."""
    if (passing := _passing(reply)) is not None:
        return Interrupted(passing.because, "leave") if passing.reaction == "pause" else passing
    failure = reply.failure
    text = _text(failure) or "the org refused the subscription"
    if _code(failure) == 400 and _INVALID_REPLAY.search(failure):
        return ReplayIdInvalid(text, channel=channel, replay_id=replay, code=failure)
    return SubscriptionRefused(f"{channel}: {text}", channel=channel, code=failure)


def _passing(reply: Heard) -> Interrupted | None:
    """What a new session gets over."""
    failure = reply.failure
    # An advice goes before codes: some servers say 401 to a client that they have forgotten.
    if reply.reconnect == "handshake" or "unknown client" in failure.lower():
        return Interrupted(_text(failure) or "the org forgot the session", "handshake")
    code = _code(failure)
    if code == 401:
        return Interrupted("the org no longer takes the access token", "renew")
    if code == 408 or code >= 500:
        return Interrupted(_text(failure))
    return None


def _code(failure: str) -> int:
    told = _CODE.match(failure)
    return int(told[1]) if told else 0


def _text(failure: str) -> str:
    """The words of `code:args:text`, the args where there are none."""
    return failure.split(":", 2)[-1].strip()
