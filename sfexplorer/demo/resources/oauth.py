"""OAuth 2.0: the password grant, and revoking a token (rest.md section 1)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.credentials import CLIENT_ID, CLIENT_SECRET, ORG_ID, PASSWORD, SECURITY_TOKEN
from sfexplorer.demo.org import Org
from sfexplorer.demo.web.answers import json_answer, nothing
from sfexplorer.demo.web.bodies import form_fields
from sfexplorer.demo.web.call import route


def routes() -> list[BaseRoute]:
    """The paths of OAuth."""
    return [
        route("/services/oauth2/token", POST=token),
        route("/services/oauth2/revoke", POST=revoke, GET=revoke),
    ]


class GrantRefused(Exception):
    """A token request that fails, in OAuth's own words."""

    def __init__(self, error: str, description: str) -> None:
        self.error = error
        self.description = description
        super().__init__(description)


async def token(request: Request) -> Response:
    """Open a session for who proves to be a user."""
    org: Org = request.app.state.org
    form = await _form(request)
    try:
        return json_answer(await _grant(org, form), headers={"Cache-Control": "no-cache, no-store"})
    except GrantRefused as refused:
        body = {"error": refused.error, "error_description": refused.description}
        return json_answer(body, 400)


async def _form(request: Request) -> dict[str, str]:
    return form_fields(await request.body(), request.headers.get("content-type", ""))


async def _grant(org: Org, form: dict[str, str]) -> dict[str, str]:
    if "grant_type" not in form:
        raise GrantRefused("invalid_request", "must provide grant_type")
    if form["grant_type"] != "password":
        raise GrantRefused("unsupported_grant_type", "grant type not supported")
    if form.get("client_id") != CLIENT_ID:
        raise GrantRefused("invalid_client_id", "client identifier invalid")
    if form.get("client_secret") != CLIENT_SECRET:
        raise GrantRefused("invalid_client", "invalid client credentials")
    return await _password_grant(org, form.get("username", ""), form.get("password", ""))


async def _password_grant(org: Org, username: str, password: str) -> dict[str, str]:
    user = await org.user_named(username)
    if user is None or password != PASSWORD + SECURITY_TOKEN:
        # A real org says no more than this; here a forgotten token is told, for it costs newcomers most time.
        hint = (
            " - security token required: append it to the password" if user and password == PASSWORD else ""
        )
        raise GrantRefused("invalid_grant", f"authentication failure{hint}")
    if not user.is_active:
        raise GrantRefused("inactive_user", "user is inactive")
    return token_reply(org, org.sessions.open(user.id).token, user.id)


def token_reply(org: Org, access_token: str, user_id: str) -> dict[str, str]:
    """What the token endpoint answers; `scope` is absent for the password grant."""
    identity = f"{org.url}/id/{ORG_ID}/{user_id}"
    issued_at = str(int(time.time() * 1000))
    digest = hmac.new(CLIENT_SECRET.encode(), f"{identity}{issued_at}".encode(), hashlib.sha256).digest()
    return {
        "access_token": access_token,
        "instance_url": org.url,
        "id": identity,
        "token_type": "Bearer",
        "issued_at": issued_at,
        "signature": base64.b64encode(digest).decode(),
    }


async def revoke(request: Request) -> Response:
    """End a session; the token comes in the body or, from some clients, in the query string."""
    org: Org = request.app.state.org
    form = {**request.query_params, **await _form(request)}
    if not org.sessions.end(form.get("token", "")):
        body = "error=invalid_token&error_description=invalid%20token"
        return Response(body, 400, media_type="application/x-www-form-urlencoded")
    return nothing(200)
