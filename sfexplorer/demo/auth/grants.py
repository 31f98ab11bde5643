"""The grants: what a client shows to the token endpoint, and the session that it gets for it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping

from sfexplorer.demo.auth.asked import Asked
from sfexplorer.demo.auth.assertions import asserted
from sfexplorer.demo.auth.logins import LoginRefused, signed_in
from sfexplorer.demo.auth.opening import (
    active_user,
    check_admitted,
    lasting_reply,
    open_session,
    token_reply,
)
from sfexplorer.demo.auth.pkce import check_verifier
from sfexplorer.demo.auth.refused import refuse
from sfexplorer.demo.auth.state import POLL_SECONDS, Access

Reply = dict[str, str]

# Salesforce's own login hosts, where nobody knows whose org an app means.
_LOGIN_HOSTS = ("login.salesforce.com", "test.salesforce.com")


async def password(asked: Asked) -> Reply:
    """Username, password and security token; the reply tells no scope."""
    app = asked.app(secret=True)
    try:
        user = await signed_in(asked.org, asked.field("username"), asked.field("password"))
    except LoginRefused as refused:
        if refused.reason == "inactive":
            refuse("inactive_user", "user is inactive")
        # A real org says no more than this; here a forgotten token is told, for it costs newcomers most time.
        missing = refused.reason == "no security token"
        hint = " - security token required: append it to the password" if missing else ""
        refuse("invalid_grant", f"authentication failure{hint}")
    check_admitted(app, user)
    return token_reply(asked, open_session(asked.org, user, Access(app.client_id, user.id, "")), app)


async def authorization_code(asked: Asked) -> Reply:
    """The code that a browser brought back, once."""
    app = asked.app()
    codes, shown = asked.org.auth.codes, asked.field("code")
    code = codes.find(shown)
    if code is None and codes.knows(shown):
        refuse("invalid_grant", "expired authorization code")
    if code is None or code.access.client_id != app.client_id:
        refuse("invalid_grant", "invalid authorization code")
    codes.spend(shown)
    asked.app(secret=app.requires_secret)
    if asked.field("redirect_uri") != code.asked.redirect_uri:
        refuse("redirect_uri_mismatch", "redirect_uri must match configuration")
    check_verifier(code.asked.challenge, asked.field("code_verifier"))
    user = await active_user(asked.org, code.access.user_id)
    return lasting_reply(asked, user, app, code.access, code.asked.nonce)


async def refresh_token(asked: Asked) -> Reply:
    """A refresh token, which stays the same unless the app rotates them."""
    found = asked.app()
    app = asked.app(secret=found.requires_secret)
    tokens, shown = asked.org.auth.refresh_tokens, asked.field("refresh_token")
    access = tokens.find(shown)
    if access is None or access.client_id != app.client_id:
        refuse("invalid_grant", "expired access/refresh token")
    user = await active_user(asked.org, access.user_id)
    # Asked again: only one of two requests at the same moment may use up a token that is rotated.
    if app.rotates_refresh_tokens and tokens.find(shown) is None:
        refuse("invalid_grant", "expired access/refresh token")
    if app.rotates_refresh_tokens:
        tokens.spend(shown)
        return lasting_reply(asked, user, app, access)
    return token_reply(asked, open_session(asked.org, user, access, shown), app)


async def jwt_bearer(asked: Asked) -> Reply:
    """An assertion that the app has signed for a user."""
    app, user = await asserted(asked.org, asked.field("assertion"))
    check_admitted(app, user)
    if app.requires_consent_before_jwt and (app.client_id, user.id) not in asked.org.auth.approvals:
        refuse("invalid_grant", "user hasn't approved this consumer")
    access = Access(app.client_id, user.id, " ".join(name for name in app.scopes if "refresh" not in name))
    return token_reply(asked, open_session(asked.org, user, access), app)


async def client_credentials(asked: Asked) -> Reply:
    """The app for itself, as the user whom its administrator chose."""
    app = asked.app(secret=True)
    if asked.host in _LOGIN_HOSTS:
        refuse("invalid_grant", "request not supported on this domain")
    user = await asked.org.user_named(app.run_as) if app.run_as else None
    if user is None or not user.is_active or user.is_frozen:
        refuse("invalid_grant", "no client credentials user enabled")
    access = Access(app.client_id, user.id, " ".join(name for name in app.scopes if "refresh" not in name))
    return token_reply(asked, open_session(asked.org, user, access), app)


async def saml_assertion(asked: Asked) -> Reply:
    """A SAML assertion, of which the org trusts no issuer."""
    refuse("invalid_grant", "invalid assertion")


async def device(asked: Asked) -> Reply:
    """A device asks whether somebody has typed its code by now."""
    app = asked.app()
    devices, shown = asked.org.auth.devices, asked.field("code")
    found = devices.find(shown)
    if found is None and devices.knows(shown):
        refuse("expired_token", "the device code has expired")
    if found is None or found.client_id != app.client_id:
        refuse("invalid_grant", "invalid device code")
    if found.denied:
        refuse("access_denied", "end-user denied authorization")
    if found.access is None:
        before, found.polled = found.polled, time.monotonic()
        if before and found.polled - before < POLL_SECONDS:
            refuse("slow_down", "the device asks too often")
        refuse("authorization_pending", "end-user has not yet decided")
    devices.spend(shown)
    user = await active_user(asked.org, found.access.user_id)
    return lasting_reply(asked, user, app, found.access)


GRANTS: Mapping[str, Callable[[Asked], Awaitable[Reply]]] = {
    "password": password,
    "authorization_code": authorization_code,
    "refresh_token": refresh_token,
    "urn:ietf:params:oauth:grant-type:jwt-bearer": jwt_bearer,
    "client_credentials": client_credentials,
    "assertion": saml_assertion,
    "urn:ietf:params:oauth:grant-type:saml2-bearer": saml_assertion,
    "device": device,
}
