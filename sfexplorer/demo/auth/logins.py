"""Signing in by username and password: the one check behind the password grant, SOAP and the pages."""

from __future__ import annotations

from typing import Literal

from sfexplorer.demo.credentials import PASSWORD, SECURITY_TOKEN
from sfexplorer.demo.org import Org
from sfexplorer.demo.users import User

Reason = Literal["unknown", "no security token", "inactive", "frozen"]


class LoginRefused(Exception):
    """Somebody who can't come in, and why."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


async def signed_in(org: Org, username: str, password: str, *, at_page: bool = False) -> User:
    """The user who proves to be one. All have one password at first; the security token belongs behind it.

    Args:
        org: the org.
        username: in any case.
        password: with the security token.
        at_page: whether it is typed into a login page, which asks for no security token.

    Raises:
        LoginRefused: When somebody is no user, or may not come in.
    """
    user = await org.user_named(username)
    own = PASSWORD if user is None else org.passwords.get(user.id, PASSWORD)
    if user is None or password not in (own, own + SECURITY_TOKEN):
        raise LoginRefused("unknown")
    if not user.is_active:
        raise LoginRefused("inactive")
    if user.is_frozen:
        raise LoginRefused("frozen")
    if password == own and not at_page:
        raise LoginRefused("no security token")
    return user
