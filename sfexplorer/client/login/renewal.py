"""How a session goes on when its token has expired: by refresh token, else by its grant again."""

from __future__ import annotations

from sfexplorer.client.errors import LoginFailed
from sfexplorer.client.login.grants import RefreshTokenGrant
from sfexplorer.client.login.host import Grant, LoginHost
from sfexplorer.client.oauth import OAuth


class Renewal:
    """Gets new tokens for one user.

    Args:
        host: where tokens are asked for.
        grant: the grant that the session began with; None for a token in hand.
    """

    def __init__(self, host: LoginHost, grant: Grant | None = None) -> None:
        self._host = host
        self._grant = grant if grant is not None and grant.repeatable else None

    def is_possible(self, oauth: OAuth) -> bool:
        """Whether there is a way to go on from this token without a person."""
        return oauth.refresh_token is not None or self._grant is not None

    async def renew(self, oauth: OAuth) -> OAuth:
        """A token for the same user in place of this one.

        Raises:
            LoginFailed: the org refused.
        """
        if oauth.refresh_token is not None:
            try:
                return await RefreshTokenGrant(oauth.refresh_token).authenticate(self._host)
            except LoginFailed:
                if self._grant is None:
                    raise
        if self._grant is None:
            raise LoginFailed("there is nothing to log in again with")
        return await self._grant.authenticate(self._host)
