"""What a login gives: the token and where it is good for.

The shape is that of Salesforce's token reply (WIRE rest.md, section 1).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import msgspec

from sfexplorer.client.addresses import origin_of
from sfexplorer.client.errors import UnexpectedReply
from sfexplorer.client.ids import known_id
from sfexplorer.client.secret import Secret


@dataclass(frozen=True, slots=True, init=False)
class OAuth:
    """A token of one user in one org. Tokens are `Secret`, so that printing it gives nothing away."""

    access_token: Secret
    instance_url: str
    id: str
    issued_at: str
    signature: str
    refresh_token: Secret | None
    scope: str

    def __init__(
        self,
        access_token: str | Secret,
        instance_url: str,
        id: str = "",
        issued_at: str = "",
        signature: str = "",
        refresh_token: str | Secret | None = None,
        scope: str = "",
    ) -> None:
        """Take the parts of a token reply; only the first two are needed to work.

        Raises:
            UrlRefused: the instance URL is no https address of an org (or http on this machine).
        """
        access_token = Secret(access_token)
        refresh_token = Secret(refresh_token) if refresh_token else None
        for name, value in (
            ("access_token", access_token),
            ("instance_url", instance_url),
            ("id", id),
            ("issued_at", issued_at),
            ("signature", signature),
            ("refresh_token", refresh_token),
            ("scope", scope),
        ):
            object.__setattr__(self, name, value)
        # Last, because it may raise: a crash screen wants to print what stands here.
        object.__setattr__(self, "instance_url", origin_of(instance_url))

    @property
    def user_id(self) -> str:
        """The user's id in 18 characters, from the identity URL; "" when that does not tell."""
        return self._identity_part(-1)

    @property
    def organization_id(self) -> str:
        """The org's id in 18 characters, from the identity URL or else from the token; "" when neither tells.

        A token in the form of a JWT doesn't begin with it.
        """
        head, mark = self.access_token.reveal().partition("!")[:2]
        return self._identity_part(-2) or (known_id(head) if mark and head.startswith("00D") else "")

    def with_refresh_token(self, refresh_token: Secret) -> OAuth:
        """The same token with a refresh token beside it."""
        return OAuth(
            self.access_token,
            self.instance_url,
            self.id,
            self.issued_at,
            self.signature,
            refresh_token,
            self.scope,
        )

    def verify(self, client_secret: str | Secret) -> bool:
        """Whether Salesforce signed this with the connected app's secret."""
        key = Secret(client_secret).reveal().encode()
        digest = hmac.digest(key, f"{self.id}{self.issued_at}".encode(), hashlib.sha256)
        return hmac.compare_digest(base64.b64encode(digest), self.signature.encode())

    def to_json(self) -> str:
        """A text to keep in a safe place: it holds the tokens."""
        return msgspec.json.encode(
            {
                "access_token": self.access_token.reveal(),
                "instance_url": self.instance_url,
                "id": self.id,
                "issued_at": self.issued_at,
                "signature": self.signature,
                "refresh_token": self.refresh_token.reveal() if self.refresh_token else None,
                "scope": self.scope,
            }
        ).decode()

    @classmethod
    def from_json(cls, text: str | bytes | Secret) -> OAuth:
        """What `to_json` wrote, or the body of a token reply.

        Raises:
            UnexpectedReply: it is neither.
            UrlRefused: the instance URL is no https address of an org.
        """
        text = Secret(text.decode(errors="replace") if isinstance(text, bytes) else text)
        try:
            told = msgspec.json.decode(text.reveal(), type=_TokenReply, dec_hook=_wrap)
        except (msgspec.MsgspecError, RecursionError):
            told = None
        if told is None:
            # Raised out here, so that no decoder's frame with the text in it travels along.
            raise UnexpectedReply("that is not an OAuth token reply")
        return cls(
            told.access_token,
            told.instance_url,
            told.id,
            told.issued_at,
            told.signature,
            told.refresh_token,
            told.scope or "",
        )

    def _identity_part(self, place: int) -> str:
        parts = self.id.rstrip("/").split("/")
        return known_id(parts[place]) if len(parts) > 3 and parts[-3] == "id" else ""


class _TokenReply(msgspec.Struct, frozen=True):
    access_token: Secret
    instance_url: str
    id: str = ""
    issued_at: str = ""
    signature: str = ""
    refresh_token: Secret | None = None
    scope: str | None = None


def _wrap(kind: type, value: Any) -> Any:
    if kind is not Secret or not isinstance(value, str):
        raise TypeError("a token is a text")
    return Secret(value)
