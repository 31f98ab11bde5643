"""What all parts of the seeding share: the store, the dice, the clock, and who is there already."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sfexplorer.demo.storage import Store, Stored, stamp

Row = dict[str, Stored]
Choice = TypeVar("Choice")

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
_SEED = 18151210
_FOLDER = Path(__file__).with_name("seeds")
# Letters that have no decomposition into a plain one and an accent.
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae"} | {"ı": "i"})
_PLAIN |= str.maketrans({"þ": "th", "Þ": "Th", "ð": "d", "đ": "d", "Đ": "D"})


@dataclass(frozen=True, slots=True)
class Place:
    """A city with its post code and position."""

    city: str
    state: str | None
    postal_code: str | None
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Company:
    """An account as the records around it need it."""

    id: str
    name: str
    domain: str
    culture: int
    place: Place
    street: str
    owner: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as the records around it need it."""

    id: str
    account: str | None
    owner: str
    row: Row


@dataclass(slots=True)
class World:
    """The org while it is being filled."""

    store: Store
    dice: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311 - no secret
    users: list[str] = field(default_factory=list)
    sellers: list[str] = field(default_factory=list)
    supporters: list[str] = field(default_factory=list)
    companies: list[Company] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    leads: list[Row] = field(default_factory=list)
    products: list[Row] = field(default_factory=list)
    campaigns: list[str] = field(default_factory=list)
    deals: list[Row] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    queue: str = ""

    def add(self, name: str, rows: Iterable[Row]) -> list[Row]:
        """Insert records with ids, defaults and audit fields, as far as they don't bring them."""
        object_type = self.store.schema[name]
        complete = [self._completed(name, row) for row in rows]
        self.store.insert_many(object_type, complete)
        return complete

    def _completed(self, name: str, row: Row) -> Row:
        object_type = self.store.schema[name]
        created = str(row.get("CreatedDate") or stamp(self.moment(1500, 30)))
        audit: Row = {"Id": row.get("Id") or self.store.new_id(object_type), "CreatedDate": created}
        audit["CreatedById"] = audit["LastModifiedById"] = row.get("OwnerId") or self.users[0]
        if object_type.field("OwnerId") and str(row.get("OwnerId", "")).startswith("00G"):
            audit["CreatedById"] = audit["LastModifiedById"] = self.users[0]
        changed = max(created, stamp(self.moment(400, 0))) if self.chance(0.6) else created
        audit["LastModifiedDate"] = audit["SystemModstamp"] = changed
        completed = self.store.with_defaults(object_type, {**audit, **row})
        return self.store.numbered(object_type, completed)

    def chance(self, probability: float) -> bool:
        """Whether something with this probability happens."""
        return self.dice.random() < probability

    def maybe(self, probability: float, value: Choice) -> Choice | None:
        """The value with this probability, else null."""
        return value if self.chance(probability) else None

    def one_of(self, values: Sequence[Choice]) -> Choice:
        """Any one of some values."""
        return values[int(self.dice.random() * len(values))]

    def between(self, first: int, last: int) -> int:
        """A whole number of a range, both ends included."""
        return first + int(self.dice.random() * (last - first + 1))

    def picked(self, object_name: str, field_name: str, *, weights: Sequence[float] | None = None) -> str:
        """One of a picklist's values."""
        described = self.store.schema[object_name].field(field_name)
        values = [each.value for each in described.picklist_values] if described else []
        return self.dice.choices(values, weights)[0]

    def moment(self, earliest: float, latest: float) -> datetime:
        """A moment between so many days ago and so many (below 0: in the future), to the millisecond."""
        days = latest + self.dice.random() * (earliest - latest)
        return (NOW - timedelta(days=days)).replace(microsecond=self.between(0, 999) * 1000)

    def since(self, start: datetime) -> datetime:
        """A moment between a start and now."""
        return self.moment((NOW - start) / timedelta(days=1), 0)

    def day(self, earliest: float, latest: float) -> str:
        """A date between so many days ago and so many (below 0: in the future)."""
        return self.moment(earliest, latest).date().isoformat()

    def digits(self, pattern: str) -> str:
        """A pattern with each `{n}` replaced by n random digits."""
        parts = pattern.split("{")
        filled = [parts[0]]
        for part in parts[1:]:
            count, rest = part.split("}", 1)
            filled.append(f"{int(self.dice.random() * 10 ** int(count)):0{count}}{rest}")
        return "".join(filled)

    def remarks(self, sentences: Sequence[str]) -> str | None:
        """A description: mostly none or short, now and then of many lines."""
        roll = self.dice.random()
        if roll < 0.5:
            return None
        if roll < 0.9:
            return " ".join(self.one_of(sentences) for _ in range(self.between(1, 3)))
        lines = [f"{self.day(700, 1)}: {self.one_of(sentences)}" for _ in range(self.between(6, 25))]
        return "\n".join(lines)


@cache
def read_seeds(name: str) -> Any:
    """The words and facts of one file of `seeds/`; nobody may change them."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Text in small ASCII letters and digits, as an address on the internet takes it."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in decomposed.lower() if letter.isascii() and letter.isalnum())
