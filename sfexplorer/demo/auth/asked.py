"""What an OAuth request asks for: its fields, and the app that sends it."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass

from starlette.requests import Request

from sfexplorer.demo.auth.apps import ConnectedApp, app_of
from sfexplorer.demo.auth.refused import refuse
from sfexplorer.demo.org import Org
from sfexplorer.demo.web.bodies import form_fields
from sfexplorer.demo.web.origin import origin_of

# A request for a token has a few short fields.
_LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        org: the org that is asked.
        origin: what the URLs of the reply begin with.
        fields: those of the query string and, before them, those of the form.
        host: the host that the client means, without its port.
        basic: whether the app shows its id and secret by HTTP Basic.
    """

    org: Org
    origin: str
    fields: dict[str, str]
    host: str
    basic: bool

    def field(self, name: str) -> str:
        """The value of a field; "" where it is missing."""
        return self.fields.get(name, "")

    def app(self, *, secret: bool = False) -> ConnectedApp:
        """The app that asks, with its secret checked if it shows one or must.

        Raises:
            OAuthRefused: When it is none, or the secret is wrong or missing.
        """
        app = app_of(self.field("client_id"))
        shown = self.field("client_secret")
        if shown or secret:
            matches = hmac.compare_digest(
                shown.encode("utf-8", "replace"), app.client_secret.encode("utf-8", "replace")
            )
            if not shown or not matches:
                refuse("invalid_client", "invalid client credentials", 401 if self.basic else 400)
        return app


async def read_asked(request: Request) -> Asked:
    """The request of any OAuth endpoint: urlencoded or multipart, or all in the query string.

    Raises:
        OAuthRefused: When it is larger than such a request can be.
    """
    body = await request.body()
    if len(body) > _LARGEST:
        refuse("invalid_request", "the request is too large")
    form = form_fields(body, request.headers.get("content-type", ""))
    basic = _basic(request.headers.get("authorization", ""))
    host = request.headers.get("host", "").partition(":")[0].lower()
    fields = {**request.query_params, **form, **basic}
    return Asked(request.app.state.org, origin_of(request), fields, host, bool(basic))


def _basic(header: str) -> dict[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        name, _, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        refuse("invalid_client", "invalid client credentials", 401)
    return {"client_id": name, "client_secret": password}
