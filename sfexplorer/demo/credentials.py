"""The demo org's fixed facts: who may come in, and with which words.

They are constants, not secrets: the org listens on loopback only and holds made-up records, and whoever tries
a client against it should be able to write them into a script once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sfexplorer.demo.ids import to_18

ORG_ID = to_18("00D5g0000000001")
PASSWORD = "demo1234"  # noqa: S105 - see above
SECURITY_TOKEN = "DemoSecurityToken24chars"  # noqa: S105
CLIENT_ID = "3MVG9demo.sfexplorer.connected.app"
CLIENT_SECRET = "1955279925675241571"  # noqa: S105
ACCESS_TOKEN = f"{ORG_ID[:15]}!AQ0AQDemo.access_token.of.the.sfexplorer.demo.org"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a client needs to know to use a running demo org: its first line on stdout."""

    url: str
    username: str
    password: str
    security_token: str
    client_id: str
    client_secret: str
    access_token: str

    @classmethod
    def at(cls, url: str, username: str) -> Facts:
        """The facts of an org that listens at `url`."""
        return cls(url, username, PASSWORD, SECURITY_TOKEN, CLIENT_ID, CLIENT_SECRET, ACCESS_TOKEN)

    def as_dict(self) -> dict[str, str]:
        """The facts as one JSON object."""
        return asdict(self)
