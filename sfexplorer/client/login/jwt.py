"""Logging in by a certificate: the JWT bearer grant (WIRE rest.md, section 1; RFC 7523)."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from sfexplorer.client.login.host import LoginHost
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.secret import Secret

_GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# Salesforce takes assertions that end within some minutes.
LIFETIME = 180


@dataclass(frozen=True, slots=True, init=False)
class JwtBearerGrant:
    """A user of the org, vouched for by the private key whose certificate the connected app has.

    Args:
        username: the user.
        private_key: the RSA key as PEM text, without a passphrase.
        audience: whom the assertion is for; None names the login host.
        now: seconds since 1970.
    """

    username: str
    private_key: Secret
    audience: str | None
    now: Callable[[], float] = field(repr=False, compare=False)

    def __init__(
        self,
        username: str,
        private_key: str | Secret,
        audience: str | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        object.__setattr__(self, "username", username)
        object.__setattr__(self, "private_key", Secret(private_key))
        object.__setattr__(self, "audience", audience)
        object.__setattr__(self, "now", now)

    @property
    def repeatable(self) -> bool:
        """Always: who has the key can vouch again."""
        return True

    async def authenticate(self, host: LoginHost) -> OAuth:
        """A token for the user.

        Raises:
            LoginFailed: the org refused.
            ValueError: the private key is none.
        """
        claims = {
            "iss": host.client_id,
            "sub": self.username,
            "aud": self.audience or host.url,
            "exp": int(self.now()) + LIFETIME,
        }
        return await host.token({"grant_type": _GRANT_TYPE, "assertion": _signed(claims, self.private_key)})


def _signed(claims: dict[str, object], private_key: Secret) -> Secret:
    """The claims as a JWT, signed with RS256."""
    # Heavy, and needed for this grant alone.
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(private_key.reveal().encode(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey):
        # Raised out here: the reader's own error may quote the key.
        raise ValueError("that is no RSA private key in PEM form without a passphrase")
    head = ".".join(_part(each) for each in ({"alg": "RS256"}, claims))
    return Secret(f"{head}.{_base64url(key.sign(head.encode(), PKCS1v15(), SHA256()))}")


def _part(value: object) -> str:
    return _base64url(msgspec.json.encode(value))


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
