"""What breaks a stream without ending it."""

from __future__ import annotations

from typing import Literal

from sfexplorer.client.errors import (
    ConnectionFailed,
    LimitExceeded,
    LoginFailed,
    RequestRefused,
    RequestTimeout,
    SalesforceError,
    ServerFailed,
    UnexpectedReply,
    UrlRefused,
)

Reaction = Literal["pause", "handshake", "renew", "leave"]


class Interrupted(Exception):
    """The talk with the org broke off, and a new session can go on.

    Attributes:
        because: what happened, in a sentence.
        reaction: wait a little; greet the org anew at once; get another token first; or leave the session,
            which is still good, and wait a little.
    """

    def __init__(self, because: str, reaction: Reaction = "pause") -> None:
        super().__init__(because)
        self.because = because
        self.reaction: Reaction = reaction


def interruption_of(error: SalesforceError) -> Interrupted:
    """The interruption that a failed request is.

    Raises:
        SalesforceError: it is none: trying again will not help.
    """
    match error:
        case ConnectionFailed(reason="closed"):
            raise error
        # A page that answers in the org's place redirects elsewhere; that passes, a wrong address does not.
        case UrlRefused(status=None) | LoginFailed() | RequestRefused():
            raise error
        case (
            ConnectionFailed()
            | RequestTimeout()
            | UnexpectedReply()
            | ServerFailed()
            | LimitExceeded()
            | UrlRefused()
        ):
            return Interrupted(error.message)
    raise error
