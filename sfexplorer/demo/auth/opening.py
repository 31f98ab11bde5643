"""Opening sessions, and the reply of the token endpoint that tells of one."""

from __future__ import annotations

import base64
import hmac
import time

from sfexplorer.demo.auth.apps import ConnectedApp
from sfexplorer.demo.auth.asked import Asked
from sfexplorer.demo.auth.jwt import write_token
from sfexplorer.demo.auth.refused import refuse
from sfexplorer.demo.auth.rsa import read_key
from sfexplorer.demo.auth.state import Access
from sfexplorer.demo.credentials import ORG_ID
from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import LIFETIME_SECONDS, Session
from sfexplorer.demo.users import User

ORG_KEY = "org"


async def active_user(org: Org, user_id: str) -> User:
    """The user of an access that was allowed before.

    Raises:
        OAuthRefused: When the user may no longer come in.
    """
    user = await org.user(user_id)
    if user is None or not user.is_active:
        refuse("inactive_user", "user is inactive")
    if user.is_frozen:
        refuse("invalid_grant", "authentication failure")
    return user


def check_admitted(app: ConnectedApp, user: User) -> None:
    """See to it that a user may use an app.

    Raises:
        OAuthRefused: When the administrator has approved others alone.
    """
    if not app.admits(user.username):
        refuse("invalid_app_access", "user is not admin approved to access this app")


def open_session(org: Org, user: User, access: Access, refresh_token: str = "") -> Session:
    """A new session of a user."""
    return org.sessions.open(user.id, access.client_id, access.scope, refresh_token)


def token_reply(asked: Asked, session: Session, app: ConnectedApp) -> dict[str, str]:
    """What tells of a new session (rest.md section 1); `scope` only where the session has one."""
    identity = identity_url(asked.origin, session.user_id)
    issued_at = str(int(time.time() * 1000))
    digest = hmac.digest(app.client_secret.encode(), f"{identity}{issued_at}".encode(), "sha256")
    reply = {
        "access_token": session.token,
        "signature": base64.b64encode(digest).decode(),
        "scope": session.scope,
        "instance_url": asked.origin,
        "id": identity,
        "token_type": "Bearer",
        "issued_at": issued_at,
    }
    return {name: value for name, value in reply.items() if name != "scope" or value}


def lasting_reply(
    asked: Asked, user: User, app: ConnectedApp, access: Access, nonce: str = ""
) -> dict[str, str]:
    """The reply of a flow that a person went through: with what its scope says beside the session."""
    refresh_token = asked.org.auth.refresh_tokens.add(access) if access.lasts else ""
    session = open_session(asked.org, user, access, refresh_token)
    reply = token_reply(asked, session, app)
    if refresh_token:
        reply["refresh_token"] = refresh_token
    if "openid" in access.scope.split():
        reply["id_token"] = _id_token(asked.origin, session, app, nonce)
    return reply


def identity_url(origin: str, user_id: str) -> str:
    """The URL that stands for a user."""
    return f"{origin}/id/{ORG_ID}/{user_id}"


def _id_token(origin: str, session: Session, app: ConnectedApp, nonce: str) -> str:
    now = int(time.time())
    claims = {
        "iss": origin,
        "sub": identity_url(origin, session.user_id),
        "aud": app.client_id,
        "iat": now,
        "exp": now + LIFETIME_SECONDS,
        **({"nonce": nonce} if nonce else {}),
    }
    return write_token(claims, read_key(ORG_KEY))
