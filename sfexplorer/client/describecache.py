"""Where describes may be kept between sessions, so that they are there at once the next time, and offline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")


class DescribeKey(msgspec.Struct, frozen=True):
    """Whose describe it is: what an org tells depends on the user and on the API version too.

    Attributes:
        origin: the org's address.
        organization_id: the org's id; a sandbox that was made anew keeps its address.
        user_id: who asks.
        api_version: as the connection was asked for it: `60.0`, or `latest`.
        area: "", or the part of the API that has describes of its own: `tooling/`.
        name: the object's name in lower case; "" for the list of all objects.
    """

    origin: str
    organization_id: str
    user_id: str
    api_version: str
    area: str
    name: str


@dataclass(frozen=True, slots=True)
class KeptDescribe:
    """A describe as the org sent it.

    Attributes:
        body: its JSON, unpacked.
        modified: when the org had last changed it, in HTTP's own form; "" where the org did not say.
        api_version: the version that it was asked in.
    """

    body: bytes = field(repr=False)
    modified: str
    api_version: str


class DescribeCache(Protocol):
    """Keeps describes. Its methods are called in threads, several at once, and raise nothing.

    What it gives back is not trusted: what can't be read is asked of the org again.
    """

    def load(self, key: DescribeKey) -> KeptDescribe | None:
        """What was stored; None if there is none, or none that is whole."""
        ...

    def store(self, key: DescribeKey, kept: KeptDescribe) -> None:
        """Keep it in place of an older one, if possible."""
        ...

    def drop(self, key: DescribeKey) -> None:
        """Keep it no longer; nothing happens where it is not there."""
        ...


def http_date(text: str) -> str:
    """The text if it is a moment as HTTP writes it, else "": it goes back to the org in a header."""
    return text if _DATE.fullmatch(text) else ""
