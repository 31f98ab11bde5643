"""The demo org's fixed facts: who may come in, and with which words.

They are constants, not secrets: the org listens on loopback only and holds made-up records, and whoever tries
a client against it should be able to write them into a script once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from sfexplorer.demo.auth.apps import connected_apps
from sfexplorer.demo.ids import to_18

ORG_ID = to_18("00D5g0000000001")
PASSWORD = "demo1234"  # noqa: S105 - see above
SECURITY_TOKEN = "DemoSecurityToken24chars"  # noqa: S105
CLIENT_ID = connected_apps()[0].client_id
CLIENT_SECRET = connected_apps()[0].client_secret
ACCESS_TOKEN = f"{ORG_ID[:15]}!AQ0AQDemo.access_token.of.the.sfexplorer.demo.org"
REFRESH_TOKEN = "5Aep861Demo.refresh_token.of.the.sfexplorer.demo.org"  # noqa: S105
# The private key of the connected app, whose public half the org knows: clients sign assertions with it.
JWT_KEY = Path(__file__).parent / "auth" / "keys" / "client.key"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a client needs to know to use a running demo org: its first line on stdout.

    Attributes:
        jwt_key: the file of the private key that signs the assertions of the JWT bearer grant.
        tls_url: where the org listens for HTTPS, if it does, and `ca` the authority's certificate, a file.
    """

    url: str
    username: str
    password: str
    security_token: str
    client_id: str
    client_secret: str
    access_token: str
    refresh_token: str
    jwt_key: str
    tls_url: str | None = None
    ca: str | None = None

    @classmethod
    def at(cls, url: str, username: str) -> Facts:
        """The facts of an org that listens at `url`."""
        return cls(
            url,
            username,
            PASSWORD,
            SECURITY_TOKEN,
            CLIENT_ID,
            CLIENT_SECRET,
            ACCESS_TOKEN,
            REFRESH_TOKEN,
            str(JWT_KEY),
        )

    def as_dict(self) -> dict[str, str]:
        """The facts as one JSON object."""
        return {name: value for name, value in asdict(self).items() if value is not None}
