"""The grants that are one request to the token endpoint (WIRE rest.md, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sfexplorer.client.login.credentials import Credentials
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    from sfexplorer.client.login.host import LoginHost
    from sfexplorer.client.oauth import OAuth

_SAML_PROFILE = "urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser"


class PasswordGrant(Credentials):
    """Username and password; the security token is needed outside of the org's trusted networks."""

    __slots__ = ()

    async def authenticate(self, host: LoginHost) -> OAuth:
        """Password and security token go as one text."""
        return await host.token(
            {"grant_type": "password", "username": self.username, "password": self.whole_password}
        )


@dataclass(frozen=True, slots=True, init=False)
class RefreshTokenGrant:
    """A refresh token that an earlier login gave."""

    refresh_token: Secret

    def __init__(self, refresh_token: str | Secret) -> None:
        object.__setattr__(self, "refresh_token", Secret(refresh_token))

    @property
    def repeatable(self) -> bool:
        """Not by itself: an app may be set to get another refresh token each time."""
        return False

    async def authenticate(self, host: LoginHost) -> OAuth:
        """A token that keeps the refresh token: Salesforce's reply repeats it only where it is a new one."""
        fresh = await host.token({"grant_type": "refresh_token", "refresh_token": self.refresh_token})
        return fresh if fresh.refresh_token else fresh.with_refresh_token(self.refresh_token)


@dataclass(frozen=True, slots=True, init=False)
class AuthorizationCodeGrant:
    """The code that a browser login came back with; `AuthorizationRequest.grant` makes one."""

    code: Secret
    code_verifier: Secret

    def __init__(self, code: str | Secret, code_verifier: str | Secret = "") -> None:
        object.__setattr__(self, "code", Secret(code))
        object.__setattr__(self, "code_verifier", Secret(code_verifier))

    @property
    def repeatable(self) -> bool:
        """Never: a code is good for one login."""
        return False

    async def authenticate(self, host: LoginHost) -> OAuth:
        """The token behind the code; the redirect URI must be the one that the code was asked with."""
        return await host.token(
            {
                "grant_type": "authorization_code",
                "code": self.code,
                "redirect_uri": host.redirect_uri,
                "code_verifier": self.code_verifier,
            }
        )


@dataclass(frozen=True, slots=True)
class ClientCredentialsGrant:
    """The connected app itself, as the user that the org has set for it; asked at My Domain only."""

    @property
    def repeatable(self) -> bool:
        """Always: the app's secret is at hand."""
        return True

    async def authenticate(self, host: LoginHost) -> OAuth:
        """A token for the app's own user."""
        return await host.token({"grant_type": "client_credentials"})


@dataclass(frozen=True, slots=True, init=False)
class SamlAssertionGrant:
    """A SAML assertion of the org's identity provider, base64url."""

    assertion: Secret

    def __init__(self, assertion: str | Secret) -> None:
        object.__setattr__(self, "assertion", Secret(assertion))

    @property
    def repeatable(self) -> bool:
        """Never: assertions are short-lived."""
        return False

    async def authenticate(self, host: LoginHost) -> OAuth:
        """A token for the user whom the assertion names."""
        return await host.token(
            {"grant_type": "assertion", "assertion_type": _SAML_PROFILE, "assertion": self.assertion}
        )
