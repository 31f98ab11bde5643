"""The sessions of the org: which access token belongs to which user."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sfexplorer.demo.credentials import ACCESS_TOKEN, ORG_ID


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in user."""

    token: str = field(repr=False)
    user_id: str


class Sessions:
    """All sessions; the stable token of the first line is one of them from the start."""

    def __init__(self, user_id: str) -> None:
        self._by_token = {ACCESS_TOKEN: Session(ACCESS_TOKEN, user_id)}

    def open(self, user_id: str) -> Session:
        """A new session, with a token of the form that clients insist on: `ORG!text`."""
        # 72 characters of [A-Za-z0-9._]: a token from secrets may also hold `-`, which Salesforce's never do.
        text = secrets.token_urlsafe(54).replace("-", ".")
        session = Session(f"{ORG_ID[:15]}!{text}", user_id)
        self._by_token[session.token] = session
        return session

    def find(self, token: str) -> Session | None:
        """The session of this token, unless it has ended."""
        return self._by_token.get(token)

    def end(self, token: str) -> bool:
        """End a session; tells whether there was one."""
        return self._by_token.pop(token, None) is not None
