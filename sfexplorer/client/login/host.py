"""The login host as a registered app sees it: where grants ask for their tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from sfexplorer.client.exchange import Call, Reply
from sfexplorer.client.oauth import OAuth
from sfexplorer.client.refusals import refusal_of
from sfexplorer.client.secret import Secret

if TYPE_CHECKING:
    from sfexplorer.client.wire import Wire

TOKEN_PATH = "/services/oauth2/token"  # noqa: S105 - a path


class Grant(Protocol):
    """A way to get a token."""

    @property
    def repeatable(self) -> bool:
        """Whether the same grant works again when its token has expired."""

    async def authenticate(self, host: LoginHost) -> OAuth:
        """A new token.

        Raises:
            LoginFailed: the org refused.
            SalesforceError: the login host can't be reached or gives no token.
        """


@dataclass(frozen=True, slots=True)
class LoginHost:
    """The connected app at a login host.

    Attributes:
        wire: what sends.
        url: the login host's origin.
        client_id: the app's consumer key, or "".
        client_secret: its consumer secret, or an empty one.
        redirect_uri: where a browser login comes back to, or "".
    """

    wire: Wire
    url: str
    client_id: str
    client_secret: Secret
    redirect_uri: str = ""

    async def token(self, form: Mapping[str, str | Secret]) -> OAuth:
        """The token that a request to the token endpoint gives; the app's own fields are added.

        Raises:
            LoginFailed: the org refused.
        """
        reply = await self.post(form)
        if reply.status != 200:
            raise refusal_of(reply, "login")
        return OAuth.from_json(reply.body)

    async def post(self, form: Mapping[str, str | Secret]) -> Reply:
        """The token endpoint's answer, whatever its status."""
        app: dict[str, str | Secret] = {"client_id": self.client_id, "client_secret": self.client_secret}
        return await self.wire.send(form_call(TOKEN_PATH, {**form, **app}), self.url)


def form_call(path: str, form: Mapping[str, str | Secret]) -> Call:
    """A request with a form; fields without a value are left out."""
    return Call(
        "POST",
        path,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        content=urlencode(
            {
                name: value.reveal() if isinstance(value, Secret) else value
                for name, value in form.items()
                if value
            },
            errors="replace",
        ).encode(),
        purpose="login",
    )
