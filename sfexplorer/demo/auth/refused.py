"""A refusal in OAuth's own words (rest.md section 1, errors)."""

from __future__ import annotations

from typing import NoReturn


class OAuthRefused(Exception):
    """A request that an OAuth endpoint does not fulfil."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        self.error = error
        self.description = description
        self.status = status
        super().__init__(description)


def refuse(error: str, description: str, status: int = 400) -> NoReturn:
    """Refuse a request.

    Raises:
        OAuthRefused: Always.
    """
    raise OAuthRefused(error, description, status)
