"""The sessions of the org: which access token belongs to which user, and what it was given for."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from sfexplorer.demo.credentials import ACCESS_TOKEN, CLIENT_ID, ORG_ID, REFRESH_TOKEN

# What replies say; the org itself ends no session by time.
LIFETIME_SECONDS = 2 * 60 * 60
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in user.

    Attributes:
        token: the access token.
        user_id: whose session it is.
        client_id: the connected app that it was opened for; "" where it was none (SOAP).
        scope: what the app may do; "" where the grant tells nothing of it (password, SOAP).
        refresh_token: the refresh token that it ends with.
        opened: when it began, in seconds since 1970.
    """

    token: str = field(repr=False)
    user_id: str
    client_id: str = ""
    scope: str = ""
    refresh_token: str = field(default="", repr=False)
    opened: int = 0


class Sessions:
    """All sessions; the stable token of the first line is one of them from the start.

    `on_end` is called with the token of each that ends, by whatever thread ends it.
    """

    def __init__(self, user_id: str) -> None:
        first = Session(ACCESS_TOKEN, user_id, CLIENT_ID, "", REFRESH_TOKEN, int(time.time()))
        self._by_token = OrderedDict({ACCESS_TOKEN: first})
        self.on_end: Callable[[str], None] | None = None

    def open(
        self,
        user_id: str,
        client_id: str = "",
        scope: str = "",
        refresh_token: str = "",
    ) -> Session:
        """A new session, with a token of the form that clients insist on: `ORG!text`."""
        # 72 characters of [A-Za-z0-9._]: a token from secrets may also hold `-`, which Salesforce's never do.
        text = secrets.token_urlsafe(54).replace("-", ".")
        token = f"{ORG_ID[:15]}!{text}"
        session = Session(token, user_id, client_id, scope, refresh_token, int(time.time()))
        self._by_token[token] = session
        if len(self._by_token) > _MOST:
            # The oldest goes, but never the one that everybody was told of.
            self.end(next(each for each in self._by_token if each != ACCESS_TOKEN))
        return session

    def find(self, token: str) -> Session | None:
        """The session of this token, unless it has ended."""
        return self._by_token.get(token)

    def end(self, token: str) -> bool:
        """End a session; tells whether there was one."""
        found = self._by_token.pop(token, None)
        if found is not None and self.on_end is not None:
            self.on_end(token)
        return found is not None

    def end_all(self) -> int:
        """End every session, the stable one too; how many there were."""
        return sum(self.end(token) for token in list(self._by_token))

    def end_of_refresh_token(self, refresh_token: str) -> None:
        """End the sessions that a refresh token has opened."""
        ended = [each.token for each in self._by_token.values() if each.refresh_token == refresh_token]
        for token in ended:
            self.end(token)
