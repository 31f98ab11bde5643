"""How the workspace gets its session: from the command line, the environment, or the login form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sfexplorer.api.contributions import Login, Session


@dataclass(frozen=True, slots=True)
class Way:
    """A login with the values that it is given."""

    login: Login
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    async def connect(self) -> Session:
        """The session; raises what the login raises."""
        return await self.login.connect(self.values)

    def without_secrets(self) -> Way:
        """What may be kept for the next time that the person must log in."""
        secret = {asked.name for asked in self.login.fields if asked.secret}
        return Way(self.login, {name: value for name, value in self.values.items() if name not in secret})


def same_org(one: Session, other: Session) -> bool:
    """Whether both sessions are on one org: what is open and edited belongs to the org it came from."""
    ids = {session.org.oauth.organization_id[:15] for session in (one, other)}
    if "" not in ids:
        return len(ids) == 1
    # Some tokens don't tell their org: then only the same address is surely the same org.
    return one.org.instance_url == other.org.instance_url
