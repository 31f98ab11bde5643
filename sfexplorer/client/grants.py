"""Ways to log in (WIRE rest.md, section 1: the grant types of the token endpoint)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sfexplorer.client.secret import Secret


class Grant(Protocol):
    """What a login needs to know of a grant."""

    @property
    def repeatable(self) -> bool:
        """Whether the same grant works again when its token has expired."""

    def form(self) -> Mapping[str, str]:
        """The fields of the token request, but for those of the connected app."""


@dataclass(frozen=True, slots=True, init=False)
class PasswordGrant:
    """Username and password; the security token is needed outside of the org's trusted networks."""

    username: str
    password: Secret
    security_token: Secret

    def __init__(self, username: str, password: str | Secret, security_token: str | Secret = "") -> None:
        object.__setattr__(self, "username", username)
        object.__setattr__(self, "password", Secret(password))
        object.__setattr__(self, "security_token", Secret(security_token))

    @property
    def repeatable(self) -> bool:
        """Always: who knows the password can log in again."""
        return True

    def form(self) -> Mapping[str, str]:
        """Password and security token go as one text."""
        return {
            "grant_type": "password",
            "username": self.username,
            "password": self.password.reveal() + self.security_token.reveal(),
        }
