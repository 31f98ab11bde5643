"""OAuth 2.0 without a browser: tokens given, ended and looked at (rest.md section 1)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.auth.apps import granted_scope
from sfexplorer.demo.auth.asked import Asked, read_asked
from sfexplorer.demo.auth.grants import GRANTS
from sfexplorer.demo.auth.opening import identity_url
from sfexplorer.demo.auth.refused import OAuthRefused, refuse
from sfexplorer.demo.auth.rsa import read_key
from sfexplorer.demo.auth.state import POLL_SECONDS, Device, new_user_code
from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import LIFETIME_SECONDS
from sfexplorer.demo.web.answers import encoded, json_answer, nothing
from sfexplorer.demo.web.call import route

_NOT_KEPT = {"Cache-Control": "no-cache, no-store"}


def routes() -> list[BaseRoute]:
    """The paths of OAuth."""
    return [
        route("/services/oauth2/token", POST=token),
        route("/services/oauth2/revoke", POST=revoke, GET=revoke),
        route("/services/oauth2/introspect", POST=introspect),
        route("/id/keys", GET=keys),
    ]


async def token(request: Request) -> Response:
    """Open a session for who proves to be a user, or begin to wait for a device's user."""
    try:
        asked = await read_asked(request)
        if asked.field("response_type") == "device_code":
            return json_answer(_begin_device(asked), headers=_NOT_KEPT)
        return json_answer(await _granted(asked), headers=_NOT_KEPT)
    except OAuthRefused as refused:
        return _refusal(refused)


def _refusal(refused: OAuthRefused) -> Response:
    body = {"error": refused.error, "error_description": refused.description}
    return json_answer(body, refused.status, _NOT_KEPT)


async def _granted(asked: Asked) -> dict[str, str]:
    kind = asked.field("grant_type")
    if not kind:
        refuse("invalid_request", "must provide grant_type")
    if kind not in GRANTS:
        refuse("unsupported_grant_type", "grant type not supported")
    return await GRANTS[kind](asked)


def _begin_device(asked: Asked) -> dict[str, str | int]:
    app = asked.app()
    waiting = Device(app.client_id, granted_scope(app, asked.field("scope")), new_user_code())
    return {
        "device_code": asked.org.auth.devices.add(waiting),
        "user_code": waiting.user_code,
        "verification_uri": f"{asked.origin}/setup/connect",
        "interval": POLL_SECONDS,
    }


async def revoke(request: Request) -> Response:
    """End a session or a refresh token with its sessions; refusals are forms, as clients read them."""
    callback = request.query_params.get("callback")
    try:
        if callback is not None and not re.fullmatch(r"[A-Za-z_$][\w$.]{0,99}", callback, re.ASCII):
            callback = None
            refuse("invalid_request", "the callback must be the name of a function")
        asked = await read_asked(request)
        _end(asked.org, asked.field("token"))
    except OAuthRefused as refused:
        body = {"error": refused.error, "error_description": refused.description}
        if callback is not None:
            return _script(callback, body)
        return Response(urlencode(body), refused.status, media_type="application/x-www-form-urlencoded")
    return nothing(200) if callback is None else _script(callback, {})


def _script(callback: str, answer: dict[str, str]) -> Response:
    """The call of a function, for a page of another origin that may not read answers."""
    text = f"{callback}({encoded(answer).decode()});"
    return Response(text, headers={"X-Content-Type-Options": "nosniff"}, media_type="text/javascript")


def _end(org: Org, shown: str) -> None:
    if not shown:
        refuse("unsupported_token_type", "this token type is not supported")
    if org.sessions.end(shown):
        return
    if org.auth.refresh_tokens.find(shown) is None:
        refuse("invalid_token", "invalid token")
    org.auth.refresh_tokens.spend(shown)
    org.sessions.end_of_refresh_token(shown)


async def introspect(request: Request) -> Response:
    """What a token is good for, told to the app that it belongs to."""
    try:
        asked = await read_asked(request)
        app = asked.app(secret=True)
        return json_answer(await _introspected(asked, app.client_id), headers=_NOT_KEPT)
    except OAuthRefused as refused:
        return _refusal(refused)


async def _introspected(asked: Asked, client_id: str) -> dict[str, Any]:
    org, shown = asked.org, asked.field("token")
    session, access = org.sessions.find(shown), org.auth.refresh_tokens.find(shown)
    found = session or access
    user = await org.user(found.user_id) if found is not None and found.client_id == client_id else None
    if found is None or user is None:
        return {"active": False}
    known = {
        "active": True,
        "scope": found.scope,
        "client_id": client_id,
        "username": user.username,
        "sub": identity_url(asked.origin, user.id),
        "token_type": "access_token" if session else "refresh_token",
    }
    if session is None:
        return known
    times = {"exp": session.opened + LIFETIME_SECONDS, "iat": session.opened, "nbf": session.opened}
    return known | times


async def keys(request: Request) -> Response:
    """The public half of the key that signs id tokens."""
    return json_answer({"keys": [read_key("org").public_jwk()]})
