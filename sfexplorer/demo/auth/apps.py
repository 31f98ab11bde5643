"""The connected apps of the org, as data: `apps.json`.

The first is the app that the org's first line names, and asks for little. The strict one has all that an
administrator can switch on, among it the rotation of refresh tokens. The last is the one that Salesforce's
own command line comes with.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from sfexplorer.demo.auth.refused import refuse

_FILE = Path(__file__).with_name("apps.json")


class ConnectedApp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One connected app.

    Attributes:
        name: what the consent page calls it.
        client_id: its consumer key.
        client_secret: its consumer secret; "" where it has none, as an app on people's machines.
        redirect_uris: where it may be led to, besides loopback.
        scopes: what it may ask for, and gets when it asks for nothing.
        requires_secret: whether codes and refresh tokens are taken only together with the secret.
        requires_pkce: whether a code is given only for a challenge.
        requires_consent_before_jwt: whether a user must have allowed it once before it may sign in for them.
        rotates_refresh_tokens: whether each refresh gives a new refresh token and makes the old one invalid.
        users: the usernames that an administrator has approved; empty stands for everybody.
        run_as: the username that client credentials sign in; "" where there is none.
        jwt_key: the file in `keys/` that holds the public key of its assertions; "" where there is none.
    """

    name: str
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    requires_secret: bool = False
    requires_pkce: bool = False
    requires_consent_before_jwt: bool = False
    rotates_refresh_tokens: bool = False
    users: tuple[str, ...] = ()
    run_as: str = ""
    jwt_key: str = ""

    def admits(self, username: str) -> bool:
        """Whether a user may use the app."""
        return not self.users or username.lower() in self.users


@cache
def connected_apps() -> tuple[ConnectedApp, ...]:
    """All connected apps; the first is the one that the first line tells of."""
    return msgspec.json.decode(_FILE.read_bytes(), type=tuple[ConnectedApp, ...])


def app_of(client_id: str) -> ConnectedApp:
    """The app of a consumer key.

    Raises:
        OAuthRefused: When there is none such.
    """
    for app in connected_apps():
        if app.client_id == client_id:
            return app
    refuse("invalid_client_id", "client identifier invalid")


def granted_scope(app: ConnectedApp, asked: str) -> str:
    """The scope that an app gets: what it asks for or, when it asks for nothing, all that it may have.

    Raises:
        OAuthRefused: When it may not have all of it.
    """
    names = asked.split()
    if not set(names) <= set(app.scopes):
        refuse("invalid_scope", "the requested scope is not allowed")
    return " ".join(dict.fromkeys(names or app.scopes))
