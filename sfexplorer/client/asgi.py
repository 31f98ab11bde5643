"""OAuth logins for web apps: a pure ASGI middleware (nforce's `expressOAuth`).

    GET /login               -> to Salesforce's login page, with state and PKCE kept in the session
    GET /callback?code=...   -> the token into the session, then to on_success
    GET /callback?error=...  -> to on_error, with what went wrong as `error` and `error_description`

The callback's path is that of the connection's redirect URI. It needs `scope["session"]`, as Starlette's
`SessionMiddleware` makes it. The session then holds tokens: keep it on the server, or in a cookie that is
encrypted and not merely signed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from sfexplorer.client.errors import LoginFailed, SalesforceError
from sfexplorer.client.login.authorization import AuthorizationRequest
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    from sfexplorer.client.connection import Connection

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TOKEN_KEY = "salesforce_oauth"  # noqa: S105 - a name
_BEGUN_KEY = "salesforce_login"


class OAuthMiddleware:
    """Lets people log in to Salesforce, and keeps their tokens in their sessions.

    Args:
        app: the app within.
        connection: the connected app; its redirect URI names the callback's path.
        on_success: the path where a person goes after the login.
        on_error: the path where a person goes after a login that failed.
        login_path: the path that begins a login.
        scope: what the tokens may do.
    """

    def __init__(
        self,
        app: App,
        connection: Connection,
        *,
        on_success: str = "/",
        on_error: str = "/",
        login_path: str = "/login",
        scope: str | Sequence[str] = "api refresh_token",
    ) -> None:
        self._app = app
        self._connection = connection
        self._on_success = on_success
        self._on_error = on_error
        self._login_path = login_path
        self._callback_path = urlsplit(connection.redirect_uri).path or "/"
        self._scope = scope

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what belongs to a login; pass on all else."""
        if scope["type"] == "http" and scope["method"] == "GET":
            if scope["path"] == self._login_path:
                await _redirect(send, self._begin(_session(scope)))
                return
            if scope["path"] == self._callback_path:
                await _redirect(send, await self._end(scope))
                return
        await self._app(scope, receive, send)

    def _begin(self, session: MutableMapping[str, Any]) -> str:
        request = self._connection.authorization_url(scope=self._scope)
        session[_BEGUN_KEY] = {"state": request.state, "code_verifier": request.code_verifier.reveal()}
        return request.url

    async def _end(self, scope: Scope) -> str:
        session = _session(scope)
        # Taken out: a callback is good once.
        begun = session.pop(_BEGUN_KEY, None)
        told = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
        try:
            if not isinstance(begun, dict):
                raise LoginFailed("no login was begun here")
            request = AuthorizationRequest("", begun["state"], Secret(begun["code_verifier"]))
            org = await self._connection.login(request.grant_of(told))
        except SalesforceError as error:
            query = urlencode({"error": error.code or "login_failed", "error_description": error.message})
            return f"{self._on_error}{'&' if '?' in self._on_error else '?'}{query}"
        session[TOKEN_KEY] = org.oauth.to_json()
        return self._on_success


def oauth_of(scope: Scope) -> OAuth | None:
    """The token that a request's session holds; None where nobody has logged in."""
    kept = _session(scope).get(TOKEN_KEY)
    return OAuth.from_json(kept) if isinstance(kept, str) else None


def keep_oauth(scope: Scope, oauth: OAuth) -> None:
    """Keep a renewed token: `connection.org(oauth, on_refresh=...)` is told of it."""
    _session(scope)[TOKEN_KEY] = oauth.to_json()


def forget_oauth(scope: Scope) -> None:
    """Take the token out of the session, as a logout does."""
    _session(scope).pop(TOKEN_KEY, None)


def _session(scope: Scope) -> MutableMapping[str, Any]:
    session = scope.get("session")
    if not isinstance(session, MutableMapping):
        raise RuntimeError('OAuthMiddleware needs scope["session"]: put a session middleware around it')
    return session


async def _redirect(send: Send, target: str) -> None:
    # A fresh answer for each person: what is kept in between would log in somebody else.
    headers = [(b"location", target.encode("latin-1", "replace")), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
