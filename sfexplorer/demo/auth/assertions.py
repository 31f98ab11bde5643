"""Assertions of the JWT bearer grant: an app's word, under its signature, that it comes for a user.

Salesforce is lenient where clients differ (rest.md section 1): `exp` may be a string, and some send it in
milliseconds, which in seconds is a day far away; `aud` may be any of its login hosts.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sfexplorer.demo.auth.apps import ConnectedApp, app_of
from sfexplorer.demo.auth.jwt import BadToken, check_signature, read_claims
from sfexplorer.demo.auth.opening import active_user
from sfexplorer.demo.auth.refused import refuse
from sfexplorer.demo.auth.rsa import read_key
from sfexplorer.demo.org import Org
from sfexplorer.demo.users import User

_AUDIENCE = re.compile(
    r"(https://(login|test)\.salesforce\.com|https://[a-z0-9.-]+\.my\.salesforce\.com"
    r"|https?://(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]{1,5})?)(/services/oauth2/token)?/?",
    re.IGNORECASE | re.ASCII,
)


async def asserted(org: Org, assertion: str) -> tuple[ConnectedApp, User]:
    """The app that signed an assertion, and the user whom it comes for.

    Raises:
        OAuthRefused: When it is no assertion, of no app, for nobody, or of another time or place.
    """
    try:
        claims = read_claims(assertion)
        app = app_of(str(claims.get("iss", "")))
        if not app.jwt_key:
            refuse("invalid_grant", "invalid assertion")
        check_signature(assertion, read_key(app.jwt_key))
    except BadToken:
        refuse("invalid_grant", "invalid assertion")
    _check_audience(claims.get("aud"))
    if _moment(claims.get("exp")) <= time.time():
        refuse("invalid_grant", "expired authorization code")
    name = claims.get("sub", claims.get("prn"))
    user = await org.user_named(name) if isinstance(name, str) else None
    if user is None:
        # Salesforce doesn't tell whether there is such a user.
        refuse("invalid_grant", "user hasn't approved this consumer")
    return app, await active_user(org, user.id)


def _check_audience(audience: Any) -> None:
    named = audience if isinstance(audience, list) else [audience]
    if not any(named):
        refuse("invalid_grant", "Audience validation failed")
    if not any(isinstance(each, str) and _AUDIENCE.fullmatch(each) for each in named):
        refuse("invalid_grant", "audience is invalid")


def _moment(expires: Any) -> float:
    if isinstance(expires, int | float) and not isinstance(expires, bool):
        return expires
    if isinstance(expires, str) and re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,9})?", expires):
        return float(expires)
    refuse("invalid_grant", "invalid assertion")
