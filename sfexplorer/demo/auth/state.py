"""What the org has handed out and waits to see again: codes, device codes, refresh tokens, open consents."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Self

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.auth.kept import Kept
from sfexplorer.demo.credentials import CLIENT_ID, REFRESH_TOKEN

CODE_SECONDS = 15 * 60
DEVICE_SECONDS = 10 * 60
# "Until revoked", as refresh tokens of an app are by default.
_FOREVER = 10 * 365 * 86_400
POLL_SECONDS = 5
# Without letters and digits that look alike; nor vowels, so that no code is a word.
_USER_CODE_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


@dataclass(frozen=True, slots=True)
class Access:
    """What a user has allowed an app."""

    client_id: str
    user_id: str
    scope: str

    @property
    def lasts(self) -> bool:
        """Whether a refresh token belongs to it."""
        return bool({"refresh_token", "offline_access"} & set(self.scope.split()))


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Where a browser goes once the user has decided, and what the app wants to see there."""

    redirect_uri: str
    state: str | None
    response_type: str
    challenge: str = ""
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What an authorization code stands for."""

    access: Access
    asked: CodeRequest


@dataclass(slots=True)
class Device:
    """A device that waits for somebody to type its code elsewhere.

    Attributes:
        access: what was allowed; None as long as nobody has decided.
        denied: whether somebody said no.
        polled: when the device asked last, on the clock of `time.monotonic`.
    """

    client_id: str
    scope: str
    user_code: str
    access: Access | None = None
    denied: bool = False
    polled: float = 0


@dataclass(frozen=True, slots=True)
class Consent:
    """A signed-in user who is being asked, and what for: a browser's code or a device's."""

    access: Access
    what_for: CodeRequest | Device


@dataclass(slots=True)
class AuthState:
    """All that was handed out.

    Attributes:
        approvals: which user has allowed which app, as pairs of client id and user id.
    """

    codes: Kept[Code] = field(default_factory=lambda: Kept(CODE_SECONDS, "aPrx", "=="))
    devices: Kept[Device] = field(default_factory=lambda: Kept(DEVICE_SECONDS))
    consents: Kept[Consent] = field(default_factory=lambda: Kept(CODE_SECONDS))
    refresh_tokens: Kept[Access] = field(default_factory=lambda: Kept(_FOREVER, "5Aep861"))
    approvals: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, user_id: str) -> Self:
        """The state at the start: the administrator's stable refresh token, which the first line tells."""
        state = cls()
        access = Access(CLIENT_ID, user_id, " ".join(connected_apps()[0].scopes))
        state.refresh_tokens.add(access, REFRESH_TOKEN)
        return state

    def expire(self, token: str) -> bool:
        """Make a code, device code or refresh token expire; whether it was one."""
        kinds = (self.codes, self.devices, self.refresh_tokens)
        found = [kind for kind in kinds if kind.knows(token)]
        for kind in found:
            kind.spend(token)
        return bool(found)

    def waiting_device(self, user_code: str) -> Device | None:
        """The device that shows this code and waits."""
        wanted = user_code.strip().upper().replace("-", "")
        waiting = (each for each in self.devices.values() if each.access is None and not each.denied)
        return next((each for each in waiting if each.user_code == wanted), None)


def new_user_code() -> str:
    """Eight letters and digits that a person can type."""
    return "".join(secrets.choice(_USER_CODE_LETTERS) for _ in range(8))
