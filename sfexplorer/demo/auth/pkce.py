"""Proof key for code exchange (RFC 7636), by S256 alone, as Salesforce takes it."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

from sfexplorer.demo.auth.refused import refuse
from sfexplorer.demo.auth.rsa import base64url


def challenge_in(asked: Mapping[str, str], *, required: bool) -> str:
    """The challenge of an authorization request; "" where there is none. Its method is S256 unless told.

    Raises:
        OAuthRefused: When it is missing and must not be, or of another method.
    """
    challenge = asked.get("code_challenge", "")
    method = asked.get("code_challenge_method", "")
    if not challenge and (required or method):
        refuse("invalid_request", "missing required code challenge")
    if method not in ("", "S256"):
        refuse("invalid_request", "code challenge method must be S256")
    if challenge and not re.fullmatch(r"[A-Za-z0-9_-]{43}=?", challenge):
        refuse("invalid_request", "invalid code challenge")
    return challenge.rstrip("=")


def check_verifier(challenge: str, verifier: str) -> None:
    """See to it that the one who redeems a code is the one who asked for it.

    Raises:
        OAuthRefused: When it is somebody else.
    """
    # Some clients send a verifier with every grant: without a challenge it means nothing.
    digest = base64url(hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest())
    if challenge and not hmac.compare_digest(digest, challenge):
        refuse("invalid_grant", "invalid code verifier")
