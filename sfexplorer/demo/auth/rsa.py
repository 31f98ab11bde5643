"""RS256: signatures by RSA with SHA-256 (RFC 8017, PKCS #1 version 1.5), in whole numbers.

Enough for an org with made-up records, whose keys anybody may read. Its time tells about the private key, so
it is no way to sign for real.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

# The DER of "what follows is a SHA-256 digest".
_DIGEST_MARK = bytes.fromhex("3031300d060960864801650304020105000420")
_FOLDER = Path(__file__).with_name("keys")


@dataclass(frozen=True, slots=True)
class Key:
    """An RSA key; without the private exponent it only verifies."""

    id: str
    modulus: int
    exponent: int
    private_exponent: int | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """How many bytes a signature has."""
        return (self.modulus.bit_length() + 7) // 8

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key's owner signed the message."""
        if len(signature) != self.size:
            return False
        number = pow(int.from_bytes(signature), self.exponent, self.modulus)
        return hmac.compare_digest(number.to_bytes(self.size), _padded(message, self.size))

    def sign(self, message: bytes) -> bytes:
        """The signature of a message.

        Raises:
            ValueError: When the key is a public one.
        """
        if self.private_exponent is None:
            raise ValueError("a public key does not sign")
        number = int.from_bytes(_padded(message, self.size))
        return pow(number, self.private_exponent, self.modulus).to_bytes(self.size)

    def public_jwk(self) -> dict[str, str]:
        """The public half, as a JSON web key."""
        numbers = {"n": self.modulus.to_bytes(self.size), "e": self.exponent.to_bytes(3)}
        known = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": self.id}
        return known | {name: base64url(number) for name, number in numbers.items()}


def _padded(message: bytes, size: int) -> bytes:
    marked = _DIGEST_MARK + hashlib.sha256(message).digest()
    return b"\x00\x01" + b"\xff" * (size - len(marked) - 3) + b"\x00" + marked


@cache
def read_key(name: str) -> Key:
    """The key of a file of `keys/`, which hold JSON web keys."""
    jwk = msgspec.json.decode((_FOLDER / f"{name}.json").read_bytes(), type=dict[str, str])
    modulus, exponent, private = (int.from_bytes(from_base64url(jwk.get(name, ""))) for name in "ned")
    return Key(jwk["kid"], modulus, exponent, private or None)


def base64url(content: bytes) -> str:
    """Bytes in the letters of URLs, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes that `base64url` wrote.

    Raises:
        ValueError: When the text is none of its.
    """
    if "+" in text or "/" in text:
        raise ValueError("these are not the letters of base64url")
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    try:
        return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("the text is no base64url") from None
