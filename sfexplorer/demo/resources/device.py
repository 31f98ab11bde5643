"""The page where a person types the code that a device shows (rest.md section 1, device flow)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.auth.apps import app_of
from sfexplorer.demo.auth.asked import read_asked
from sfexplorer.demo.auth.logins import LoginRefused, signed_in
from sfexplorer.demo.auth.pages import WRONG, login_page, message_page
from sfexplorer.demo.auth.refused import OAuthRefused
from sfexplorer.demo.auth.state import Access, Consent
from sfexplorer.demo.resources.authorize import ask_consent
from sfexplorer.demo.web.call import route

CONNECT = "/setup/connect"
_NO_CODE = "This code is not valid. Type it as the device shows it, or begin again there."
_NOT_FOR_YOU = "Your administrator has not approved this app for you."


def routes() -> list[BaseRoute]:
    """The path of the page."""
    return [route(CONNECT, GET=show_form, POST=sign_in)]


async def show_form(request: Request) -> Response:
    """The form that asks for the code, and for who types it."""
    return login_page(CONNECT, user_code=request.query_params.get("user_code", ""))


async def sign_in(request: Request) -> Response:
    """The consent form for who signs in with a code that a device waits with."""
    try:
        asked = await read_asked(request)
    except OAuthRefused as refused:
        return message_page("Start again", refused.description, refused.status)
    user_code, username = asked.field("user_code"), asked.field("username")
    device = asked.org.auth.waiting_device(user_code)
    if device is None:
        return login_page(CONNECT, username, _NO_CODE, user_code)
    try:
        user = await signed_in(asked.org, username, asked.field("password"), at_page=True)
    except LoginRefused:
        return login_page(CONNECT, username, WRONG, user_code)
    app = app_of(device.client_id)
    if not app.admits(user.username):
        return login_page(CONNECT, username, _NOT_FOR_YOU, user_code)
    return ask_consent(asked, app, Consent(Access(app.client_id, user.id, device.scope), device), username)
