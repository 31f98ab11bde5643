"""Who a session belongs to: userinfo and the identity URL (rest.md section 1)."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from sfexplorer.demo.auth.opening import identity_url
from sfexplorer.demo.credentials import ORG_ID
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.org import Org
from sfexplorer.demo.sessions import Session
from sfexplorer.demo.users import User
from sfexplorer.demo.web.answers import json_answer, text_answer
from sfexplorer.demo.web.bodies import form_fields
from sfexplorer.demo.web.call import NEWEST_VERSION, route
from sfexplorer.demo.web.origin import origin_of

_DATA = "services/data/v{version}"
_URLS = {
    "enterprise": f"services/Soap/c/{{version}}/{ORG_ID}",
    "metadata": f"services/Soap/m/{{version}}/{ORG_ID}",
    "partner": f"services/Soap/u/{{version}}/{ORG_ID}",
    "rest": f"{_DATA}/",
    "sobjects": f"{_DATA}/sobjects/",
    "search": f"{_DATA}/search/",
    "query": f"{_DATA}/query/",
    "recent": f"{_DATA}/recent/",
    "tooling_soap": f"services/Soap/T/{{version}}/{ORG_ID}",
    "tooling_rest": f"{_DATA}/tooling/",
    "profile": "{user}",
    "feeds": f"{_DATA}/chatter/feeds",
    "groups": f"{_DATA}/chatter/groups",
    "users": f"{_DATA}/chatter/users",
    "feed_items": f"{_DATA}/chatter/feed-items",
    "feed_elements": f"{_DATA}/chatter/feed-elements",
}


def routes() -> list[BaseRoute]:
    """The paths of the identity service."""
    return [
        route("/services/oauth2/userinfo", GET=userinfo, POST=userinfo),
        route("/id/{org}/{user}", GET=identity),
    ]


async def userinfo(request: Request) -> Response:
    """The session's user in the words of OpenID."""
    org: Org = request.app.state.org
    found = await _session(request, org)
    if isinstance(found, Response):
        return found
    user = await org.user(found.user_id)
    if user is None:
        return text_answer("Bad_OAuth_Token", 403)
    return json_answer(_openid(origin_of(request), user))


async def identity(request: Request) -> Response:
    """What the `id` of a token reply leads to."""
    org: Org = request.app.state.org
    found = await _session(request, org)
    if isinstance(found, Response):
        return found
    if canonical(request.path_params["org"]) != ORG_ID:
        return text_answer("Wrong_Org", 403)
    user = await org.user(canonical(request.path_params["user"]) or "")
    if user is None:
        return text_answer("Bad_Id", 404)
    if not user.is_active:
        return text_answer("Inactive", 403)
    version = request.query_params.get("version", "{version}")
    known = version == "latest" or re.fullmatch(r"\d{2}\.0", version)
    told = _identity(origin_of(request), user, version if known else "{version}")
    return json_answer(told | {"asserted_user": user.id == found.user_id})


async def _session(request: Request, org: Org) -> Session | Response:
    """The session whose token comes in the header or, from some clients, as a parameter."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        form = form_fields(await request.body(), request.headers.get("content-type", ""))
        sent = {**request.query_params, **form}
        token = sent.get("oauth_token") or sent.get("access_token", "")
    token = token.strip()
    if not token:
        return text_answer("Missing_OAuth_Token", 403)
    return org.sessions.find(token) or text_answer("Bad_OAuth_Token", 403)


def _urls(origin: str, user: User, version: str) -> dict[str, str]:
    number = f"{NEWEST_VERSION}.0" if version == "latest" else version
    filled = {
        name: f"{origin}/{path}".replace("{version}", number).replace("{user}", user.id)
        for name, path in _URLS.items()
    }
    return {**filled, "custom_domain": origin}


def _photos(origin: str) -> dict[str, str]:
    return {"picture": f"{origin}/profilephoto/005/F", "thumbnail": f"{origin}/profilephoto/005/T"}


def _openid(origin: str, user: User) -> dict[str, Any]:
    return {
        "sub": identity_url(origin, user.id),
        "user_id": user.id,
        "organization_id": ORG_ID,
        "preferred_username": user.username,
        "nickname": user.nickname,
        "name": user.name,
        "email": user.email,
        "email_verified": True,
        "given_name": user.first_name,
        "family_name": user.last_name,
        "zoneinfo": user.time_zone,
        "photos": _photos(origin),
        "profile": f"{origin}/{user.id}",
        "picture": _photos(origin)["picture"],
        "address": _address(user),
        "urls": _urls(origin, user, "{version}"),
        "active": user.is_active,
        "user_type": "STANDARD",
        "language": user.language,
        "locale": user.locale,
        "utcOffset": user.utc_offset,
        "updated_at": user.modified.replace(".000+0000", "Z"),
    }


def _address(user: User) -> dict[str, str]:
    """The user's address by OpenID's names; what is empty is left out."""
    named = {
        "street_address": user.street,
        "locality": user.city,
        "region": user.state,
        "postal_code": user.postal_code,
        "country": user.country,
    }
    return {name: value for name, value in named.items() if value}


def _identity(origin: str, user: User, version: str) -> dict[str, Any]:
    return {
        "id": identity_url(origin, user.id),
        "asserted_user": True,
        "user_id": user.id,
        "organization_id": ORG_ID,
        "username": user.username,
        "nick_name": user.nickname,
        "display_name": user.name,
        "email": user.email,
        "email_verified": True,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "timezone": user.time_zone,
        "photos": _photos(origin),
        "addr_street": user.street,
        "addr_city": user.city,
        "addr_state": user.state,
        "addr_country": user.country,
        "addr_zip": user.postal_code,
        "mobile_phone": user.mobile_phone,
        "mobile_phone_verified": False,
        "is_lightning_login_user": False,
        "status": {"created_date": None, "body": None},
        "urls": _urls(origin, user, version),
        "active": user.is_active,
        "user_type": "STANDARD",
        "language": user.language,
        "locale": user.locale,
        "utcOffset": user.utc_offset,
        "last_modified_date": user.modified,
        "is_app_installed": True,
    }
