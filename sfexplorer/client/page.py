"""One page of a query's rows, read from where it is kept when somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sfexplorer.client.querying.opening import Opened, RowRecords
from sfexplorer.client.querying.rowtypes import RowReader
from sfexplorer.client.sobject import SObject

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows `offset` to `offset + len(page) - 1` of a query's answer.

    `total_size` is the org's count of all rows; `done` tells that this page is the last one.
    """

    number: int
    offset: int
    total_size: int
    done: bool
    size: int
    next_url: str | None
    _open: Callable[[], Opened] = field(repr=False, compare=False)
    _reader: RowReader = field(repr=False, compare=False)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as JSON gives them, each decoded when it is looked at."""
        return self._open().rows

    @property
    def records(self) -> Sequence[SObject]:
        """The rows as records of their own: each access makes a new one from what the org said."""
        return RowRecords(self._open().raws, self._reader)

    def __len__(self) -> int:
        return self.size
