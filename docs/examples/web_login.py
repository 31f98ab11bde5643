"""A web app whose users log in to Salesforce, each with a token of their own over one connection.

    uvicorn web_login:app --port 8000

Set SF_CLIENT_ID, SF_CLIENT_SECRET and, for another login host than Salesforce's, SF_LOGIN_URL.
"""

import os
import secrets
from http.cookies import SimpleCookie
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sfexplorer.client import Connection
from sfexplorer.client.asgi import TOKEN_KEY, OAuthMiddleware, forget_oauth, keep_oauth, oauth_of


class MemorySessions:
    """Sessions that stay on the server: the browser has nothing but a random name for its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, dict[str, Any]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the visitor's session, or begin one."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        cookie = SimpleCookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")).get("session")
        name = cookie.value if cookie is not None and cookie.value in self._kept else secrets.token_urlsafe()
        session = scope["session"] = self._kept.setdefault(name, {})
        was_in = TOKEN_KEY in session

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = f"session={self._renamed(name, session, was_in)}; Path=/; HttpOnly; SameSite=Lax"
                message["headers"] = [*message["headers"], (b"set-cookie", told.encode())]
            await send(message)

        await self._app(scope, receive, sending)

    def _renamed(self, name: str, session: dict[str, Any], was_in: bool) -> str:
        """The session's name; another one after a login: somebody else may have brought the old one here."""
        if was_in or TOKEN_KEY not in session:
            return name
        fresh = secrets.token_urlsafe()
        self._kept[fresh] = self._kept.pop(name)
        return fresh


connection = Connection(
    client_id=os.environ["SF_CLIENT_ID"],
    client_secret=os.environ["SF_CLIENT_SECRET"],
    login_url=os.environ.get("SF_LOGIN_URL"),
    redirect_uri="http://localhost:8000/callback",
)


async def home(request: Request) -> Response:
    """Who is logged in, and some contacts as this user sees them."""
    oauth = oauth_of(request.scope)
    if oauth is None:
        return JSONResponse({"login": "/login", "problem": request.query_params.get("error_description")})
    org = connection.org(oauth, on_refresh=lambda fresh: keep_oauth(request.scope, fresh))
    names = [contact["Name"] async for contact in org.query("SELECT Name FROM Contact LIMIT 5")]
    return JSONResponse({"user": (await org.identity()).username, "contacts": names})


async def logout(request: Request) -> Response:
    """End the session in Salesforce and here."""
    oauth = oauth_of(request.scope)
    if oauth is not None:
        await connection.org(oauth).revoke()
    forget_oauth(request.scope)
    return RedirectResponse("/", 303)


app = Starlette(
    routes=[Route("/", home), Route("/logout", logout)],
    middleware=[
        Middleware(MemorySessions),
        Middleware(OAuthMiddleware, connection, on_success="/", on_error="/"),
    ],
)
