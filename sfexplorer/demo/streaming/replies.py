"""What the org answers by Bayeux: replies, errors and advice (streaming.md section 1)."""

from __future__ import annotations

from typing import Any

Message = dict[str, Any]

UNKNOWN_CLIENT = "403::Unknown client"
UNAUTHORIZED = "401::Authentication invalid"
NOBODY = "401::Request requires authentication"
HANDSHAKE_DENIED = "403::Handshake denied"
TOO_MANY_CLIENTS = "403::Organization concurrent user limit exceeded"
TOO_MANY_EVENTS = "403::Organization total events daily limit exceeded"
OTHER_USER = "400::Authenticated user id does not match the session's user id"
NO_VERSION = "400::API version in the URI is mandatory. URI format: '/cometd/XX.0'"
NO_CHANNEL = "400::Channel name not specified"
PUBLISH_DENIED = "403:denied_by_security_policy:publish_denied"
SUBSCRIBE_DENIED = "403:denied_by_security_policy:subscribe_denied"
TOO_BUSY = "503::Server is too busy. Please try your request again later."

# Clients that heard `handshake` once keep to it, unless each later advice says what to do instead.
STOP = {"reconnect": "none", "interval": 0}
AGAIN = {"interval": 0, "reconnect": "handshake"}


def _reply(asked: Message, *, successful: bool, **others: Any) -> Message:
    reply = {**others, "channel": asked.get("channel")}
    if "id" in asked:
        reply["id"] = asked["id"]
    if "subscription" in asked:
        reply["subscription"] = asked["subscription"]
    reply["successful"] = successful
    return reply


def granted(asked: Message, **others: Any) -> Message:
    """The reply to a message that is fulfilled."""
    return _reply(asked, successful=True, **others)


def denied(asked: Message, error: str, **others: Any) -> Message:
    """The reply to a message that isn't, without the client's id where that is not known."""
    if error != UNKNOWN_CLIENT and "clientId" in asked:
        others = {"clientId": asked["clientId"], **others}
    return _reply(asked, successful=False, error=error, **others)


def unknown_client(asked: Message) -> Message:
    """The reply to a client that the org does not know (any more)."""
    return denied(asked, UNKNOWN_CLIENT, advice=AGAIN)


def handshake_denied(asked: Message, reason: str) -> Message:
    """The reply to a handshake without a session."""
    ext = {"sfdc": {"failureReason": reason}, "replay": True}
    return denied(asked, HANDSHAKE_DENIED, ext=ext, advice={"reconnect": "none"})


def retry_advice(hold_seconds: float) -> Message:
    """The advice with the first connect."""
    return {"interval": 0, "timeout": int(hold_seconds * 1000), "reconnect": "retry"}
