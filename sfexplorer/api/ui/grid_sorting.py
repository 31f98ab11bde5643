"""Rows of a source in the order of one column: numbers as numbers, texts without case, nothing last.

Read and merged in steps, so that a million rows can be sorted beside the screen: between two steps others
get their turn. The longest step, the last merge of a million rows, takes about a tenth of a second.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sfexplorer.api.ui.display import display_value

STEP = 2_000
"""Rows that are read before others get their turn: some milliseconds."""

Key = float | str

_ACCENTS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a person wants the rows sorted by: a column, by its place in the source."""

    column: int
    descending: bool = False


@dataclass(slots=True)
class _Runs:
    """Rows in runs that are sorted, each at least twice as long as the one behind it."""

    keys: Sequence[Key | None]
    reverse: bool
    runs: list[list[int]] = field(default_factory=list)

    def add(self, rows: Iterable[int]) -> Iterator[None]:
        self.runs.append(self._sorted(rows))
        while len(self.runs) > 1 and len(self.runs[-2]) < 2 * len(self.runs[-1]):
            yield
            self._merge()

    def merged(self) -> Iterator[None]:
        while len(self.runs) > 1:
            self._merge()
            yield

    @property
    def rows(self) -> list[int]:
        return self.runs[0] if self.runs else []

    def _merge(self) -> None:
        later, earlier = self.runs.pop(), self.runs.pop()
        # Python's sort finds the two runs and merges them; equals stay in their order, also in reverse.
        self.runs.append(self._sorted(earlier + later))

    def _sorted(self, rows: Iterable[int]) -> list[int]:
        # All keys are of one type: numbers, or texts.
        return sorted(rows, key=self.keys.__getitem__, reverse=self.reverse)  # type: ignore[arg-type]


def sorted_rows(
    value: Callable[[int], object], count: int, *, descending: bool = False
) -> Iterator[int | array[int]]:
    """The rows sorted by their values: on the way how many were read, at last the rows.

    Args:
        value: The value of a row.
        count: The number of rows.
        descending: The greatest first; what has no value comes last all the same.
    """
    keys: list[Key | None] = []
    numbers, texts = _Runs(keys, descending), _Runs(keys, descending)
    nothing: list[int] = []
    for begin in range(0, count, STEP):
        end = min(begin + STEP, count)
        keys += [sort_key(value(row)) for row in range(begin, end)]
        nothing += [row for row in range(begin, end) if keys[row] is None]
        for kind, type_ in ((numbers, float), (texts, str)):
            for _ in kind.add([row for row in range(begin, end) if isinstance(keys[row], type_)]):
                yield begin
        yield end
    for kind in (numbers, texts):
        for _ in kind.merged():
            yield count
    first, second = (texts, numbers) if descending else (numbers, texts)
    yield array("I", [*first.rows, *second.rows, *nothing])


def sort_key(value: object) -> Key | None:
    """What a value is sorted by; None where there is none."""
    match value:
        case None | "":
            return None
        case str():
            return (value if value.isascii() else _unaccented(value)).casefold()
        case int() | float() | Decimal():
            return _number(value)
        case Mapping() if isinstance(records := value.get("records"), Sequence):
            total = value.get("totalSize")
            return float(total) if isinstance(total, int) else float(len(records))
        case Mapping() | Sequence():
            return display_value(value).casefold()
    return str(value)


def _number(value: int | float | Decimal) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    return None if math.isnan(number) else number


def _unaccented(text: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def number_in(text: str | None) -> float | str | None:
    """The number that a formatted text tells (`1,234.50%`), else the text."""
    if text is None:
        return None
    try:
        return float(text.replace(",", "").rstrip("% "))
    except ValueError:
        return text
