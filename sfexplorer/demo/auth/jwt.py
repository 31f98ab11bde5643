"""JSON web tokens, signed by RS256 alone: read with a check of the signature, and written."""

from __future__ import annotations

from typing import Any

import msgspec

from sfexplorer.demo.auth.rsa import Key, base64url, from_base64url

_LONGEST = 20_000


class BadToken(Exception):
    """A text that is no JSON web token, or not one of the key's owner."""


def read_claims(token: str) -> dict[str, Any]:
    """What a token claims, whoever signed it.

    Raises:
        BadToken: When it is no token in RS256.
    """
    parts = token.split(".", 3)
    if len(token) > _LONGEST or len(parts) != 3:
        raise BadToken("a token has three parts")
    header, claims = (_decoded(part) for part in parts[:2])
    # Never as the token says: one that names another algorithm would choose how it is checked.
    if header.get("alg") != "RS256":
        raise BadToken("the signature must be RS256")
    return claims


def check_signature(token: str, key: Key) -> None:
    """See to it that a key's owner signed a token.

    Raises:
        BadToken: When it was somebody else.
    """
    message, _, signature = token.rpartition(".")
    try:
        if key.verifies(message.encode("ascii"), from_base64url(signature)):
            return
    except (ValueError, UnicodeEncodeError):
        pass
    raise BadToken("the signature is not of this key")


def write_token(claims: dict[str, Any], key: Key) -> str:
    """A signed token."""
    header = {"alg": "RS256", "typ": "JWT", "kid": key.id}
    message = ".".join(base64url(msgspec.json.encode(part)) for part in (header, claims))
    return f"{message}.{base64url(key.sign(message.encode('ascii')))}"


def _decoded(part: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(from_base64url(part), type=dict[str, Any])
    except (ValueError, RecursionError):
        raise BadToken("a part of the token is no JSON object") from None
