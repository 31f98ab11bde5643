"""OAuth 2.0 in a browser: a person signs in, is asked, and is led back to the app (rest.md section 1).

    GET  /services/oauth2/authorize?response_type=code&client_id=...    the login form
    POST /services/oauth2/authorize?...    username, password           the consent form
    POST /services/oauth2/consent          ticket, decision=allow|deny  302 redirect_uri?code=...&state=...

Both forms are shown each time, whatever `prompt` says, so that a script walks the same way each time.
"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from sfexplorer.demo.auth.apps import ConnectedApp, app_of, granted_scope
from sfexplorer.demo.auth.asked import Asked, read_asked
from sfexplorer.demo.auth.logins import LoginRefused, signed_in
from sfexplorer.demo.auth.opening import active_user, lasting_reply
from sfexplorer.demo.auth.pages import WRONG, consent_page, login_page, message_page
from sfexplorer.demo.auth.pkce import challenge_in
from sfexplorer.demo.auth.redirects import accepts, with_fragment, with_query
from sfexplorer.demo.auth.refused import OAuthRefused, refuse
from sfexplorer.demo.auth.state import Access, Code, CodeRequest, Consent, Device
from sfexplorer.demo.web.call import route

AUTHORIZE = "/services/oauth2/authorize"
CONSENT = "/services/oauth2/consent"


def routes() -> list[BaseRoute]:
    """The paths of a browser."""
    return [route(AUTHORIZE, GET=show_login, POST=sign_in), route(CONSENT, POST=decide)]


async def show_login(request: Request) -> Response:
    """The login form, or why there is none."""
    try:
        asked = await read_asked(request)
        _code_request(asked)
    except OAuthRefused as refused:
        return _bare(refused)
    return login_page(_again(asked), asked.field("login_hint"))


async def sign_in(request: Request) -> Response:
    """The consent form for who signs in; the login form again for who doesn't."""
    try:
        asked = await read_asked(request)
        app, wanted = _code_request(asked)
        scope = granted_scope(app, asked.field("scope"))
    except OAuthRefused as refused:
        return _bare(refused)
    if "username" not in asked.fields:
        # An app may also post what it asks for.
        return login_page(_again(asked), asked.field("login_hint"))
    username = asked.field("username")
    try:
        user = await signed_in(asked.org, username, asked.field("password"), at_page=True)
    except LoginRefused:
        return login_page(_again(asked), username, WRONG)
    if not app.admits(user.username):
        error = "user is not admin approved to access this app"
        return _led_back(wanted, {"error": "invalid_app_access", "error_description": error})
    return ask_consent(asked, app, Consent(Access(app.client_id, user.id, scope), wanted), user.username)


def ask_consent(asked: Asked, app: ConnectedApp, consent: Consent, username: str) -> Response:
    """The form that asks a signed-in user."""
    words = {"App": app.name, "User": username, "May": consent.access.scope}
    what_for = consent.what_for
    leads_to = what_for.redirect_uri.partition(":")[0] if isinstance(what_for, CodeRequest) else ""
    return consent_page(CONSENT, asked.org.auth.consents.add(consent), words, leads_to)


async def decide(request: Request) -> Response:
    """Lead back with a code or a token, or let a device in; or tell that the user said no."""
    try:
        asked = await read_asked(request)
        ticket = asked.field("ticket")
        consent = asked.org.auth.consents.find(ticket)
        if consent is None:
            return message_page("Start again", "This question has been answered, or is too old.", 400)
        asked.org.auth.consents.forget(ticket)
        allowed = asked.field("decision") == "allow"
        if allowed:
            asked.org.auth.approvals.add((consent.access.client_id, consent.access.user_id))
        if isinstance(consent.what_for, Device):
            return _tell_device(consent.what_for, consent.access if allowed else None)
        return await _answer(asked, consent.access, consent.what_for, allowed=allowed)
    except OAuthRefused as refused:
        return _bare(refused)


async def _answer(asked: Asked, access: Access, wanted: CodeRequest, *, allowed: bool) -> Response:
    if not allowed:
        error = "end-user denied authorization"
        return _led_back(wanted, {"error": "access_denied", "error_description": error})
    if wanted.response_type == "code":
        return _led_back(wanted, {"code": asked.org.auth.codes.add(Code(access, wanted))})
    user = await active_user(asked.org, access.user_id)
    return _led_back(wanted, lasting_reply(asked, user, app_of(access.client_id), access, wanted.nonce))


def _tell_device(device: Device, access: Access | None) -> Response:
    device.access, device.denied = access, access is None
    if access is None:
        return message_page("Denied", "The device will not be connected.")
    return message_page("You're Connected", "Go on at your device.")


def _led_back(wanted: CodeRequest, answer: dict[str, str]) -> Response:
    if wanted.state is not None:
        answer = {**answer, "state": wanted.state}
    put = with_query if wanted.response_type == "code" else with_fragment
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(put(wanted.redirect_uri, answer), 302, headers)


def _code_request(asked: Asked) -> tuple[ConnectedApp, CodeRequest]:
    """What an app asks a browser for, once everything about it is right.

    Raises:
        OAuthRefused: When something isn't; then the browser is led nowhere.
    """
    app = app_of(asked.field("client_id"))
    redirect_uri = asked.field("redirect_uri")
    if not accepts(redirect_uri, app.redirect_uris):
        refuse("redirect_uri_mismatch", "redirect_uri must match configuration")
    response_type = asked.field("response_type")
    if response_type not in ("code", "token"):
        refuse("unsupported_response_type", "response type not supported")
    challenge = challenge_in(asked.fields, required=app.requires_pkce and response_type == "code")
    granted_scope(app, asked.field("scope"))
    state = asked.fields.get("state")
    return app, CodeRequest(redirect_uri, state, response_type, challenge, asked.field("nonce"))


def _bare(refused: OAuthRefused) -> Response:
    """A refusal as Salesforce writes it here: a bare text that claims no content type."""
    text = f"error={refused.error}&error_description={refused.description}"
    return Response(text, refused.status, {"X-Content-Type-Options": "nosniff"})


def _again(asked: Asked) -> str:
    """Where the login form goes: with the app's request in the query string."""
    kept = {name: value for name, value in asked.fields.items() if name not in ("username", "password")}
    return f"{AUTHORIZE}?{urlencode(kept)}"
