"""Records that came together: the rows of a sub-select, or what a search found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from sfexplorer.client.sobject import SObject


@dataclass(frozen=True, slots=True)
class RecordSequence(Sequence["SObject"]):
    """Records of an answer, in its order."""

    records: tuple[SObject, ...]

    @overload
    def __getitem__(self, index: int) -> SObject: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[SObject, ...]: ...

    def __getitem__(self, index: int | slice) -> SObject | tuple[SObject, ...]:
        return self.records[index]

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[SObject]:
        return iter(self.records)


@dataclass(frozen=True, slots=True)
class Records(RecordSequence):
    """Child records; `total_size` counts those too that the org has not sent yet (`done` is False then)."""

    total_size: int
    done: bool = True
    next_url: str | None = None
