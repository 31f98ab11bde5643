"""Values under keys that nobody can guess, each good for a while: codes, device codes, open consents."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

_MOST = 20_000


@dataclass(slots=True)
class _Entry(Generic[T]):
    value: T
    until: float


@dataclass(slots=True)
class Kept(Generic[T]):
    """Values that can be found by their keys; when there are too many, the oldest go.

    Attributes:
        seconds: how long each is good.
        prefix: what every key begins with.
        suffix: what every key ends with.
    """

    seconds: float
    prefix: str = ""
    suffix: str = ""
    _entries: OrderedDict[str, _Entry[T]] = field(default_factory=OrderedDict, repr=False)

    def add(self, value: T, key: str = "") -> str:
        """Keep a value; its key."""
        # Letters, digits, `_` and `.`: the `-` of these texts never stands in Salesforce's.
        key = key or f"{self.prefix}{secrets.token_urlsafe(48).replace('-', '.')}{self.suffix}"
        self._entries[key] = _Entry(value, time.time() + self.seconds)
        while len(self._entries) > _MOST:
            self._entries.popitem(last=False)
        return key

    def find(self, key: str) -> T | None:
        """The value of a key, as long as it is good."""
        entry = self._entries.get(key)
        return entry.value if entry is not None and time.time() < entry.until else None

    def knows(self, key: str) -> bool:
        """Whether there is or was a value of this key."""
        return key in self._entries

    def spend(self, key: str) -> None:
        """Make a key good no longer; it is still known."""
        if key in self._entries:
            self._entries[key].until = 0

    def forget(self, key: str) -> T | None:
        """Let go of a key, and give what it stood for."""
        entry = self._entries.pop(key, None)
        return entry.value if entry is not None else None

    def values(self) -> list[T]:
        """The values that are still good."""
        now = time.time()
        return [entry.value for entry in list(self._entries.values()) if now < entry.until]
