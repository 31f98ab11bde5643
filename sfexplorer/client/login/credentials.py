"""Username, password and security token: what two kinds of login take."""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.client.secret import Secret


@dataclass(frozen=True, slots=True, init=False)
class Credentials:
    """A user's own; the security token is needed outside of the org's trusted networks."""

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

    @property
    def whole_password(self) -> Secret:
        """Password and security token as the one text that they go as."""
        return Secret(self.password.reveal() + self.security_token.reveal())
