"""Small answers of an org about itself: who is asking, what is left of its limits, how much it holds."""

from __future__ import annotations

import msgspec

from sfexplorer.client.ids import known_id


class Identity(msgspec.Struct, frozen=True):
    """The user behind a token (the identity URL's answer). Both ids have 18 characters; "" where unknown."""

    user_id: str
    organization_id: str
    username: str = ""
    display_name: str = ""
    email: str | None = None
    timezone: str | None = None
    language: str | None = None
    locale: str | None = None
    user_type: str | None = None

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "user_id", known_id(self.user_id))
        msgspec.structs.force_setattr(self, "organization_id", known_id(self.organization_id))


class UserInfo(msgspec.Struct, frozen=True):
    """The same user as OpenID's userinfo tells it; for tokens that came without an identity URL."""

    user_id: str
    organization_id: str
    preferred_username: str = ""
    name: str = ""
    email: str | None = None
    zoneinfo: str | None = None
    language: str | None = None
    locale: str | None = None
    user_type: str | None = None

    def identity(self) -> Identity:
        """In the identity URL's words."""
        return Identity(
            user_id=self.user_id,
            organization_id=self.organization_id,
            username=self.preferred_username,
            display_name=self.name,
            email=self.email,
            timezone=self.zoneinfo,
            language=self.language,
            locale=self.locale,
            user_type=self.user_type,
        )


class Limit(msgspec.Struct, frozen=True, gc=False):
    """One limit of an org: what it allows, and what is left of that."""

    maximum: int = msgspec.field(name="Max")
    remaining: int = msgspec.field(name="Remaining")


class RecordCount(msgspec.Struct, frozen=True, gc=False):
    """How many records an object has."""

    name: str
    count: int


class RecordCounts(msgspec.Struct, frozen=True):
    """The answer of `limits/recordCount`."""

    counts: tuple[RecordCount, ...] = msgspec.field(name="sObjects")
