"""The users of the org, as signing in and the identity service need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sfexplorer.demo.storage import Store, Stored

# Who edits when `touch` asks for another user.
OTHER_USER = ("Grace", "Hopper")


@dataclass(frozen=True, slots=True)
class User:
    """One user."""

    id: str
    username: str
    first_name: str | None
    last_name: str
    email: str
    nickname: str
    is_active: bool
    time_zone: str
    language: str
    locale: str
    modified: str
    profile_id: str
    role_id: str | None
    mobile_phone: str | None
    street: str | None
    city: str | None
    state: str | None
    country: str | None
    postal_code: str | None
    is_frozen: bool

    @property
    def name(self) -> str:
        """First and last name."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def zone(self) -> tzinfo:
        """The user's time zone; UTC where the machine doesn't know it."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return UTC

    @property
    def utc_offset(self) -> int:
        """How far the user's standard time is from UTC, in milliseconds."""
        offset = datetime(2026, 1, 1, tzinfo=self.zone).utcoffset()
        return int(offset.total_seconds() * 1000) if offset else 0


_COLUMNS = (
    "Id, Username, FirstName, LastName, Email, CommunityNickname, IsActive, TimeZoneSidKey, "
    "LanguageLocaleKey, LocaleSidKey, LastModifiedDate, ProfileId, UserRoleId, MobilePhone, "
    "Street, City, State, Country, PostalCode, "
    '(SELECT IsFrozen FROM "UserLogin" WHERE UserId = "User".Id)'
)


def _user(row: tuple[Stored, ...]) -> User:
    words = [None if value is None else str(value) for value in row]
    return User(
        id=words[0] or "",
        username=words[1] or "",
        first_name=words[2],
        last_name=words[3] or "",
        email=words[4] or "",
        nickname=words[5] or "",
        is_active=bool(row[6]),
        time_zone=words[7] or "UTC",
        language=words[8] or "en_US",
        locale=words[9] or "en_US",
        modified=f"{words[10]}+0000",
        profile_id=words[11] or "",
        role_id=words[12],
        mobile_phone=words[13],
        street=words[14],
        city=words[15],
        state=words[16],
        country=words[17],
        postal_code=words[18],
        is_frozen=bool(row[19]),
    )


def find_user(store: Store, user_id: str) -> User | None:
    """The user of this id."""
    rows = store.select(f'SELECT {_COLUMNS} FROM "User" WHERE Id = ?', (user_id,))  # noqa: S608 - constants
    return _user(rows[0]) if rows else None


def find_username(store: Store, username: str) -> User | None:
    """The user who signs in with this name."""
    rows = store.select(f'SELECT {_COLUMNS} FROM "User" WHERE Username = ?', (username,))  # noqa: S608
    return _user(rows[0]) if rows else None


def first_user(store: Store) -> User:
    """The org's administrator, whom the first line names.

    Raises:
        LookupError: When there are no users: the file is no seeded org.
    """
    rows = store.select(f'SELECT {_COLUMNS} FROM "User" WHERE IsActive = 1 ORDER BY Id LIMIT 1')  # noqa: S608
    if not rows:
        raise LookupError("the file holds no users")
    return _user(rows[0])


def other_user(store: Store, than: str) -> str:
    """The id of another user than this one: Grace Hopper, if she is there."""
    rows = store.select(
        'SELECT Id FROM "User" WHERE Id <> ? ORDER BY (FirstName = ? AND LastName = ?) DESC, Id LIMIT 1',
        (than, *OTHER_USER),
    )
    return str(rows[0][0]) if rows else than
