"""Logging in without a browser on this machine: the device flow (WIRE rest.md, section 1).

POST token response_type=device_code  -> device_code, user_code, verification_uri, interval
   a person opens the page on any machine, types the user code, and allows it
POST token grant_type=device, code    -> authorization_pending ... until the token comes
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import msgspec

from sfexplorer.client.errors import LoginFailed
from sfexplorer.client.exchange import Reply
from sfexplorer.client.login.host import LoginHost
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.refusals import refusal_of
from sfexplorer.client.secret import Secret

# How long a code is good; Salesforce's reply does not say.
LIFETIME = 600.0
_SLOWER = 5.0


class DeviceCode(msgspec.Struct, frozen=True):
    """What a person needs in order to allow a device: the code, and the page to type it into."""

    user_code: str
    verification_uri: str


class _Asked(msgspec.Struct, frozen=True):
    device_code: str
    user_code: str
    verification_uri: str
    interval: float = 5.0


@dataclass(frozen=True, slots=True)
class DeviceGrant:
    """A login that somebody allows on another device.

    Attributes:
        on_code: called with what that person must see, before the waiting begins.
        scope: what the token may do; blanks between.
        pause: waits some seconds between two questions.
    """

    on_code: Callable[[DeviceCode], None]
    scope: str = "api refresh_token"
    pause: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep, repr=False)

    @property
    def repeatable(self) -> bool:
        """Never: it takes a person. The refresh token goes on from here."""
        return False

    async def authenticate(self, host: LoginHost) -> OAuth:
        """The token, once somebody has allowed it; ends when cancelled.

        Raises:
            LoginFailed: it was refused, or nobody came within ten minutes.
        """
        asked = await _ask(host, self.scope)
        self.on_code(DeviceCode(asked.user_code, asked.verification_uri))
        interval, waited = min(max(asked.interval, 0.0), LIFETIME), 0.0
        code = Secret(asked.device_code)
        del asked
        while waited < LIFETIME:
            await self.pause(interval)
            waited += max(interval, 1.0)
            reply = await host.post({"grant_type": "device", "code": code})
            if reply.status == 200:
                return OAuth.from_json(reply.body)
            refused = refusal_of(reply, "login")
            if refused.code == "slow_down":
                interval += _SLOWER
            elif refused.code != "authorization_pending":
                raise refused
        raise LoginFailed("nobody has allowed the login in time", code="expired_token")


async def _ask(host: LoginHost, scope: str) -> _Asked:
    reply: Reply = await host.post({"response_type": "device_code", "scope": scope})
    if reply.status != 200:
        raise refusal_of(reply, "login")
    return reply.decode(_Asked)
