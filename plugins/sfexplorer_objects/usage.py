"""How filled fields are, by one query: `SELECT COUNT(Id) a0, COUNT(Phone) a1 FROM Account`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sfexplorer.client import FieldDescribe, SObjectDescribe

MOST = 50
"""Fields that one query counts: each makes the org look at all records once more."""

_ALL = "a0"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many records have a value in a field, of how many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there are no records."""
        return self.count / self.of if self.of else 0.0

    @property
    def text(self) -> str:
        """` 87 %  1,044`; a field that is nearly empty or nearly full is not told as quite so."""
        if not self.of:
            return "no records"
        percent = round(100 * self.share)
        percent = min(max(percent, 1 if self.count else 0), 100 if self.count == self.of else 99)
        return f"{percent} %  {self.count:,}"


def countable(fields: Sequence[FieldDescribe]) -> list[FieldDescribe]:
    """Those fields whose values can be counted, as many as one query takes."""
    return [field for field in fields if field.aggregatable][:MOST]


def usage_query(describe: SObjectDescribe, fields: Sequence[FieldDescribe]) -> str:
    """The query that counts all records, and those with a value in each of the fields."""
    counts = [f"COUNT(Id) {_ALL}", *(f"COUNT({field.name}) a{at}" for at, field in enumerate(fields, 1))]
    return " ".join(("SELECT", ", ".join(counts), "FROM", describe.name))


def usage_of(fields: Sequence[FieldDescribe], row: Mapping[str, Any]) -> dict[str, Filled]:
    """What the answer's only row says of each field, by its name."""
    of = _count(row.get(_ALL))
    return {field.name: Filled(_count(row.get(f"a{at}")), of) for at, field in enumerate(fields, 1)}


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
