"""The browser's part of a login: the page to open, and what comes back from it (PKCE S256 and state)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import TypeAlias
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from sfexplorer.client.errors import LoginFailed
from sfexplorer.client.login.grants import AuthorizationCodeGrant
from sfexplorer.client.secret import Secret

AUTHORIZE_PATH = "/services/oauth2/authorize"

Option: TypeAlias = "str | bool | Sequence[str]"


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A login that was begun in a browser.

    Attributes:
        url: the page to open.
        state: what the callback must bring back.
        code_verifier: what proves that the callback's code was asked for here.
    """

    url: str
    state: str
    code_verifier: Secret

    def grant(self, callback: str) -> AuthorizationCodeGrant:
        """The grant of the URL that the browser came back to, or of its query string alone.

        Raises:
            LoginFailed: the person or the org refused, or the answer belongs to another login.
        """
        query = urlsplit(callback).query if "?" in callback else callback
        told = {name: values[0] for name, values in parse_qs(query).items()}
        return self.grant_of(told)

    def grant_of(self, told: Mapping[str, str]) -> AuthorizationCodeGrant:
        """The same from the parameters of the callback."""
        # Compared first: who does not know the state must not even choose our error message.
        if not compare_digest(told.get("state", "").encode(), self.state.encode()):
            raise LoginFailed("the browser's answer belongs to another login", hint="Begin the login again.")
        if "error" in told:
            description = told.get("error_description", "").replace("+", " ")
            raise LoginFailed(f"the login was refused: {description or told['error']}", code=told["error"])
        if not told.get("code"):
            raise LoginFailed("the browser's answer brings no code", hint="Begin the login again.")
        return AuthorizationCodeGrant(told["code"], self.code_verifier)


def authorization_request(
    login_url: str,
    client_id: str,
    redirect_uri: str,
    *,
    scope: str | Sequence[str] = (),
    state: str | None = None,
    options: Mapping[str, Option] | None = None,
) -> AuthorizationRequest:
    """The page where a person logs in and allows the app, with a fresh secret for the way back.

    Args:
        login_url: the login host's origin.
        client_id: the app's consumer key.
        redirect_uri: where the browser comes back to.
        scope: what the token may do: `api refresh_token`, or a sequence of such.
        state: a text that comes back as it is; None makes a random one, against forged callbacks.
        options: further parameters: `prompt`, `display`, `login_hint`, `nonce`, `immediate`.
    """
    verifier = secrets.token_urlsafe(64)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    chosen = secrets.token_urlsafe(32) if state is None else state
    parameters: dict[str, Option] = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": scope,
        "state": chosen,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **(options or {}),
    }
    told = {name: text for name, value in parameters.items() if (text := _text(value))}
    query = urlencode(told, quote_via=quote, errors="replace")
    return AuthorizationRequest(f"{login_url}{AUTHORIZE_PATH}?{query}", chosen, Secret(verifier))


def _text(value: Option) -> str:
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case _:
            return " ".join(value)
